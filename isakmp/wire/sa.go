package wire

import "encoding/binary"

// SA is the body of an SA payload of the IPsec DOI (RFC 2408 §3.4, RFC 2407 §4.6.1).
type SA struct {
	Situation uint32
	Proposals []Proposal
}

// Proposal (RFC 2408 §3.5). Those of equal Number belong together.
type Proposal struct {
	Number     uint8
	Protocol   uint8
	SPI        []byte
	Transforms []Transform
}

// Transform (RFC 2408 §3.6).
type Transform struct {
	Number     uint8
	ID         uint8
	Next       uint8 // ParseSA only: 3 while transforms follow
	Attributes []Attribute
}

// ParseSA reads the body of an SA payload with all that it holds.
func ParseSA(b []byte) (SA, error) {
	if len(b) < 8 || binary.BigEndian.Uint32(b) != DOI {
		return SA{}, ErrMalformed
	}
	sa := SA{Situation: binary.BigEndian.Uint32(b[4:])}
	b = b[8:]
	for next := ProposalType; next != None; {
		if next != ProposalType || len(sa.Proposals) == MaxProposals {
			return SA{}, ErrMalformed
		}
		g, rest, err := parseGeneric(next, b)
		if err != nil {
			return SA{}, err
		}
		p, err := parseProposal(g.Body)
		if err != nil {
			return SA{}, err
		}
		sa.Proposals = append(sa.Proposals, p)
		next, b = g.Next, rest
	}
	if len(b) != 0 {
		return SA{}, ErrMalformed
	}
	return sa, nil
}

func parseProposal(b []byte) (Proposal, error) {
	if len(b) < 4 {
		return Proposal{}, ErrMalformed
	}
	n, count := int(b[2]), int(b[3])
	if n > MaxSPI || 4+n > len(b) || count == 0 || count > MaxTransforms {
		return Proposal{}, ErrMalformed
	}
	p := Proposal{Number: b[0], Protocol: b[1], SPI: b[4 : 4+n]}
	b = b[4+n:]
	for next := TransfType; next != None; {
		if next != TransfType || len(p.Transforms) == count {
			return Proposal{}, ErrMalformed
		}
		g, rest, err := parseGeneric(next, b)
		if err != nil {
			return Proposal{}, err
		}
		if len(g.Body) < 4 {
			return Proposal{}, ErrMalformed
		}
		attributes, err := ParseAttributes(g.Body[4:])
		if err != nil {
			return Proposal{}, err
		}
		p.Transforms = append(p.Transforms, Transform{Number: g.Body[0], ID: g.Body[1], Next: g.Next, Attributes: attributes})
		next, b = g.Next, rest
	}
	if len(p.Transforms) != count || len(b) != 0 {
		return Proposal{}, ErrMalformed
	}
	return p, nil
}

// AppendSA appends the body of an SA payload.
func AppendSA(b []byte, sa SA) []byte {
	b = binary.BigEndian.AppendUint32(b, DOI)
	b = binary.BigEndian.AppendUint32(b, sa.Situation)
	for i, p := range sa.Proposals {
		b = appendGeneric(b, more(i, len(sa.Proposals), ProposalType), appendProposal(nil, p))
	}
	return b
}

func appendProposal(b []byte, p Proposal) []byte {
	b = append(b, p.Number, p.Protocol, uint8(len(p.SPI)), uint8(len(p.Transforms)))
	b = append(b, p.SPI...)
	for i, t := range p.Transforms {
		body := AppendAttributes([]byte{t.Number, t.ID, 0, 0}, t.Attributes)
		b = appendGeneric(b, more(i, len(p.Transforms), TransfType), body)
	}
	return b
}

func more(i, n int, kind uint8) uint8 {
	if i+1 < n {
		return kind
	}
	return None
}
