package cli

import "io"

// askKind is how a question is answered.
type askKind int

const (
	askLine   askKind = iota // a line
	askHidden                // a line without echo
	askKey                   // a key
	askMore                  // a key, and the prompt is taken off the screen
	askRaw                   // a line of text to be taken as it is
	askLive                  // a line, unless something else happens first
)

// A question is what a job waits to be answered.
type question struct {
	prompt string
	kind   askKind
	editor Editor
	answer string
	err    error
}

func (q *question) oneKey() bool { return q.kind == askKey || q.kind == askMore }

// ask puts a question and waits for the answer.
func (s *Session) ask(q question) (string, error) {
	if s.loading && q.kind != askRaw {
		return "", nil
	}
	if !s.inside() || s.phase == phaseClosed {
		return "", ErrClosed
	}
	q.editor = Editor{Prompt: q.prompt, Width: s.editorWidth(), Plain: true, Hidden: q.kind == askHidden}
	s.question = &q
	if !s.loading {
		s.screen.raw([]byte(crlf(q.prompt)))
	}
	if err := s.park(); err != nil {
		s.question = nil
		return "", err
	}
	return q.answer, q.err
}

// reply answers the question and lets the job go on.
func (s *Session) reply(answer string, err error) {
	q := s.question
	s.question = nil
	q.answer, q.err = answer, err
	if q.kind == askMore {
		s.screen.raw([]byte(moreErased))
		s.flushHeld()
	} else if !s.loading {
		s.screen.raw([]byte("\r\n"))
	}
	s.step()
}

// answerKey is for a key typed at a question.
func (s *Session) answerKey(k Key) {
	q := s.question
	if k == s.escape || k == ctrl('c') {
		s.reply("", ErrInterrupted)
		return
	}
	if q.endOfInput(k) {
		s.reply("", io.EOF)
		return
	}
	if q.oneKey() {
		s.answerOneKey(q, k)
		return
	}
	var out []byte
	var action Action
	q.editor, out, action = q.editor.Press(k)
	s.screen.raw(out)
	switch action {
	case ActSubmit, ActEnd:
		s.reply(q.editor.Text(), nil)
	case ActRedraw:
		s.screen.raw([]byte("\r\n"))
		s.screen.raw(q.editor.Redraw())
	}
}

func (s *Session) answerOneKey(q *question, k Key) {
	switch {
	case k == keyReturn:
		s.reply("", nil)
	case k.types():
		if q.kind == askKey {
			s.screen.raw([]byte(string(k)))
		}
		s.reply(string(k), nil)
	default:
		s.reply("\x00", nil)
	}
}
