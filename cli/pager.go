package cli

import (
	"regexp"
	"strings"
)

const morePrompt = " --More-- "

// moreErased takes the prompt off the screen: it leaves the cursor in the
// first column.
var moreErased = strings.Repeat("\b", 9) + strings.Repeat(" ", 8) + strings.Repeat("\b", 9)

// A pager counts the lines of one command's output.
type pager struct {
	rows    int  // shown since the last pause
	column  int  // of the line that has not ended yet
	stopped bool // the reader has seen enough
	search  *moreSearch
}

// A moreSearch is what was typed at the prompt after /, + or -.
type moreSearch struct {
	verb byte
	re   *regexp.Regexp
}

// page shows text, and stops when the screen is full.
func (s *Session) page(p *pager, text string) {
	if s.term.length == 0 || s.loading {
		s.screen.text(text)
		return
	}
	for text != "" && !p.stopped {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line = text[:i+1]
		}
		text = text[len(line):]
		if p.column == 0 && p.skipped(line) {
			continue
		}
		if p.column == 0 && p.rows >= s.term.length-1 && s.inside() {
			if s.more(p); p.stopped {
				return
			}
			if p.skipped(line) {
				continue
			}
		}
		s.screen.text(line)
		p.count(line, s.term.width)
	}
}

// count adds the rows that a line takes on the screen.
func (p *pager) count(line string, width int) {
	body, ended := strings.CutSuffix(line, "\n")
	p.column += textColumns(body)
	if ended {
		p.rows++
		if width > 0 && p.column > width {
			p.rows += (p.column - 1) / width
		}
		p.column = 0
	}
}

// skipped reports whether a search at the prompt hides the line.
func (p *pager) skipped(line string) bool {
	if p.search == nil {
		return false
	}
	match := p.search.re.MatchString(strings.TrimSuffix(line, "\n"))
	switch {
	case p.search.verb == '+':
		return !match
	case p.search.verb == '-':
		return match
	case match: // found: everything from here on
		p.search = nil
		return false
	}
	return true
}

// more pauses until a key says how to go on.
func (s *Session) more(p *pager) {
	for {
		key, err := s.ask(question{prompt: morePrompt, kind: askMore})
		switch {
		case err != nil:
			p.stopped = true
		case key == " ":
			p.rows = 0
		case key == "":
			p.rows = s.term.length - 2
		case strings.ContainsAny(key[:1], "/+-"):
			if !s.moreSearch(p, key[0]) {
				continue
			}
			p.rows = 0
		default:
			p.stopped = true
		}
		return
	}
}

// moreSearch reads what to search for.
func (s *Session) moreSearch(p *pager, verb byte) bool {
	text, err := s.ask(question{prompt: string(verb), kind: askLine})
	if err != nil {
		return false
	}
	re, err := compileRegexp(text)
	if err != nil {
		return false
	}
	p.search = &moreSearch{verb, re}
	if verb == '/' {
		s.screen.text("filtering...\n")
	}
	return true
}
