package replay

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/labs"
)

// promptEnd is what follows the name in a prompt: a mode, and the sign.
var promptEnd = regexp.MustCompile(`^(?:\([A-Za-z0-9-]+\))?[>#]`)

// typedLine finds on which console a line of the file is typed, and what. Names
// of nodes count before the hostnames that they have taken.
func (r *run) typedLine(text string) (c *console, typed string, ok bool) {
	for _, c := range r.consoles {
		if rest, ok := afterPrompt(text, c.node.Name); ok {
			return c, rest, true
		}
	}
	for _, c := range r.fromCurrent() {
		if rest, ok := afterPrompt(text, c.node.Hostname()); ok {
			return c, rest, true
		}
		// A prompt that is none of the usual forms, or whose name IOS has cut.
		s := c.node.Console()
		if p := s.Prompt(); p != "" && !s.Asking() && strings.HasPrefix(text, p) {
			return c, text[len(p):], true
		}
	}
	return nil, "", false
}

func afterPrompt(text, name string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(text, name)
	if !ok || name == "" {
		return "", false
	}
	end := promptEnd.FindString(rest)
	return rest[len(end):], end != ""
}

// answerLine finds the console whose question a line of the file starts with, and
// the answer. A question that is empty (the text of a banner) takes any line that
// is not what the command itself has printed.
func (r *run) answerLine(text string) (c *console, answer string, ok bool) {
	for _, c := range r.fromCurrent() {
		s := c.node.Console()
		if !s.Asking() {
			continue
		}
		question := lastLine(s.Prompt())
		if question == "" {
			if c != r.fromCurrent()[0] {
				continue
			}
			if at := slices.Index(c.recent, text); at >= 0 {
				c.recent = c.recent[at+1:]
				continue
			}
			return c, text, true
		}
		// Editors take blanks off the ends of lines.
		bare := strings.TrimRight(question, " ")
		if bare == "" || !strings.HasPrefix(text, bare) {
			continue
		}
		answer := text[len(bare):]
		for range len(question) - len(bare) {
			answer = strings.TrimPrefix(answer, " ")
		}
		return c, answer, true
	}
	return nil, "", false
}

func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }

// fromCurrent lists the consoles, the one that the reader looks at first.
func (r *run) fromCurrent() []*console {
	list := make([]*console, 0, len(r.consoles)+1)
	for _, c := range r.consoles {
		if c.node == r.screen.current {
			list = append(list, c)
		}
	}
	for _, c := range r.consoles {
		if c.node != r.screen.current {
			list = append(list, c)
		}
	}
	return list
}

func (r *run) consoleOf(n *labs.Node) *console {
	for _, c := range r.consoles {
		if c.node == n {
			return c
		}
	}
	return nil
}
