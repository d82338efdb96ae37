package isakmp

import "time"

// NAT keepalives (RFC 3948 §2.3 and 4): a router behind a NAT sends a single octet
// to a peer that it has not sent anything else for a while, so that the NAT goes
// on knowing the way back.

// natKeepalive is what a NAT is told when there is nothing to say.
var natKeepalive = []byte{0xff}

// refresh is the watch over a NAT's mapping.
type refresh struct {
	sent  uint64        // packets in the pairs with the peer, when last looked at
	since time.Duration // nothing was sent since then
	stop  func()
}

// keepMapping begins the watch where we are behind a NAT and it is configured.
func (e *Engine) keepMapping(p *peer) {
	if p.refresh != nil || !p.inside || e.env.Config.NATKeepalive == 0 {
		return
	}
	p.refresh = &refresh{since: e.env.Clock.Now()}
	p.refresh.sent, _ = e.env.IPsec.Traffic(p.local, p.remote)
	e.lookAtMapping(p)
}

// lookAtMapping plans the next look. Single packets are not reported, so that the
// interval is cut into a few.
func (e *Engine) lookAtMapping(p *peer) {
	p.refresh.stop = e.env.Clock.After(e.env.Config.NATKeepalive/5, func() { e.renewMapping(p) })
}

func (e *Engine) renewMapping(p *peer) {
	r, interval, now := p.refresh, e.env.Config.NATKeepalive, e.env.Clock.Now()
	if interval == 0 {
		p.refresh = nil
		return
	}
	sent, _ := e.env.IPsec.Traffic(p.local, p.remote)
	if sent != r.sent { // since the last look
		r.sent, r.since = sent, now-interval/5
	}
	r.since = max(r.since, p.sentAt)
	if now-r.since >= interval {
		r.since = now
		e.env.Send(p.local, p.remote, natKeepalive)
	}
	e.lookAtMapping(p)
}

// NATKeepaliveChanged is told of another interval.
func (e *Engine) NATKeepaliveChanged() {
	for _, p := range e.peers {
		if p.refresh != nil {
			p.refresh.stop()
			p.refresh = nil
		}
		e.keepMapping(p)
	}
}
