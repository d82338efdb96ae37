package cli

import (
	"strings"
	"unicode/utf8"
)

// etx is how IOS writes the character Ctrl-C as a delimiter.
const etx = "\x03"

// ReadUntil asks for raw lines until one holds delim, and returns them up to
// there. It works at a terminal and while a configuration is loaded.
func (c *Call) ReadUntil(delim string) (string, error) {
	var text strings.Builder
	for {
		line, err := c.Session.ask(question{kind: askRaw})
		if err != nil {
			return "", err
		}
		if before, found := cutDelimiter(line, delim); found {
			text.WriteString(before)
			return text.String(), nil
		}
		text.WriteString(line + "\n")
	}
}

// Delimited reads the text of a banner. The LINE variable holds what was typed
// after the command: a delimiter, the text, and the delimiter again, which may
// stand on a later line.
func (c *Call) Delimited(name string) (string, error) {
	line := c.Str(name)
	if line == "" {
		return "", Incomplete()
	}
	delim, line := cutFirst(line)
	if text, found := cutDelimiter(line, delim); found {
		return text, nil
	}
	if !c.Session.loading {
		c.Printf("Enter TEXT message.  End with the character '%s'.\n", delim)
	}
	rest, err := c.ReadUntil(delim)
	return line + "\n" + rest, err
}

// cutFirst takes the delimiter off the beginning of a text.
func cutFirst(text string) (delim, rest string) {
	switch {
	case strings.HasPrefix(text, "^C"):
		return "^C", text[2:]
	case strings.HasPrefix(text, etx):
		return "^C", text[1:]
	}
	_, size := utf8.DecodeRuneInString(text)
	return text[:size], text[size:]
}

// OpenDelimiter is for who reads a configuration without running it: the
// delimiter that ends a banner on a later line, "" where it ends on its first.
// Text is what follows the command's words there.
func OpenDelimiter(text string) string {
	if text == "" {
		return ""
	}
	delim, rest := cutFirst(text)
	if HasDelimiter(rest, delim) {
		return ""
	}
	return delim
}

// HasDelimiter reports whether a banner ends on this line.
func HasDelimiter(line, delim string) bool {
	_, found := cutDelimiter(line, delim)
	return found
}

// cutDelimiter finds the text before a delimiter. `^C` stands for the
// character as well.
func cutDelimiter(line, delim string) (before string, found bool) {
	before, _, found = strings.Cut(line, delim)
	if delim == "^C" && !found {
		before, _, found = strings.Cut(line, etx)
	}
	return before, found
}
