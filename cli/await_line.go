package cli

// AwaitLine waits, like Await, until an event of the loop calls resume, or else until a
// line is typed: so a command serves the terminal and something else at once. typed
// reports which it was. What was typed of a line when resume came is its beginning the
// next time. The error is io.EOF for Ctrl-D at an empty line, else that of Await.
func (c *Call) AwaitLine(register func(resume func()) (cancel func())) (line string, typed bool, err error) {
	s := c.Session
	if s.loading {
		return "", false, ErrInterrupted
	}
	if !s.inside() || s.phase == phaseClosed {
		return "", false, ErrClosed
	}
	c.out.pager.rows = 0
	q := &question{kind: askLive, editor: Editor{Width: s.editorWidth(), Plain: true}.SetText(c.unfinished)}
	resumed := false
	cancel := register(func() {
		if resumed {
			return
		}
		resumed = true
		if s.question == q {
			s.question = nil
			s.step()
			s.pump()
			s.settle()
		}
	})
	if resumed {
		return "", false, nil
	}
	s.question = q
	err = s.park()
	s.question = nil
	c.unfinished = ""
	switch {
	case err == nil && resumed:
		c.unfinished = q.editor.Text()
		return "", false, nil
	case err == nil:
		err = q.err
	}
	resumed = true
	if cancel != nil {
		cancel()
	}
	return q.answer, err == nil, err
}

// TakesLines reports whether a command takes lines while it waits for something else
// (AwaitLine).
func (s *Session) TakesLines() bool { return s.question != nil && s.question.kind == askLive }

// endOfInput reports whether a key ends the input of a command that takes lines as they
// come.
func (q *question) endOfInput(k Key) bool {
	return q.kind == askLive && k == ctrl('d') && q.editor.Text() == ""
}
