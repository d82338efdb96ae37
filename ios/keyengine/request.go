package keyengine

import (
	"net/netip"
	"reflect"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// requestTimeout is how long the key engine waits for SAs before it asks
// again, once, and then gives up.
const requestTimeout = 30 * time.Second

// request is an SA request for a flow that has no SAs yet. While it stands, packets
// of the flow make no other.
type request struct {
	sa    isakmp.SARequest
	count int // of timeouts
	stop  func()
	held  bool // ISAKMP has given it up; it is repeated when its time is over
	stale bool // the configuration has changed since it was made
}

// ask starts a request for SAs for the flow unless one stands. One that the
// configuration would make otherwise by now is given up for it.
func (e *Engine) ask(f *flow) {
	if f.request != nil {
		if !e.outdated(f) {
			return
		}
		e.abandon(f)
	}
	if q := e.newRequest(f); q != nil {
		f.request = q
		e.send(f)
	}
}

// newRequest makes a request of the configuration as it is, nil where it does not
// suffice for one.
func (e *Engine) newRequest(f *flow) *request {
	sa, ok := e.wish(f)
	if !ok {
		return nil
	}
	sa.SPI = e.reserveSPI()
	e.asking[sa.SPI] = f
	return &request{sa: sa}
}

// wish is what the configuration has the flow ask for, without an SPI. It reports
// whether it suffices for a request.
func (e *Engine) wish(f *flow) (isakmp.SARequest, bool) {
	local, ok := f.binding.Local()
	proposals := e.proposals(f.entry)
	if !ok || len(proposals) == 0 {
		return isakmp.SARequest{}, false
	}
	life := e.EffectiveLifetime(f.entry)
	localProxy, remoteProxy := proxies(f.selector)
	sa := isakmp.SARequest{
		Local: local, Remote: f.peer(), LocalProxy: localProxy, RemoteProxy: remoteProxy,
		Proposals: proposals, Seconds: life.Seconds, Kilobytes: life.Kilobytes, PFS: f.entry.PFS,
	}
	if p := f.sending(); p != nil {
		sa.RemotePort = p.remotePort()
	}
	return sa, true
}

// outdated reports whether the configuration has changed since the flow's request was
// made, so that it would ask for something else, or another peer.
func (e *Engine) outdated(f *flow) bool {
	if !f.request.stale {
		return false
	}
	asked := f.request.sa
	asked.SPI = 0
	wish, ok := e.wish(f)
	return ok && !reflect.DeepEqual(asked, wish)
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
		e.repeat(f)
		return
	}
	e.abandon(f)
	if q.held {
		return
	}
	f.entry.failOver(q.sa.Remote)
	e.isakmp.DeleteNotify(isakmp.DeleteRequest{
		Local: q.sa.Local, Remote: q.sa.Remote, RemotePort: q.sa.RemotePort, Protocol: isakmp.ProtoESP, SPIs: []uint32{q.sa.SPI},
	})
}

// repeat sends the request once more. One that ISAKMP has given up, or that is
// outdated, is made anew, where the configuration still wants it.
func (e *Engine) repeat(f *flow) {
	if q := f.request; q.held || e.outdated(f) {
		e.abandon(f)
		if !f.wanted(f.peer()) {
			return
		}
		if f.request = e.newRequest(f); f.request == nil {
			return
		}
		f.request.count = q.count
	}
	e.send(f)
}

// hold keeps a request that ISAKMP has given up until its time is over.
func (e *Engine) hold(f *flow) {
	q := f.request
	q.held = true
	delete(e.asking, q.sa.SPI)
	e.sas.Release(q.sa.SPI)
}

// DropHeld has the next packet of each flow ask at once, whatever requests have
// come to nothing: something has changed that may let the next one succeed.
func (e *Engine) DropHeld() {
	for _, b := range e.bindings {
		for _, f := range b.flows {
			switch {
			case f.request == nil:
			case f.request.held:
				e.abandon(f)
			default:
				f.request.stale = true
			}
		}
	}
}

// abandon forgets the flow's request.
func (e *Engine) abandon(f *flow) {
	if f.request == nil {
		return
	}
	f.request.stop()
	if !f.request.held {
		delete(e.asking, f.request.sa.SPI)
		e.sas.Release(f.request.sa.SPI)
	}
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

// RequestFailed gives a negotiation up. If it was a request of ours, the next packet
// turns to the entry's next peer; when all have been tried, the request is held
// until its time is over. A renewal is tried again. If it was the peer's, what has
// been made for it goes.
func (e *Engine) RequestFailed(local, remote netip.Addr, spi uint32) {
	f := e.asking[spi]
	if f == nil {
		e.dropUnconfirmed(local, spi)
		return
	}
	f.entry.failOver(remote)
	f.failures++
	p := f.sending()
	if p == nil && !f.request.stale && f.failures%max(len(f.entry.Peers), 1) == 0 {
		e.hold(f)
		return
	}
	e.abandon(f)
	if p != nil && p.renewing && !p.replaced {
		p.stopTimer()
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
