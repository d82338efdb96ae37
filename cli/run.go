package cli

import (
	"errors"
	"strings"
)

// call makes the Call for a line.
func (s *Session) call(line string) *Call {
	return &Call{Device: s.device, Session: s, Line: line, Origin: s.origin, out: &output{session: s}}
}

// run matches a line and executes it. It runs in a job.
func (s *Session) run(line string) error {
	c := s.call(line)
	s.indent, s.entered = indentation(line), false
	switch s.refusal.covers(s, line) {
	case coveredExit:
		return nil
	case coveredLine:
		return s.report(c, InvalidWord(0))
	}
	p := s.match(line)
	if s.refusal.doubts(&p) {
		p = parse{column: split(line)[0].Offset}
	}
	c.bound, c.column = p.bound, p.column
	var err error
	switch p.verdict {
	case rest:
		err = s.top().mode.Rest.Take(c)
	case matched:
		err = s.execute(c, &p)
	case ambiguous:
		err = errors.New(textAmbiguous(line))
	case incomplete:
		err = Incomplete()
	case invalid:
		err = InvalidInput()
		if p.unknown && s.top().mode.isExec() && !s.loading {
			err = s.device.UnknownExec(c)
		}
	}
	c.out.close()
	if top := s.top(); err == nil && !s.entered && top.indent < 0 {
		top.indent = s.indent
	}
	s.refusal.note(s, line, &p, err)
	return s.report(c, err)
}

// execute runs the handler of a command.
func (s *Session) execute(c *Call, p *parse) error {
	if p.filter != nil {
		f, err := newFilter(p.filter)
		if err != nil {
			return err
		}
		c.out.filter = f
	}
	if p.do && s.loading {
		return InvalidWord(0) // a configuration says what is to be, and does nothing
	}
	if !p.do && p.mode != s.top().mode {
		s.unwind(p.mode)
	}
	cmd := p.form.cmd
	switch p.form.kind {
	case formNo:
		c.No = true
		return cmd.Unset(c)
	case formDefault:
		c.Default = true
		if cmd.Default != nil {
			return cmd.Default(c)
		}
		return cmd.Unset(c)
	}
	return cmd.Run(c)
}

// report prints an error as IOS does, and returns it with its place on the line.
func (s *Session) report(c *Call, err error) error {
	if err == nil || errors.Is(err, ErrInterrupted) || errors.Is(err, ErrClosed) {
		return nil
	}
	located := &LineError{Column: -1, Message: err.Error()}
	var caret *caretError
	blank := ""
	switch {
	case errors.As(err, &caret):
		located.Column = caret.column(c)
		blank = "\n"
	case errors.As(err, new(incompleteError)):
		blank = "\n"
	}
	if s.loading {
		return located
	}
	s.screen.fresh()
	if located.Column >= 0 {
		s.screen.text(strings.Repeat(" ", s.caretColumn(c.Line, located.Column)) + "^\n")
	}
	s.screen.text(strings.TrimSuffix(located.Message, "\n") + "\n" + blank)
	return located
}

// caretColumn is where a place of the line is on the screen.
func (s *Session) caretColumn(line string, offset int) int {
	before := []rune(line[:offset])
	return textColumns(s.editor.Prompt) + columnsOf(before[min(s.editor.scroll, len(before)):])
}

// column finds the place on the line that the error is about.
func (e *caretError) column(c *Call) int {
	switch {
	case e.own:
		return c.column
	case e.name != "":
		if b := c.find(e.name); b != nil {
			return b.offset
		}
		return 0
	}
	if words := c.Words(); e.word < len(words) {
		return words[e.word].Offset
	}
	return len(c.Line)
}
