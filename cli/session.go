package cli

import (
	"io"
	"strings"
)

// Options are what a session may be given besides its device.
type Options struct {
	// Out is the terminal. Script, if set, is used instead: the session is
	// in script mode then (see ScriptSink and TypeLine).
	Out    io.Writer
	Script ScriptSink
	// Line is the line's name as IOS gives it: "con0". A console goes back
	// to "Press RETURN to get started" when its user leaves; another line
	// is closed.
	Line    string
	Console bool
	// PressReturn makes a session begin with "Press RETURN to get started".
	PressReturn bool
	// Login, if set, runs before the first prompt: it asks who is there. An
	// error ends the session.
	Login func(c *Call) error
	// Comment, if set, is given the lines that begin with `!`.
	Comment func(c *Call) error
	// Closed is told when the session has ended: by exit, by a failed
	// login, by Close.
	Closed func(s *Session)
	// Privilege is the level at the start; 0 = UserLevel.
	Privilege int
	// Length and Width are the terminal's; 0 = 24 and 80. Negative = no
	// paging, no scrolling.
	Length, Width int
}

// A Session is a user's conversation with a device.
type Session struct {
	grammar *Grammar
	device  Device
	clock   Clock
	opts    Options

	// Synchronous is `logging synchronous`: log output restores the line
	// that was being typed.
	Synchronous bool
	// User is who has logged in, if the device keeps it here.
	User string

	screen    screen
	term      terminal
	frames    []frame
	privilege int
	editor    Editor
	decoder   Decoder
	escape    Key
	histories [2]history // EXEC's, and that of configuration

	phase    phase
	job      *job
	running  bool // the job is what runs now
	wait     *wait
	question *question
	inConfig bool   // when the last prompt was given
	carried  string // what the next prompt's line begins with: typed before help

	input   []byte   // typed ahead
	typed   []string // lines typed ahead in script mode
	pumping bool
	held    []string // log records held back while the pager waits
	loading bool     // a configuration is being loaded
	ceiling *mode    // while loading: unknown lines are not looked for above it
	idle    idleTimer
}

// phase is what a session does while no command runs.
type phase int

const (
	phaseLine   phase = iota // a line is typed at the prompt
	phaseStart               // RETURN is waited for
	phaseClosed              // it is over, or will be when the command ends
)

// maxTypeAhead bounds what is kept of what is typed while a command runs.
const maxTypeAhead = 1 << 18

// NewSession starts a session. With a PressReturn or Login it waits for the
// user; else the first prompt is on the screen when it returns.
func NewSession(g *Grammar, dev Device, clock Clock, opts Options) *Session {
	s := newSession(g, dev, clock, opts)
	if opts.PressReturn {
		s.phase = phaseStart
		s.screen.text("\n\nPress RETURN to get started!\n\n\n")
	} else {
		s.login()
	}
	return s
}

func newSession(g *Grammar, dev Device, clock Clock, opts Options) *Session {
	s := &Session{grammar: g, device: dev, clock: clock, opts: opts, escape: keyBreak}
	s.screen = screen{w: opts.Out, script: opts.Script}
	for i := range s.histories {
		s.histories[i].size = defaultHistory
	}
	s.reset()
	return s
}

// reset is the state in which a user finds a line.
func (s *Session) reset() {
	s.frames = append(s.frames[:0], frame{mode: s.grammar.modes[ModeExec]})
	s.privilege = max(s.opts.Privilege, UserLevel)
	s.inConfig = false
	s.term = terminal{length: initial(s.opts.Length, defaultLength), width: initial(s.opts.Width, defaultWidth)}
	if s.screen.script != nil {
		s.term.length, s.term.width = 0, 0
	}
	for i := range s.histories {
		s.histories[i].lines = nil
	}
}

func initial(option, standard int) int {
	if option == 0 {
		return standard
	}
	return max(0, option)
}

func (s *Session) editorWidth() int {
	if s.screen.script != nil {
		return 0
	}
	return s.term.width
}

// login runs the device's login and then gives the first prompt.
func (s *Session) login() {
	s.phase = phaseLine
	if s.opts.Login == nil {
		s.givePrompt()
		return
	}
	s.start(func() {
		if err := s.opts.Login(s.call("")); err != nil {
			s.logout()
		}
	})
}

// ready is where a job has ended.
func (s *Session) ready() {
	switch {
	case s.phase == phaseClosed:
		s.closed()
	case s.phase == phaseLine:
		s.givePrompt()
	}
}

// givePrompt shows the prompt and an empty line.
func (s *Session) givePrompt() {
	if s.loading {
		return
	}
	s.screen.fresh()
	s.newLine(s.carried)
	s.carried = ""
	s.screen.raw(s.editor.Redraw())
	if left := s.inConfig && !s.InConfig(); left {
		s.inConfig = false
		s.device.LeftConfig(s)
	}
	s.inConfig = s.InConfig()
}

// newLine begins a line that holds text.
func (s *Session) newLine(text string) {
	s.editor = s.editor.Reset()
	s.editor.Prompt = s.prompt()
	s.editor.Width = s.editorWidth()
	s.editor.NoEdit = s.term.noEdit
	s.editor.History = s.history().lines
	s.editor = s.editor.SetText(text)
}

func (s *Session) history() *history {
	if s.InConfig() {
		return &s.histories[1]
	}
	return &s.histories[0]
}

// Device returns what the session is a console of.
func (s *Session) Device() Device { return s.device }

// Line returns the name of the line: "con0".
func (s *Session) Line() string { return s.opts.Line }

// Prompt returns what stands before the cursor: the prompt, or the question
// that is being asked; "" while a command runs or the session waits for RETURN.
func (s *Session) Prompt() string {
	switch {
	case s.question != nil:
		return s.question.prompt
	case s.job != nil || s.phase != phaseLine:
		return ""
	}
	return s.prompt()
}

// Busy tells whether a command is running that does not wait for the user.
func (s *Session) Busy() bool { return s.job != nil && s.question == nil }

// Asking tells whether a command has asked a question.
func (s *Session) Asking() bool { return s.question != nil }

// Input takes bytes from the terminal.
func (s *Session) Input(b []byte) {
	s.idle.last = s.clock.Now()
	for _, c := range b {
		if Key(c) == s.escape && s.Busy() {
			s.interrupt()
			continue
		}
		if len(s.input) < maxTypeAhead {
			s.input = append(s.input, c)
		}
		s.pump()
	}
}

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
			if k := s.decoder.Next(c); k != keyNone {
				s.key(k)
			}
		case len(s.typed) > 0:
			line := s.typed[0]
			s.typed = s.typed[1:]
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
	s.screen.raw(out)
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
		s.start(func() { s.report(c, s.opts.Comment(c)) })
	default:
		s.start(func() {
			s.run(line)
			if end {
				s.End()
			}
		})
	}
}

// logout ends the session for its user. What runs in a job must return.
func (s *Session) logout() {
	if !s.opts.Console {
		s.phase = phaseClosed
		return
	}
	s.reset()
	s.phase = phaseStart
	s.screen.fresh()
	s.screen.text("\n\n" + s.device.Hostname() + " " + s.opts.Line + " is now available\n\n\n\n\n\nPress RETURN to get started.\n\n\n\n\n\n\n")
}

// Close ends the session. A command that waits gets ErrClosed. Called by a
// command of the session itself, it takes effect when the command ends.
func (s *Session) Close() {
	if s.phase == phaseClosed && s.job == nil {
		return
	}
	s.phase = phaseClosed
	if s.running {
		return
	}
	s.abandon()
	s.closed()
}

// abandon ends a job that waits: it gets ErrClosed.
func (s *Session) abandon() {
	if s.job == nil {
		return
	}
	s.running = true
	s.job.stop()
	s.running = false
	s.job, s.question, s.wait = nil, nil, nil
}

func (s *Session) closed() {
	s.question, s.wait, s.input, s.typed = nil, nil, nil, nil
	s.idle.disarm()
	if s.opts.Closed != nil {
		s.opts.Closed(s)
	}
}
