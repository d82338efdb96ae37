package acl

// FlagMode is how an entry compares TCP flags.
type FlagMode uint8

// The modes: keywords listed one by one (any of them suffices), or the later
// match-any and match-all with signs.
const (
	NoFlags FlagMode = iota
	FlagsListed
	FlagsAny
	FlagsAll
)

// Bits of the TCP header's flags.
const (
	flagFIN = 1 << iota
	flagSYN
	flagRST
	flagPSH
	flagACK
	flagURG
)

// Flags is a condition on TCP flags. Set are bits wanted as one, Clear as
// zero. Established stands for ACK or RST beside the bits of Set.
type Flags struct {
	Mode        FlagMode
	Established bool
	Set, Clear  uint8
}

// allows reports whether a segment with these flags meets the condition.
func (c Flags) allows(flags uint8) bool {
	switch c.Mode {
	case FlagsListed:
		set := c.Set
		if c.Established {
			set |= flagACK | flagRST
		}
		return flags&set != 0
	case FlagsAny:
		return flags&c.Set != 0 || ^flags&c.Clear != 0
	case FlagsAll:
		return flags&c.Set == c.Set && flags&c.Clear == 0
	}
	return true
}

// text is the condition with a leading blank, or nothing.
func (c Flags) text() string {
	var s string
	switch c.Mode {
	case FlagsListed:
		if c.Established {
			s = " established"
		}
	case FlagsAny:
		s = " match-any"
	case FlagsAll:
		s = " match-all"
	}
	for _, n := range tcpFlags {
		switch bit := uint8(n.Value); {
		case c.Mode == FlagsListed && c.Set&bit != 0:
			s += " " + n.Word
		case c.Mode != FlagsListed && c.Set&bit != 0:
			s += " +" + n.Word
		case c.Mode != FlagsListed && c.Clear&bit != 0:
			s += " -" + n.Word
		}
	}
	return s
}
