package main

import "strings"

// mutant is one change at one place of one file.
type mutant struct {
	file       string // its name within the package
	function   string // "Type.Method" or "Function"; "" outside of functions
	line       int
	kind       kind
	start, end int    // the bytes of the file that are replaced,
	text       string // and by what
	before     string // the changed lines as they are,
	after      string // and as they become
}

// kind is the sort of a change.
type kind string

const (
	negated  kind = "condition negated"
	relaxed  kind = "condition relaxed"
	boundary kind = "boundary moved"
	operator kind = "operator swapped"
	constant kind = "constant changed"
	dropped  kind = "error dropped"
	removed  kind = "statement removed"
)

// apply returns the file's text with the change made.
func (m *mutant) apply(source []byte) []byte {
	out := make([]byte, 0, len(source)+len(m.text))
	out = append(out, source[:m.start]...)
	out = append(out, m.text...)
	return append(out, source[m.end:]...)
}

// describe fills in what the changed lines were and what they become.
func (m *mutant) describe(source string) {
	from := strings.LastIndexByte(source[:m.start], '\n') + 1
	to := len(source)
	if n := strings.IndexByte(source[m.end:], '\n'); n >= 0 {
		to = m.end + n
	}
	m.line = 1 + strings.Count(source[:m.start], "\n")
	m.before = shorten(source[from:to])
	m.after = shorten(source[from:m.start] + m.text + source[m.end:to])
}

// longest is how many bytes of the changed lines are shown.
const longest = 160

// shorten makes one line of several, and cuts it where it is long.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}
