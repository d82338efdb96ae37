// Package normalise masks what no one can foresee in an IOS console trace, so
// that two traces can be compared byte for byte. Equal values are numbered alike
// within one text:
//
//	the time of day in a log line      *Mar  1 00:01:43.499:  ->  *Mar  1 <time>:
//	addresses of structs               sa = 64E0AC34          ->  sa = <ptr1>
//	handles                            peer_handle = 0x80000002 -> peer_handle = 0x<handle1>
//	message IDs, also signed           M-ID of 673525551      ->  M-ID of <msgid1>
//	SPIs, hex or decimal               spi 0xD137A1B6         ->  spi 0x<spi1>
//	cookies in hex                     cookie = 0011…         ->  cookie = <cookie1>
//	round-trip times of ping           min/avg/max = 1/2/4 ms ->  min/avg/max = <rtt> ms
//
// Everything else stays, connection ids and trailing blanks included.
package normalise

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// Text masks a text line by line. Its lines end in "\n", however they ended before.
func Text(text string) string {
	var b strings.Builder
	n := numbering{}
	for _, line := range lines(text) {
		b.WriteString(n.line(line))
		b.WriteByte('\n')
	}
	return b.String()
}

// Loose is Text for traces that have been through a web page: blanks at the end
// of lines and empty lines do not count, and a tab is as good as blanks.
func Loose(text string) string {
	var b strings.Builder
	for _, line := range lines(Text(text)) {
		line = expandTabs(strings.TrimRightFunc(line, unicode.IsSpace))
		if line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// lines cuts a text at any kind of line end.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func expandTabs(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var b strings.Builder
	column := 0
	for _, c := range line {
		if c != '\t' {
			b.WriteRune(c)
			column++
			continue
		}
		for range 8 - column%8 {
			b.WriteByte(' ')
		}
		column += 8 - column%8
	}
	return b.String()
}

// numbering names the values met so far, kind by kind.
type numbering map[string]map[any]string

func (n numbering) name(kind string, value any) string {
	table := n[kind]
	if table == nil {
		table = map[any]string{}
		n[kind] = table
	}
	name := table[value]
	if name == "" {
		name = fmt.Sprintf("<%s%d>", kind, len(table)+1)
		table[value] = name
	}
	return name
}

var stamp = regexp.MustCompile(`^([*.]?)([A-Z][a-z]{2} {1,2}\d{1,2})(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d{1,3})?(?: [A-Z]{3,4})?:`)

func (n numbering) line(line string) string {
	line = stamp.ReplaceAllString(line, "$1$2 <time>:")
	for _, r := range rules {
		line = r.apply(n, line)
	}
	return line
}
