package keyengine

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// pair is the two SAs that one quick mode made.
type pair struct {
	agreed          isakmp.SAPair // without the keys, which the SAs have
	flow            *flow
	sas             esp.Pair
	watch           *esp.Watch
	stopTimer       func() // of a renewal that waits, or of the end of a replaced pair
	stopIdle        func() // of the watch for idleness
	inConn, outConn int
	enabled         bool // the outbound SA may be used
	renewing        bool // it nears its end and has been used
	replaced        bool // a newer pair sends; this one only receives, for a while
}

// InstallSAs makes the SAs of a quick mode and joins them to their flow.
func (e *Engine) InstallSAs(p isakmp.SAPair) {
	f := e.flowOf(p)
	if f == nil {
		e.drop(p)
		return
	}
	if q := f.request; q != nil && (q.held || q.sa.SPI == p.InboundSPI) {
		e.abandon(f) // it is answered; one that crosses the peer's goes on
	}
	f.failures = 0
	n := &pair{
		agreed: p, flow: f, inConn: e.nextConn, outConn: e.nextConn + 1,
		stopTimer: func() {}, stopIdle: func() {},
	}
	n.agreed.Inbound, n.agreed.Outbound = isakmp.SAKeys{}, isakmp.SAKeys{}
	sas, err := e.makeSAs(n, p.Inbound, p.Outbound)
	if err != nil {
		e.drop(p)
		return
	}
	e.nextConn += 2
	n.sas = sas
	e.tellKeying(n)
	e.owners[sas.In] = n
	f.pairs = append(f.pairs, n)
	e.makeRoom(f, p.Remote.Addr())
	n.watch = esp.NewWatch(e.env.Clock, sas, func() { e.renewalDue(n) }, func() { e.expire(n) })
	e.emitCreated(n)
	e.watchIdle(n)
	if p.Initiator {
		e.enable(n)
	}
}

// drop gives up a pair that cannot be made: its policy has gone meanwhile.
func (e *Engine) drop(p isakmp.SAPair) {
	p.Inbound.Zero()
	p.Outbound.Zero()
	e.sas.Release(p.InboundSPI)
	e.isakmp.PairReleased(p.Local, p.Remote)
}

// flowOf is the flow that a new pair belongs to: the one that asked, or the
// one that the peer's proxies describe.
func (e *Engine) flowOf(p isakmp.SAPair) *flow {
	if f := e.asking[p.InboundSPI]; f != nil {
		return f
	}
	b := e.bindingAt(p.Local.Addr())
	s, ok := selector(p.LocalProxy, p.RemoteProxy)
	if b == nil || !ok {
		return nil
	}
	entry := b.entryFor(p.Remote.Addr(), s)
	if entry == nil {
		return nil
	}
	return b.flow(entry, s)
}

// makeSAs makes the SAs of a pair, to which the keys belong from then on.
func (e *Engine) makeSAs(n *pair, inbound, outbound isakmp.SAKeys) (sas esp.Pair, err error) {
	p := n.agreed
	life := esp.Lifetime{Seconds: p.Seconds, Kilobytes: p.Kilobytes}
	shown, err := esp.DisplayStart(e.env.Rand, life.Kilobytes)
	if err != nil {
		return sas, err
	}
	params := func(spi uint32, k isakmp.SAKeys) esp.Params {
		return esp.Params{
			SPI: spi, Local: p.Local.Addr(), Remote: p.Remote.Addr(), Encap: encap(p), Transform: n.transform(),
			Keys: esp.Keys{Cipher: k.Encryption, Auth: k.Authentication}, Selector: n.flow.selector,
			Lifetime: life, DisplayKilobytes: shown, Born: e.env.Clock.Now(),
			Counters: &n.flow.counters, Rand: e.env.Rand,
		}
	}
	if sas.In, err = esp.NewInbound(params(p.InboundSPI, inbound)); err != nil {
		return sas, err
	}
	if sas.Out, err = esp.NewOutbound(params(p.OutboundSPI, outbound)); err != nil {
		return sas, err
	}
	return sas, e.sas.Add(sas.In)
}

func (n *pair) transform() esp.Transform {
	p := n.agreed.Proposal
	return esp.Transform{Cipher: esp.Cipher(p.Transform), KeyBits: p.KeyBits, Auth: esp.Auth(p.Auth)}
}

// EnableOutbound lets a responder's outbound SA be used.
func (e *Engine) EnableOutbound(remote netip.AddrPort, spi uint32) {
	for _, p := range e.withPeer(remote) {
		if p.agreed.OutboundSPI == spi && !p.enabled {
			e.env.Emit(MessagesQueued{1})
			e.env.Emit(EnableReceived{})
			e.env.Emit(SAEnabled{p.outbound()})
			e.enable(p)
			return
		}
	}
}

// enable has the pair be used for sending.
func (e *Engine) enable(p *pair) {
	p.enabled = true
	e.sessionUp(p)
	e.supersede(p.flow, p)
}

// delete deletes the pairs and tells their peers.
func (e *Engine) delete(gone []*pair) {
	for _, p := range gone {
		e.remove(p)
	}
	e.tellPeers(gone)
}

// tellPeers sends one delete message to each peer of the pairs.
func (e *Engine) tellPeers(gone []*pair) {
	var messages []isakmp.DeleteRequest
	for _, p := range gone {
		local, remote, port := p.agreed.Local.Addr(), p.agreed.Remote.Addr(), p.remotePort()
		at := slices.IndexFunc(messages, func(m isakmp.DeleteRequest) bool {
			return m.Local == local && m.Remote == remote && m.RemotePort == port
		})
		if at < 0 {
			at = len(messages)
			messages = append(messages, isakmp.DeleteRequest{
				Local: local, Remote: remote, RemotePort: port, Protocol: isakmp.ProtoESP,
			})
		}
		messages[at].SPIs = append(messages[at].SPIs, p.agreed.InboundSPI)
	}
	for _, m := range messages {
		e.isakmp.DeleteNotify(m)
	}
}

// remove takes a pair out of service without telling its peer.
func (e *Engine) remove(p *pair) {
	p.watch.Stop()
	p.stopTimer()
	p.stopIdle()
	e.noteTold(p.agreed.Remote.Addr()) // it need not hear of what it sent before it knew
	e.emitDeleted(p)
	delete(e.owners, p.sas.In)
	e.sas.Remove(p.sas.In)
	p.sas.Out.Zero()
	p.flow.pairs = slices.DeleteFunc(p.flow.pairs, func(q *pair) bool { return q == p })
	p.flow.binding.prune()
	e.isakmp.PairReleased(p.agreed.Local, p.agreed.Remote)
	e.sessionDown(p)
}

// PeerDeleted drops the pairs whose outbound SPIs the peer has deleted.
func (e *Engine) PeerDeleted(remote netip.AddrPort, protocol uint8, spis []uint32) {
	e.env.Emit(MessagesQueued{1})
	e.env.Emit(DeleteReceived{})
	if protocol != isakmp.ProtoESP {
		return
	}
	for _, spi := range spis {
		e.env.Emit(DeleteNamed{Peer: remote.Addr(), Protocol: packet.ProtoESP, SPI: spi})
		for _, p := range e.withPeer(remote) {
			if p.agreed.OutboundSPI == spi {
				e.remove(p)
				e.promoteSuccessor(p.flow)
			}
		}
	}
}

// promoteSuccessor lets a flow send again whose pair the peer has deleted. Where
// none is left to send on, and the peer already uses one whose third message of
// quick mode is lost or late, that is the successor.
func (e *Engine) promoteSuccessor(f *flow) {
	if f.sending() != nil {
		return
	}
	for _, p := range slices.Backward(f.pairs) {
		if p.sas.In.Used() {
			e.enable(p)
			return
		}
	}
}

// InitialContact drops every pair with a peer that says it knows of none. The
// peer is told, as IOS does.
func (e *Engine) InitialContact(local, remote netip.AddrPort) bool {
	e.env.Emit(MessagesQueued{1})
	e.env.Emit(PeerForgotten{remote.Addr()})
	gone := e.between(local, remote)
	e.delete(gone)
	return len(gone) > 0
}

// PeerDead drops every pair with a peer that does not answer; the next packet is
// for the entry's next peer.
func (e *Engine) PeerDead(local, remote netip.AddrPort) {
	e.env.Emit(MessagesQueued{1})
	e.env.Emit(PeerForgotten{remote.Addr()})
	for _, p := range e.between(local, remote) {
		e.remove(p)
	}
	for _, b := range e.bindings {
		for entry := range b.entries {
			entry.failOver(remote.Addr())
		}
	}
}

// Traffic counts the packets that the pairs with a peer have carried.
func (e *Engine) Traffic(local, remote netip.AddrPort) (sent, received uint64) {
	for _, p := range e.between(local, remote) {
		sent += p.sas.Out.Packets()
		received += p.sas.In.Packets()
	}
	return sent, received
}

// all are the pairs of every flow, oldest first in each.
func (e *Engine) all() []*pair {
	var out []*pair
	for _, b := range e.bindings {
		for _, f := range b.flows {
			out = append(out, f.pairs...)
		}
	}
	return out
}

// withAddress are the pairs with the peers at that address.
func (e *Engine) withAddress(remote netip.Addr) []*pair {
	return slices.DeleteFunc(e.all(), func(p *pair) bool { return p.agreed.Remote.Addr() != remote })
}

// withPeer are the pairs with one peer. Behind one NAT peers differ in their ports.
func (e *Engine) withPeer(remote netip.AddrPort) []*pair {
	return slices.DeleteFunc(e.withAddress(remote.Addr()), func(p *pair) bool {
		port := p.remotePort()
		return port != 0 && port != remote.Port()
	})
}

func (e *Engine) between(local, remote netip.AddrPort) []*pair {
	return slices.DeleteFunc(e.withPeer(remote), func(p *pair) bool { return p.agreed.Local.Addr() != local.Addr() })
}

// selector is the reverse of proxies. Two sides that disagree on the protocol
// protect nothing that a list could select.
func selector(local, remote isakmp.Proxy) (s acl.Selector, ok bool) {
	side := func(p isakmp.Proxy) acl.Proxy { return acl.Proxy{Addr: p.Addr, Mask: p.Mask, Port: p.Port} }
	return acl.Selector{Local: side(local), Remote: side(remote), Protocol: local.Protocol},
		local.Protocol == remote.Protocol
}
