package cli

import (
	"io"
	"strings"
)

// A LineError is what is wrong with a line of a configuration.
type LineError struct {
	Column  int    // of the caret, from 0; -1 = none
	Message string // as a user would see it: "% Invalid input detected at '^' marker."
}

func (e *LineError) Error() string { return e.Message }

// A Loader runs the lines of a configuration, without prompt or echo. Indented
// lines belong to the mode that the line above them, less indented, has
// entered. A line that is not known is passed over.
type Loader struct {
	session *Session
	levels  []int // the indentation of the line that entered each mode
}

// NewLoader makes a loader. Output is given what commands print; it may be nil.
func NewLoader(g *Grammar, dev Device, clock Clock, output func(text string)) *Loader {
	s := newSession(g, dev, clock, Options{Privilege: PrivilegedLevel, Out: loaderOutput(output)})
	s.loading = true
	s.Enter(modeConfig, nil)
	return &Loader{session: s}
}

// modeConfig is the mode in which a configuration begins.
const modeConfig = "config"

type loaderOutput func(text string)

func (f loaderOutput) Write(b []byte) (int, error) {
	if f != nil {
		f(strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
	return len(b), nil
}

var _ io.Writer = loaderOutput(nil)

// Line runs a line. The error, if any, is a *LineError.
func (l *Loader) Line(line string) error {
	s := l.session
	line = strings.TrimSuffix(line, "\r")
	if s.question != nil { // the text of a banner
		s.reply(line, nil)
		return nil
	}
	trimmed := strings.TrimLeft(line, " \t")
	if trimmed == "" || trimmed[0] == '!' {
		return nil
	}
	indent := len(line) - len(trimmed)
	if strings.TrimSpace(trimmed) == "end" {
		l.outdent(0)
		return nil
	}
	return l.run(line, indent)
}

// run runs a line in its mode.
func (l *Loader) run(line string, indent int) error {
	s := l.session
	if !s.InConfig() { // an `exit` too many
		s.Enter(modeConfig, nil)
	}
	l.outdentBelow(indent)
	s.ceiling = l.ceiling(indent)
	var failed error
	s.start("", func() { failed = s.run(line) })
	if depth := len(s.frames) - firstLevel; depth > len(l.levels) {
		l.levels = append(l.levels, indent)
	} else {
		l.levels = l.levels[:max(0, depth)]
	}
	return failed
}

// firstLevel is the frame of the first mode below the configuration's own.
const firstLevel = 2

// ceiling is the highest mode that a line may be meant for: not above a line
// that is indented less.
func (l *Loader) ceiling(indent int) *mode {
	n := len(l.levels)
	for n > 0 && l.levels[n-1] >= indent {
		n--
	}
	frames := l.session.frames
	return frames[min(n+firstLevel, len(frames))-1].mode
}

// outdentBelow leaves the modes whose first line was indented deeper.
func (l *Loader) outdentBelow(indent int) {
	n := len(l.levels)
	for n > 0 && l.levels[n-1] > indent {
		n--
	}
	l.outdent(n)
}

// outdent leaves all modes of the configuration but n.
func (l *Loader) outdent(n int) {
	l.levels = l.levels[:min(n, len(l.levels))]
	l.session.frames = l.session.frames[:min(len(l.session.frames), n+firstLevel)]
}

// Unfinished reports whether the text of a banner has begun and not ended.
func (l *Loader) Unfinished() bool { return l.session.question != nil }

// Close ends the loading; a banner that has not ended is dropped.
func (l *Loader) Close() { l.session.Close() }
