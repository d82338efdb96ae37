package acl

var (
	protocolWords = append(
		[]alternative{numberIn(tagProtocol, 0, 255, "Protocol number")},
		namesOf(tagProtocol, Protocols)...)
	sourceWords      = addressWords("source")
	destinationWords = addressWords("destination")
	opWords          = namesOf(tagOp, portOps)
	portWords        = map[uint8][]alternative{ // by protocol
		protoTCP: portsNamed(TCPPorts),
		protoUDP: portsNamed(UDPPorts),
	}
)

func portsNamed(names []Name) []alternative {
	return append([]alternative{numberIn(tagPort, 0, 65535, "Port number")}, namesOf(tagPort, names)...)
}

func addressWords(which string) []alternative {
	return []alternative{
		address(tagAddress, "Address of the "+which),
		keyword(tagAny, "any", "Any "+which),
		keyword(tagHost, "host", "One "+which+" alone"),
	}
}

// extended reads what follows the action of an extended entry.
func (p *parser) extended() error {
	_, v, err := p.pick(protocolWords)
	if err != nil {
		return err
	}
	p.e.Protocol = uint8(v)

	tag, v, err := p.pick(sourceWords)
	if err == nil {
		p.e.Src, err = p.addresses(tag, v)
	}
	if err != nil {
		return err
	}
	tag, v, err = p.ports(&p.e.SrcPorts, destination)
	if err == nil {
		p.e.Dst, err = p.addresses(tag, v)
	}
	if err != nil {
		return err
	}
	return p.tail()
}

func destination() [][]alternative { return [][]alternative{destinationWords} }

// addresses reads the rest of an address whose first word is taken.
func (p *parser) addresses(tag int, v uint32) (Addresses, error) {
	switch tag {
	case tagAny:
		return Any, nil
	case tagHost:
		_, v, err := p.pick(hostAddress)
		return Addresses{Addr: v}, err
	}
	_, w, err := p.pick(wildcardWord)
	return Addresses{v &^ w, w}, err
}

// ports reads a condition on ports, if there is one and the protocol has
// them, and the first word of what follows, which is one of what after
// returns.
func (p *parser) ports(c *Ports, after func() [][]alternative) (tag int, v uint32, err error) {
	words := portWords[p.e.Protocol]
	if words == nil {
		return p.pick(after()...)
	}
	tag, v, err = p.pick(append([][]alternative{opWords}, after()...)...)
	if err != nil || tag != tagOp {
		return tag, v, err
	}
	c.Op = PortOp(v)
	need := 1
	if c.Op == PortRange {
		need = 2
	}
	for range need {
		if _, v, err = p.pick(words); err != nil {
			return 0, 0, err
		}
		c.Port[c.N] = uint16(v)
		c.N++
	}
	for c.Op == PortEq || c.Op == PortNeq {
		if c.N == MaxPorts {
			break
		}
		tag, v, err = p.pick(append([][]alternative{words}, after()...)...)
		if err != nil || tag != tagPort {
			return tag, v, err
		}
		c.Port[c.N] = uint16(v)
		c.N++
	}
	*c = c.normal()
	return p.pick(after()...)
}
