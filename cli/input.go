package cli

import (
	"bytes"
	"strings"
	"time"
)

// maxTypeAhead bounds what is kept of what is typed while a command runs.
const maxTypeAhead = 1 << 18

// An Origin is where keys come from. The device that hands them in gives it a meaning;
// the line that they make has the highest of its keys' origins.
type Origin uint8

// typed is a byte that was typed.
type typed struct {
	byte
	from Origin
}

// Input takes bytes from the terminal.
func (s *Session) Input(b []byte) { s.InputFrom(0, b) }

// InputFrom is Input where there are several terminals; see Call.Origin.
func (s *Session) InputFrom(from Origin, b []byte) {
	s.idle.last = s.clock.Now()
	for len(b) > 0 {
		n := s.typeAtOnce(from, b)
		if n == 0 {
			s.typeByte(typed{b[0], from})
			n = 1
		}
		b = b[n:]
	}
	s.settle()
}

// typeByte takes one byte.
func (s *Session) typeByte(c typed) {
	if s.endsEscape(c.byte) {
		return
	}
	if s.Drops(Key(c.byte)) {
		s.input = nil
	}
	if s.Interrupts(Key(c.byte)) {
		s.interrupt()
		return
	}
	if len(s.input) < maxTypeAhead {
		s.input = append(s.input, c)
	}
	s.pump()
}

// typeAtOnce takes those of the bytes typed, from the first on, that do no more than
// extend the line at the prompt, and returns how many they are: so all but the ends of
// the lines of a paste are taken, where no command holds it up.
func (s *Session) typeAtOnce(from Origin, b []byte) int {
	if s.phase != phaseLine || s.job != nil || s.pumping || s.escaped || !s.decoder.idle() {
		return 0
	}
	n := s.editor.extends(b)
	if at := bytes.IndexByte(b[:n], byte(s.escape)); at >= 0 {
		n = at
	}
	if n > 0 {
		s.decoder = Decoder{}
		s.origin = max(s.origin, from)
		s.editor = s.editor.extended(b[:n])
		s.screen.echo(b[:n])
	}
	return n
}

// escapePause is how soon an x follows the escape character that belongs to it.
const escapePause = time.Second

// endsEscape reports whether a byte is the x of Ctrl-^ x, the escape sequence as IOS's
// books have it. Its first character has done all there is to do: no connection is
// left by it here.
func (s *Session) endsEscape(c byte) bool {
	now := s.clock.Now()
	ends := s.escaped && (c == 'x' || c == 'X') && now-s.escapedAt <= escapePause
	s.escaped, s.escapedAt = Key(c) == s.escape, now
	return ends
}

// Interrupts reports whether a key would break off the command that runs.
func (s *Session) Interrupts(k Key) bool {
	return s.Busy() && (k == s.escape || k == ctrl('c') && s.opts.CtrlC)
}

// Drops reports whether a key takes back what was typed ahead of it: Ctrl-C while a
// command runs, as at the prompt it takes back the line. So a paste that has gone
// wrong ends with it; what runs is ended by Ctrl-Shift-6.
func (s *Session) Drops(k Key) bool { return s.Busy() && k == ctrl('c') }

// Ahead returns the number of bytes typed that the session has not taken yet. A
// caller that hands in much waits while it grows: more than maxTypeAhead is lost.
func (s *Session) Ahead() int { return len(s.input) }

// pump handles what was typed, as long as someone is there to take it.
func (s *Session) pump() {
	if s.pumping {
		return
	}
	s.pumping = true
	defer func() { s.pumping = false }()
	for s.phase != phaseClosed && !s.Busy() {
		switch {
		case len(s.input) > 0:
			c := s.input[0]
			s.input = s.input[1:]
			s.origin = max(s.origin, c.from)
			if k := s.decoder.Next(c.byte); k != keyNone {
				s.key(k)
			}
		case len(s.lines) > 0:
			line := s.lines[0]
			s.lines = s.lines[1:]
			s.typeLine(line)
		default:
			s.input = nil
			return
		}
	}
}

// key handles one key.
func (s *Session) key(k Key) {
	switch {
	case s.question != nil:
		s.answerKey(k)
	case s.phase == phaseStart:
		if k == keyReturn {
			s.screen.raw([]byte("\r\n"))
			s.login()
		}
	default:
		s.lineKey(k)
	}
}

// lineKey handles a key at the prompt.
func (s *Session) lineKey(k Key) {
	if k == s.escape {
		return
	}
	var out []byte
	var action Action
	s.editor, out, action = s.editor.Press(k)
	s.screen.echo(out)
	switch action {
	case ActSubmit:
		s.endLine("")
		s.submit(s.editor.Text(), false)
	case ActEnd:
		s.endLine("^Z")
		s.submit(s.editor.Text(), true)
	case ActAbort:
		s.endLine("^C")
		s.End()
		s.givePrompt()
	case ActHelp:
		s.endLine("?")
		s.showHelp(s.editor.BeforeCursor())
	case ActComplete:
		s.endLine("")
		s.restore(s.grammar.complete(s.top().mode, s.editor.Text(), s.device, s.privilege))
	case ActRedraw:
		s.endLine("")
		s.restore(s.editor.Text())
	}
}

// endLine ends the line on the screen. A transcript shows what keys have made
// of it, without the prompt, for what follows a prompt there is typed again.
func (s *Session) endLine(mark string) {
	if s.screen.script == nil {
		s.screen.raw([]byte(mark + "\r\n"))
	} else if text := s.editor.Text() + mark; text != "" {
		s.screen.text(text + "\n")
	}
}

// restore shows the prompt and a line that is still being typed.
func (s *Session) restore(text string) {
	s.screen.fresh()
	s.newLine(text)
	s.screen.raw(s.editor.Redraw())
}

// submit runs a line. With end it goes back to EXEC afterwards.
func (s *Session) submit(line string, end bool) {
	trimmed := strings.TrimSpace(line)
	if trimmed != "" {
		s.history().add(line)
	}
	switch {
	case trimmed == "" || trimmed[0] == '!' && s.opts.Comment == nil:
		if end {
			s.End()
		}
		s.givePrompt()
	case trimmed[0] == '!':
		c := s.call(line)
		s.start(line, func() { s.report(c, s.opts.Comment(c)) })
	default:
		s.start(line, func() {
			s.run(line)
			if end {
				s.End()
			}
		})
	}
}
