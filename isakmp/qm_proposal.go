package isakmp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// offer is a phase 2 transform read.
type offer struct {
	proposal Proposal
	life     Lifetime
	group    int
}

// attributes puts an offer on the wire, in IOS's order; the encapsulation mode is
// numbered as the peer has it.
func (o offer) attributes(encaps uint16) []wire.Attribute {
	list := []wire.Attribute{wire.Basic(wire.AttrEncaps, encaps)}
	if o.life.Seconds != 0 {
		list = append(list, wire.Basic(wire.AttrSALifeType, wire.LifeSeconds), wire.Number(wire.AttrSALife, o.life.Seconds))
	}
	if o.life.Kilobytes != 0 {
		list = append(list, wire.Basic(wire.AttrSALifeType, wire.LifeKilobytes), wire.Number(wire.AttrSALife, o.life.Kilobytes))
	}
	if o.proposal.Auth != AuthNone {
		list = append(list, wire.Basic(wire.AttrSAAuth, o.proposal.Auth))
	}
	if o.proposal.KeyBits != 0 {
		list = append(list, wire.Basic(wire.AttrSAKeyLength, uint16(o.proposal.KeyBits)))
	}
	if o.group != 0 {
		list = append(list, wire.Basic(wire.AttrSAGroup, uint16(o.group)))
	}
	return list
}

// readOffer parses what attributes writes; false when an attribute is not supported.
func readOffer(protocol uint8, t wire.Transform) (offer, bool) {
	o := offer{proposal: Proposal{Protocol: protocol, Transform: t.ID, Encapsulation: EncapsTunnel}}
	var lifeType uint32
	for _, a := range t.Attributes {
		v := a.Uint()
		switch a.Type {
		case wire.AttrSALifeType:
			lifeType = v
		case wire.AttrSALife:
			switch lifeType {
			case wire.LifeSeconds:
				o.life.Seconds = v
			case wire.LifeKilobytes:
				o.life.Kilobytes = v
			default:
				return o, false
			}
		case wire.AttrSAGroup:
			o.group = int(v)
		case wire.AttrEncaps:
			o.proposal.Encapsulation = encapsulation(short(a))
		case wire.AttrSAAuth:
			o.proposal.Auth = short(a)
		case wire.AttrSAKeyLength:
			o.proposal.KeyBits = int(v)
		default:
			return o, false
		}
	}
	_, authKnown := authLen(o.proposal.Auth)
	_, cipherKnown := cipherLen(o.proposal)
	encaps := o.proposal.Encapsulation
	known := protocol == ProtoESP && authKnown && cipherKnown && encaps >= EncapsTunnel && encaps <= EncapsUDPTransport
	if o.group != 0 {
		_, groupKnown := keymat.LookupGroup(o.group)
		known = known && groupKnown
	}
	return o, known
}

// cipherLen is the length of an ESP cipher's key in octets.
func cipherLen(p Proposal) (int, bool) {
	switch {
	case p.Transform == ESPDES && p.KeyBits == 0:
		return 8, true
	case p.Transform == ESP3DES && p.KeyBits == 0:
		return 24, true
	case p.Transform == ESPNull && p.KeyBits == 0:
		return 0, true
	case p.Transform == ESPAES && (p.KeyBits == 128 || p.KeyBits == 192 || p.KeyBits == 256):
		return p.KeyBits / 8, true
	}
	return 0, false
}

// authLen is the length of an ESP authenticator's key in octets (RFC 2403, 2404,
// 4868).
func authLen(auth uint16) (int, bool) {
	switch auth {
	case AuthNone:
		return 0, true
	case AuthHMACMD5:
		return 16, true
	case AuthHMACSHA:
		return 20, true
	case AuthHMACSHA256:
		return 32, true
	case AuthHMACSHA384:
		return 48, true
	case AuthHMACSHA512:
		return 64, true
	}
	return 0, false
}

// spiOf reads an ESP SPI; 0 to 255 are reserved (RFC 2406 §2.1).
func spiOf(b []byte) (uint32, bool) {
	if len(b) != 4 {
		return 0, false
	}
	spi := binary.BigEndian.Uint32(b)
	return spi, spi > 255
}

// choice is the proposal that both sides agreed on.
type choice struct {
	offer
	number    uint8
	transform wire.Transform
	spi       uint32   // the peer's
	own       Lifetime // configured here
}

// choose goes through the proposals of an SA payload until the key engine takes
// one.
func (q *quick) choose(list []wire.Proposal, f flow, keyExchange bool) (choice, bool) {
	s, e := q.s, q.s.e
	for i, p := range list {
		e.emit(IPsecProposal{SA: s.ref(), Number: int(p.Number)})
		bundle := i > 0 && list[i-1].Number == p.Number || i+1 < len(list) && list[i+1].Number == p.Number
		spi, spiOK := spiOf(p.SPI)
		for _, t := range p.Transforms {
			e.emit(IPsecTransform{Number: int(t.Number), Protocol: p.Protocol, ID: t.ID, Attributes: t.Attributes})
			o, known := readOffer(p.Protocol, t)
			acceptable := known && !bundle && spiOK && keyExchange == (o.group != 0)
			e.emit(IPsecVerdict{SA: s.ref(), Acceptable: acceptable})
			if !acceptable {
				continue
			}
			own, err := q.validate(f, int(p.Number), o)
			if err != nil {
				e.emit(IPsecInvalidated{SA: s.ref()})
				continue
			}
			return choice{offer: o, number: p.Number, transform: t, spi: spi, own: own}, true
		}
	}
	return choice{}, false
}

func (q *quick) validate(f flow, number int, o offer) (Lifetime, error) {
	if !f.ok {
		return Lifetime{}, ErrProxyIdentities
	}
	r := ProposalRequest{
		Local: q.s.local.Addr(), Remote: q.s.remote.Addr(),
		LocalProxy: f.responders, RemoteProxy: f.initiators,
		Number: number, Proposal: o.proposal, PFS: o.group,
		Seconds: o.life.Seconds, Kilobytes: o.life.Kilobytes, NAT: q.s.inUDP(),
	}
	if q.role == Initiator {
		r.LocalProxy, r.RemoteProxy = f.initiators, f.responders
		r.Initiator, r.SPI = true, q.spi
	}
	return q.s.e.env.IPsec.ValidateProposal(r)
}
