package cli

import (
	"io"
	"time"
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
	// CtrlC makes Ctrl-C break the command that runs, as a Unix terminal does.
	CtrlC bool
	// Around, if set, is told of each line that is carried out. What it returns
	// runs every stretch of the command: from its begin, or the end of a wait, to
	// its next wait or its end.
	Around func(line string) (run func(stretch func()))
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
	escaped   bool          // the last byte was it
	escapedAt time.Duration // when the last byte came
	histories [2]history    // EXEC's, and that of configuration

	phase    phase
	job      *job
	spare    *job // has ended, and waits for another run
	running  bool // the job is what runs now
	entering bool // the last login has not succeeded, so far
	wait     *wait
	question *question
	inConfig bool   // when the last prompt was given
	carried  string // what the next prompt's line begins with: typed before help

	input   []typed  // typed ahead
	lines   []string // typed ahead in script mode
	origin  Origin   // of the line that is being typed
	pumping bool
	held    []string // log records held back while the pager waits
	loading bool     // a configuration is being loaded
	ceiling *mode    // while loading: unknown lines are not looked for above it
	refusal refusal  // of what opens a mode
	indent  int      // of the line that runs
	entered bool     // that line has opened a mode
	idle    idleTimer
}

// phase is what a session does while no command runs.
type phase int

const (
	phaseLine   phase = iota // a line is typed at the prompt
	phaseStart               // RETURN is waited for
	phaseClosed              // it is over, or will be when the command ends
)

// NewSession starts a session. With a PressReturn or Login it waits for the
// user; else the first prompt is on the screen when it returns.
func NewSession(g *Grammar, dev Device, clock Clock, opts Options) *Session {
	s := newSession(g, dev, clock, opts)
	if opts.PressReturn {
		s.screen.text("\n\nPress RETURN to get started!\n\n\n")
		s.awaitReturn()
	} else {
		s.login()
	}
	return s
}

func newSession(g *Grammar, dev Device, clock Clock, opts Options) *Session {
	s := &Session{grammar: g, device: dev, clock: clock, opts: opts, escape: keyBreak}
	s.screen = screen{w: opts.Out, script: opts.Script}
	for i := range s.histories {
		s.histories[i].size = DefaultHistory
	}
	s.reset()
	return s
}

// reset is the state in which a user finds a line.
func (s *Session) reset() {
	s.frames = append(s.frames[:0], frame{mode: s.grammar.modes[ModeExec]})
	s.privilege = max(s.opts.Privilege, UserLevel)
	s.inConfig = false
	s.term = terminal{length: initial(s.opts.Length, DefaultLength), width: initial(s.opts.Width, DefaultWidth)}
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
	s.entering = true
	s.start("", func() {
		if err := s.opts.Login(s.call("")); err != nil {
			s.logout()
			return
		}
		s.entering = false
	})
}

// ready is where a job has ended.
func (s *Session) ready() {
	switch {
	case s.phase == phaseClosed:
		s.closed()
	case s.phase == phaseStart:
		s.awaitReturn()
	case s.phase == phaseLine:
		s.givePrompt()
	}
}

// awaitReturn waits for a user. A transcript is there at once, but not after a
// login that has failed: the next might fail as well, and so for ever.
func (s *Session) awaitReturn() {
	s.phase = phaseStart
	if s.screen.script != nil && !s.entering {
		s.login()
	}
}

// givePrompt shows the prompt and an empty line.
func (s *Session) givePrompt() {
	if s.loading {
		return
	}
	s.screen.fresh()
	if s.carried == "" {
		s.origin = 0
	}
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

// Busy reports whether a command is running that does not wait for the user.
func (s *Session) Busy() bool { return s.job != nil && s.question == nil }

// Asking reports whether a command has asked a question.
func (s *Session) Asking() bool { return s.question != nil }

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

// Fresh goes to the first column of the screen, before something else is shown there.
func (s *Session) Fresh() { s.screen.fresh() }

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
	s.question, s.wait, s.input, s.lines = nil, nil, nil, nil
	s.dropSpare()
	s.idle.disarm()
	if s.opts.Closed != nil {
		s.opts.Closed(s)
	}
}
