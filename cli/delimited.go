package cli

import "strings"

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
	delim := line[:1]
	if strings.HasPrefix(line, "^C") {
		delim = "^C"
	}
	line = line[len(delim):]
	if delim == etx {
		delim = "^C"
	}
	if text, found := cutDelimiter(line, delim); found {
		return text, nil
	}
	if !c.Session.loading {
		c.Printf("Enter TEXT message.  End with the character '%s'.\n", delim)
	}
	rest, err := c.ReadUntil(delim)
	return line + "\n" + rest, err
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
