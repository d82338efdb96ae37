package cli

import (
	"io"
	"strings"
)

// A ScriptSink receives what a session in script mode shows, as the parts of a
// transcript. Lines end in "\n".
type ScriptSink interface {
	// Echo is a line typed at a prompt, or at a question (hidden answers
	// too: a transcript must hold them to be played again).
	Echo(prompt, line string)
	// Output is text that a command printed, in pieces of any size.
	Output(text string)
	// Log is a log record with its continuation lines, without the last "\n".
	Log(record string)
}

// A screen writes to the terminal and knows in which column the cursor stands.
type screen struct {
	w      io.Writer
	script ScriptSink
	column int
	held   []byte // echoed, and not written yet
}

// raw writes bytes as they are; a transcript has no use for them.
func (s *screen) raw(b []byte) {
	if s.script == nil && len(b) > 0 {
		s.echo(b)
		s.flush()
	}
}

// flush writes what was echoed.
func (s *screen) flush() {
	if s.w != nil && len(s.held) > 0 {
		s.w.Write(s.held)
	}
	s.held = s.held[:0]
}

// echo is raw for what one of many keys shows: it is written with what comes next, or
// by flush when the keys have all been taken.
func (s *screen) echo(b []byte) {
	if s.script != nil {
		return
	}
	for _, c := range string(b) {
		switch {
		case c == '\r' || c == '\n':
			s.column = 0
		case c == '\b':
			s.column = max(0, s.column-1)
		case c >= ' ':
			s.column += Columns(c)
		}
	}
	s.held = append(s.held, b...)
}

// text writes a command's output.
func (s *screen) text(text string) {
	if text == "" {
		return
	}
	if s.script == nil {
		s.raw([]byte(crlf(text)))
		return
	}
	s.script.Output(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		s.column = len(text) - i - 1
	} else {
		s.column += len(text)
	}
}

// fresh goes to the first column.
func (s *screen) fresh() {
	if s.column != 0 {
		s.text("\n")
	}
}

func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

// An output stands between a command and the screen: filter, then pager.
type output struct {
	session *Session
	filter  *filter
	pager   pager
}

func (o *output) print(text string) {
	if o.filter != nil {
		text = o.filter.write(text)
	}
	o.session.page(&o.pager, text)
}

// close lets the filter say its last.
func (o *output) close() {
	if o.filter == nil {
		return
	}
	text := o.filter.close()
	o.filter = nil
	o.session.page(&o.pager, text)
}
