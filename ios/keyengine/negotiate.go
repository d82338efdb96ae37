package keyengine

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/isakmp"
)

// AllocateSPI gives ISAKMP an inbound SPI for a pair that the peer asked for.
func (e *Engine) AllocateSPI(local, remote netip.Addr, protocol uint8) uint32 {
	spi := e.reserveSPI()
	e.env.Emit(MessagesQueued{1})
	e.env.Emit(SPIReserved{Local: local, Remote: remote, Protocol: protocol, SPI: spi})
	return spi
}

// reserveSPI draws an SPI that no SA and no other negotiation has.
func (e *Engine) reserveSPI() uint32 {
	spi, err := e.sas.Reserve(e.env.Rand)
	if err != nil {
		panic("keyengine: the source of randomness failed: " + err.Error())
	}
	return spi
}

// ValidateProposal compares an offer with the crypto maps. As on IOS a
// responder accepts proxies that lie within an entry of its list.
func (e *Engine) ValidateProposal(r isakmp.ProposalRequest) (isakmp.Lifetime, error) {
	e.env.Emit(ProposalOffered{Flow: offered(r), Number: r.Number, Proposal: r.Proposal, PFS: r.PFS})
	if r.Initiator {
		if f := e.asking[r.SPI]; f != nil {
			return e.acceptable(f.entry, r)
		}
		return isakmp.Lifetime{}, isakmp.ErrProxyIdentities
	}
	b := e.bindingAt(r.Local)
	if b == nil {
		return e.refuse(r, UnknownAddress)
	}
	var entry *Entry
	if s, ok := selector(r.LocalProxy, r.RemoteProxy); ok {
		entry = b.entryFor(r.Remote, s)
	}
	if entry == nil {
		return e.refuse(r, UnknownProxies)
	}
	return e.acceptable(entry, r)
}

// entryFor is the entry that admits what the peer asks to protect.
func (b *Binding) entryFor(peer netip.Addr, s acl.Selector) *Entry {
	for entry := range b.entries {
		if b.admits(entry, peer, s) {
			return entry
		}
	}
	return nil
}

// admits reports whether the entry lets these proxies be protected with that peer:
// a rule of its list says just that, whatever is denied before it, or more.
func (b *Binding) admits(entry *Entry, peer netip.Addr, s acl.Selector) bool {
	list := b.engine.env.List(entry.ACL)
	return slices.Contains(entry.Peers, peer) && (list.FindSelector(s) != nil || list.CoveringRule(s) != nil)
}

// acceptable holds the offer against the entry's transform sets and PFS. An
// offer with PFS is welcome where none is asked for.
func (e *Engine) acceptable(entry *Entry, r isakmp.ProposalRequest) (isakmp.Lifetime, error) {
	e.env.Emit(ProxyMatched{offered(r)})
	pfs := entry.PFS == 0 || entry.PFS == r.PFS
	known := slices.ContainsFunc(e.proposals(entry), func(p isakmp.Proposal) bool {
		if r.NAT {
			p = p.InUDP()
		}
		return p == r.Proposal
	})
	if !pfs || !known {
		return e.refuse(r, UnknownTransform)
	}
	return e.EffectiveLifetime(entry), nil
}

// refuse says no to an offer.
func (e *Engine) refuse(r isakmp.ProposalRequest, reason Refusal) (isakmp.Lifetime, error) {
	e.env.Emit(ProposalRefused{Flow: offered(r), Proposal: r.Proposal, Reason: reason})
	return isakmp.Lifetime{}, refusals[reason]
}

// refusals are what ISAKMP is told.
var refusals = [...]error{
	UnknownAddress: isakmp.ErrLocalAddress, UnknownProxies: isakmp.ErrProxyIdentities, UnknownTransform: isakmp.ErrTransformProposal,
}

// offered is the flow that an offer is about.
func offered(r isakmp.ProposalRequest) FlowRef {
	return FlowRef{Local: r.Local, Remote: r.Remote, LocalProxy: r.LocalProxy, RemoteProxy: r.RemoteProxy}
}

// proposal is a transform in ISAKMP's numbers, which are IANA's as well.
func proposal(t esp.Transform) isakmp.Proposal {
	return isakmp.Proposal{
		Protocol: isakmp.ProtoESP, Transform: uint8(t.Cipher), KeyBits: t.KeyBits, Auth: uint16(t.Auth),
		Encapsulation: isakmp.EncapsTunnel,
	}
}
