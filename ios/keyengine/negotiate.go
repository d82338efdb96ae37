package keyengine

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/isakmp"
)

// AllocateSPI gives ISAKMP an inbound SPI for a pair that the peer asked for.
func (e *Engine) AllocateSPI(local, remote netip.Addr, protocol uint8) uint32 {
	spi := e.reserveSPI()
	e.queueEvent()
	e.debug(func(t *debugtext.Table) debugtext.Line { return t.SPIResponse(spi, local, remote, protocol) })
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
	e.debug(func(t *debugtext.Table) debugtext.Line { return t.ValidateProposalRequest(r.Number, offered(r)) })
	if r.Initiator {
		if f := e.asking[r.SPI]; f != nil {
			return e.acceptable(f.entry, r)
		}
		return isakmp.Lifetime{}, isakmp.ErrProxyIdentities
	}
	b := e.bindingAt(r.Local)
	if b == nil {
		e.debug(func(t *debugtext.Table) debugtext.Line { return t.LocalAddress(r.Local) })
		return isakmp.Lifetime{}, isakmp.ErrLocalAddress
	}
	var entry *Entry
	if s, ok := selector(r.LocalProxy, r.RemoteProxy); ok {
		entry = b.entryFor(r.Remote, s)
	}
	if entry == nil {
		e.debug(func(t *debugtext.Table) debugtext.Line { return t.ProxyIdentities() })
		return isakmp.Lifetime{}, isakmp.ErrProxyIdentities
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

// admits says whether the entry lets these proxies be protected with that peer:
// a rule of its list says just that, whatever is denied before it, or more.
func (b *Binding) admits(entry *Entry, peer netip.Addr, s acl.Selector) bool {
	list := b.engine.env.List(entry.ACL)
	return slices.Contains(entry.Peers, peer) && (list.FindSelector(s) != nil || list.CoveringRule(s) != nil)
}

// acceptable holds the offer against the entry's transform sets and PFS. An
// offer with PFS is welcome where none is asked for.
func (e *Engine) acceptable(entry *Entry, r isakmp.ProposalRequest) (isakmp.Lifetime, error) {
	pfs := entry.PFS == 0 || entry.PFS == r.PFS
	known := slices.ContainsFunc(e.proposals(entry), func(p isakmp.Proposal) bool {
		if r.NAT {
			p = p.InUDP()
		}
		return p == r.Proposal
	})
	if !pfs || !known {
		e.debug(func(t *debugtext.Table) debugtext.Line { return t.TransformProposal(r.Proposal) })
		return isakmp.Lifetime{}, isakmp.ErrTransformProposal
	}
	return e.EffectiveLifetime(entry), nil
}

func offered(r isakmp.ProposalRequest) debugtext.KeyMessage {
	flags := uint32(debugtext.FlagsProposal)
	if r.PFS != 0 {
		flags |= debugtext.FlagKE
	}
	if r.Proposal.IsInUDP() {
		flags |= debugtext.FlagUDP
	}
	return debugtext.KeyMessage{
		Inbound: true, Local: r.Local, Remote: r.Remote, LocalProxy: r.LocalProxy, RemoteProxy: r.RemoteProxy,
		Proposal: r.Proposal, Flags: flags,
	}
}

// proposal is a transform in ISAKMP's numbers, which are IANA's as well.
func proposal(t esp.Transform) isakmp.Proposal {
	return isakmp.Proposal{
		Protocol: isakmp.ProtoESP, Transform: uint8(t.Cipher), KeyBits: t.KeyBits, Auth: uint16(t.Auth),
		Encapsulation: isakmp.EncapsTunnel,
	}
}
