package acl

var (
	standardSource = []alternative{
		address(tagAddress, "Address to match"),
		keyword(tagAny, "any", "Any source"),
		keyword(tagHost, "host", "One address alone"),
	}
	hostAddress   = []alternative{address(tagAddress, "The host's address")}
	wildcardWord  = []alternative{address(tagAddress, "Wildcard bits")}
	logAndEnd     = []alternative{keyword(tagLog, "log", "Report matches"), endOfLine}
	endOfLineOnly = []alternative{endOfLine}
)

// standard reads what follows the action of a standard entry.
func (p *parser) standard() error {
	tag, v, err := p.pick(standardSource)
	if err != nil {
		return err
	}
	tails := [][]alternative{logAndEnd}
	switch tag {
	case tagAny:
		p.e.Src = Any
	case tagHost:
		if _, v, err = p.pick(hostAddress); err != nil {
			return err
		}
		p.e.Src = Addresses{Addr: v}
	case tagAddress:
		p.e.Src = Addresses{Addr: v}
		tails = [][]alternative{wildcardWord, logAndEnd}
	}
	tag, v, err = p.pick(tails...)
	if err == nil && tag == tagAddress {
		p.e.Src = Addresses{p.e.Src.Addr &^ v, v}
		tag, _, err = p.pick(logAndEnd)
	}
	if err != nil || tag == tagEnd {
		return err
	}
	p.e.Log = LogMatch
	_, _, err = p.pick(endOfLineOnly)
	return err
}
