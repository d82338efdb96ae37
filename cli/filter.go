package cli

import (
	"fmt"
	"regexp"
	"strings"
)

// filterForm is what may follow a command that shows something. It is a form
// of no mode: the matcher goes into it from the end of such a command.
var filterForm = mustForm(formFilter, `
	\|             "Filter the output"
	( begin        "From the first line that matches on"
	  LINE:regexp  "A regular expression"
	| count        "How many lines match"
	  LINE:regexp  "A regular expression"
	| exclude      "Lines that do not match"
	  LINE:regexp  "A regular expression"
	| include      "Lines that match"
	  LINE:regexp  "A regular expression"
	| section      "Blocks whose first line matches"
	  LINE:regexp  "A regular expression" )`)

// A filter takes the output of a command line by line.
type filter struct {
	verb    string
	re      *regexp.Regexp
	partial string // a line that has not ended yet
	begun   bool   // begin: the line was found
	indent  int    // section: of the line that opened it; -1 = not in a section
	count   int
}

// newFilter makes the filter that the bindings behind `|` ask for.
func newFilter(bound []binding) (*filter, error) {
	c := Call{bound: bound}
	re, err := compileRegexp(c.Str("regexp"))
	if err != nil {
		return nil, err
	}
	return &filter{verb: c.Which("begin", "count", "exclude", "include", "section"), re: re, indent: -1}, nil
}

// write takes output and returns what passes.
func (f *filter) write(text string) string {
	var out strings.Builder
	for {
		line, rest, ended := strings.Cut(text, "\n")
		if !ended {
			f.partial += line
			return out.String()
		}
		line, f.partial, text = f.partial+line, "", rest
		if f.pass(line) {
			out.WriteString(line + "\n")
		}
	}
}

// close returns what is left to say at the end.
func (f *filter) close() string {
	var rest string
	if f.partial != "" {
		rest = f.write("\n")
	}
	if f.verb == "count" {
		rest += fmt.Sprintf("Number of lines which match regexp = %d\n", f.count)
	}
	return rest
}

func (f *filter) pass(line string) bool {
	match := f.re.MatchString(line)
	switch f.verb {
	case "include":
		return match
	case "exclude":
		return !match
	case "count":
		if match {
			f.count++
		}
		return false
	case "begin":
		f.begun = f.begun || match
		return f.begun
	}
	return f.section(line, match)
}

// section passes a line that matches and the lines below it that are indented
// deeper.
func (f *filter) section(line string, match bool) bool {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if f.indent >= 0 && indent > f.indent && line != "" {
		return true
	}
	f.indent = -1
	if match {
		f.indent = indent
	}
	return match
}

// compileRegexp compiles an IOS regular expression, in which `_` is an
// underscore or a delimiter: a blank, a comma, a bracket, or an end of the line.
func compileRegexp(text string) (*regexp.Regexp, error) {
	var re strings.Builder
	class := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			re.WriteString(regexp.QuoteMeta(text[i : i+1]))
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '_' && !class:
			re.WriteString(`(?:^|$|[ ,{}()_])`)
			continue
		}
		re.WriteByte(text[i])
	}
	compiled, err := regexp.Compile(re.String())
	if err != nil {
		return nil, fmt.Errorf("%% Failed to compile regular expression")
	}
	return compiled, nil
}
