package telnet

// A stance is how one side stands to an option (RFC 1143, section 7). Its queue bits
// are not needed: we never change our mind while an answer is due.
type stance uint8

const (
	no      stance = iota
	yes            // in force
	wantYes        // we asked for it and wait for the answer
)

// A side is us, or the client: its stance to each option, and the words by which we
// speak of it.
type side struct {
	stances [256]stance
	on, off byte // WILL and WONT of ours, DO and DONT for the client's
	may     func(option byte) bool
}

// ask proposes an option.
func (s *side) ask(reply []byte, option byte) []byte {
	s.stances[option] = wantYes
	return append(reply, cmdIAC, s.on, option)
}

// request is for the client's DO (of ours) or WILL (of its own). What is in force
// already is not answered, for two that answer each other's answers never end.
func (s *side) request(reply []byte, option byte) []byte {
	switch {
	case s.stances[option] == yes:
		return reply
	case s.stances[option] == wantYes:
		s.stances[option] = yes
		return reply
	case s.may(option):
		s.stances[option] = yes
		return append(reply, cmdIAC, s.on, option)
	}
	return append(reply, cmdIAC, s.off, option)
}

// refuse is for the client's DONT or WONT.
func (s *side) refuse(reply []byte, option byte) []byte {
	was := s.stances[option]
	s.stances[option] = no
	if was == yes {
		return append(reply, cmdIAC, s.off, option)
	}
	return reply
}
