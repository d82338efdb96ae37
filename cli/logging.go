package cli

import "strings"

// Log shows a log record, which may have several lines, on the terminal: at
// once, in a line of its own. What was being typed is shown again only under
// `logging synchronous`, as on IOS.
func (s *Session) Log(record string) {
	record = strings.TrimSuffix(record, "\n")
	if s.screen.script != nil {
		s.screen.fresh()
		s.screen.script.Log(record)
		return
	}
	if s.phase == phaseClosed || s.loading {
		return
	}
	paused := s.question != nil && s.question.kind == askMore
	if paused && s.Synchronous && len(s.held) < maxHeld {
		s.held = append(s.held, record)
		return
	}
	if paused {
		s.screen.raw([]byte(moreErased))
		s.flushHeld()
	}
	s.screen.fresh()
	s.screen.text(record + "\n")
	switch {
	case paused:
		s.screen.raw([]byte(morePrompt))
	case s.Synchronous && s.question != nil:
		s.screen.raw(s.question.editor.Redraw())
	case s.Synchronous && s.job == nil && s.phase == phaseLine:
		s.screen.raw(s.editor.Redraw())
	}
}

// maxHeld is how many records wait for the pager, as under IOS's
// `logging synchronous limit`.
const maxHeld = 20

// flushHeld shows the records that waited for the pager.
func (s *Session) flushHeld() {
	held := s.held
	s.held = nil
	for _, record := range held {
		s.screen.text(record + "\n")
	}
}
