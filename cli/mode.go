package cli

// A frame is a mode that a session is in, with the object that it configures.
type frame struct {
	mode   *mode
	data   any
	under  int // how far the line is indented that opened it
	indent int // how far the first line in it is; -1 before that
}

func (s *Session) top() *frame { return &s.frames[len(s.frames)-1] }

// Mode returns the name of the present mode.
func (s *Session) Mode() string { return s.top().mode.Name }

// Data returns the object of the present mode.
func (s *Session) Data() any { return s.top().data }

// InConfig reports whether the session is in a configuration mode.
func (s *Session) InConfig() bool { return !s.top().mode.isExec() }

// Enter goes into a mode: out of the modes that are not above it, and in.
func (s *Session) Enter(name string, data any) {
	m := s.grammar.modes[name]
	if m == nil {
		panic("cli: no mode " + name)
	}
	if m.parent != nil {
		s.unwind(m.parent)
	} else {
		s.frames = s.frames[:1]
	}
	if m.isExec() {
		return
	}
	s.frames = append(s.frames, frame{m, data, s.indent, -1})
	s.entered = true
}

// unwind goes back to a mode; if the session is not in it, to the first of all.
func (s *Session) unwind(m *mode) {
	for i := len(s.frames) - 1; i >= 0; i-- {
		if s.frames[i].mode == m {
			s.frames = s.frames[:i+1]
			return
		}
	}
	s.frames = s.frames[:1]
}

// Leave goes back one mode, as `exit` does.
func (s *Session) Leave() {
	if len(s.frames) > 1 {
		s.frames = s.frames[:len(s.frames)-1]
	}
}

// End goes back to EXEC.
func (s *Session) End() { s.frames = s.frames[:1] }

// Privilege returns the privilege level.
func (s *Session) Privilege() int { return s.privilege }

// SetPrivilege sets the privilege level.
func (s *Session) SetPrivilege(level int) { s.privilege = level }

// prompt is what stands before the line to be typed.
func (s *Session) prompt() string {
	m := s.top().mode
	host := s.device.Hostname()
	if m.isExec() {
		if s.privilege > UserLevel {
			return host + "#"
		}
		return host + ">"
	}
	if len(host) > maxPromptHost {
		host = host[:maxPromptHost]
	}
	end := m.Separator
	if end == 0 {
		end = '#'
	}
	return host + m.Prompt + string(end)
}

// maxPromptHost is where IOS cuts the host name in a configuration prompt.
const maxPromptHost = 20

// As runs f as if the session were in another mode, with its object.
func (s *Session) As(name string, data any, f func() error) error {
	was := *s.top()
	*s.top() = frame{mode: s.grammar.modes[name], data: data, under: was.under, indent: was.indent}
	top := len(s.frames) - 1
	err := f()
	if len(s.frames) > top {
		s.frames[top] = was
	}
	return err
}
