package keyengine

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// requestTimeout is how long the key engine waits for SAs before it asks
// again, once, and then gives up.
const requestTimeout = 30 * time.Second

// request is an SA request that ISAKMP has not answered yet.
type request struct {
	sa    isakmp.SARequest
	count int // of timeouts
	stop  func()
}

// ask starts a request for SAs for the flow unless one is under way.
func (e *Engine) ask(f *flow) {
	local, ok := f.binding.Local()
	if f.request != nil || !ok {
		return
	}
	life := e.EffectiveLifetime(f.entry)
	localProxy, remoteProxy := proxies(f.selector)
	q := &request{sa: isakmp.SARequest{
		Local: local, Remote: f.peer(), LocalProxy: localProxy, RemoteProxy: remoteProxy,
		Proposals: e.proposals(f.entry), Seconds: life.Seconds, Kilobytes: life.Kilobytes,
		PFS: f.entry.PFS,
	}}
	if p := f.sending(); p != nil {
		q.sa.RemotePort = p.remotePort()
	}
	if len(q.sa.Proposals) == 0 {
		return
	}
	f.request = q
	q.sa.SPI = e.reserveSPI()
	e.asking[q.sa.SPI] = f
	e.send(f)
}

// requested names the flow as its request has it.
func (f *flow) requested() FlowRef {
	return flowRef(f.request.sa.Local, f.request.sa.Remote, f.selector)
}

// send passes the request on as a key-engine message, with an event for each of
// its transform sets.
func (e *Engine) send(f *flow) {
	q := f.request
	for _, p := range q.sa.Proposals {
		e.env.Emit(SARequested{
			Flow: f.requested(), Proposal: p, Lifetime: isakmp.Lifetime{Seconds: q.sa.Seconds, Kilobytes: q.sa.Kilobytes},
			PFS: q.sa.PFS, SPI: q.sa.SPI,
		})
	}
	q.stop = e.env.Clock.After(requestTimeout, func() { e.requestTimer(f) })
	e.env.Clock.After(0, func() {
		if f.request == q {
			e.isakmp.RequestSA(q.sa)
		}
	})
}

func (e *Engine) requestTimer(f *flow) {
	q := f.request
	q.count++
	e.env.Emit(RequestTimedOut{Flow: f.requested(), Count: q.count})
	if q.count == 1 {
		e.send(f)
		return
	}
	e.abandon(f)
	f.entry.failOver(q.sa.Remote)
	e.isakmp.DeleteNotify(isakmp.DeleteRequest{
		Local: q.sa.Local, Remote: q.sa.Remote, RemotePort: q.sa.RemotePort, Protocol: isakmp.ProtoESP, SPIs: []uint32{q.sa.SPI},
	})
}

// abandon forgets the flow's request.
func (e *Engine) abandon(f *flow) {
	if f.request == nil {
		return
	}
	f.request.stop()
	delete(e.asking, f.request.sa.SPI)
	e.sas.Release(f.request.sa.SPI)
	f.request = nil
}

// proposals are the entry's transform sets in the order of preference.
func (e *Engine) proposals(entry *Entry) []isakmp.Proposal {
	var out []isakmp.Proposal
	for _, name := range entry.TransformSets {
		if set, ok := e.TransformSet(name); ok {
			out = append(out, proposal(set.Transform))
		}
	}
	return out
}

// RequestFailed gives a negotiation up. If it was a request of ours, the
// entry's next peer is tried when the next packet asks, and a renewal is tried
// again; if the peer's, what has been made for it goes.
func (e *Engine) RequestFailed(local, remote netip.Addr, spi uint32) {
	f := e.asking[spi]
	if f == nil {
		e.dropUnconfirmed(local, spi)
		return
	}
	e.abandon(f)
	f.entry.failOver(remote)
	if p := f.sending(); p != nil && p.renewing {
		p.stopTimer = e.env.Clock.After(renewalRetry, func() { e.renew(p) })
	}
}

// dropUnconfirmed removes a responder's pair whose third message never came,
// and tells the peer, which may have it; or it gives back the SPI of one that was
// not made.
func (e *Engine) dropUnconfirmed(local netip.Addr, spi uint32) {
	p := e.owners[e.sas.Find(local, spi)]
	switch {
	case p == nil:
		e.sas.Release(spi)
	case p.enabled:
	case p.sas.In.Used():
		e.enable(p)
	default:
		e.delete([]*pair{p})
	}
}
