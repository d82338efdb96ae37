package cli

// Script mode: a session whose screen is a ScriptSink. Lines are typed whole
// by TypeLine and Help; Keys sends keys as they are. Paging is off until
// `terminal length` is typed.

// TypeLine types a line at the prompt, or the answer to the question that is
// asked. While a command runs it is typed ahead.
func (s *Session) TypeLine(line string) {
	s.idle.last = s.clock.Now()
	s.lines = append(s.lines, line)
	s.pump()
	s.settle()
}

// Help types a line and a question mark.
func (s *Session) Help(line string) {
	if s.Busy() || s.question != nil || s.phase != phaseLine {
		return
	}
	s.screen.script.Echo(s.prompt(), line+"?")
	s.newLine(line)
	s.showHelp(line)
	s.carried = ""
	if s.job == nil {
		s.newLine("")
	}
	s.pump()
	s.settle()
}

// Keys sends keys. What they do to the line shows as output without a prompt.
func (s *Session) Keys(b []byte) { s.Input(b) }

func (s *Session) typeLine(line string) {
	if s.question != nil {
		s.answerLine(line)
		return
	}
	if s.phase == phaseStart { // any line is as good as RETURN
		s.login()
		return
	}
	s.screen.script.Echo(s.prompt(), line)
	s.newLine(s.editor.Text() + line)
	s.submit(s.editor.Text(), false)
}

func (s *Session) answerLine(line string) {
	q := s.question
	s.screen.script.Echo(q.prompt, line)
	if q.oneKey() && len(line) > 1 {
		line = line[:1]
	}
	s.reply(q.editor.Text()+line, nil)
}
