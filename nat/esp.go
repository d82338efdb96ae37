package nat

import (
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// ESP has no ports. Each direction has an SPI of its own, which its receiver has chosen
// and told the sender within IKE, out of sight: the entry for what goes out is found by
// the SPI at the outside end, the one for what comes in by that at the inside end. Which
// inside host an SPI from outside is for is not known when the first packet with it
// comes. So of one peer one host at a time begins: its outbound conversation is tied to
// the first unknown SPI that comes from the peer, and until then other hosts wait.

// espPeer is an outside host that inside hosts behind one address speak ESP with.
type espPeer struct{ ig, og uint32 }

// espHosts are these inside hosts.
type espHosts struct {
	entries map[uint32]int // outbound entries by inside local address
	latest  *Entry         // of them; nil where it has gone
	tied    bool           // an inbound SPI is tied to it
}

// espPatience is for how long others wait for a host that has sent nothing since.
const espPatience = time.Minute

// bindESP chooses the address of an outbound ESP conversation.
func (q *question) bindESP(p *pool, e *Entry) Reason {
	reason := NoAddress
	for at := range p.size {
		e.ig = p.address(at)
		switch {
		case !p.usable(e.ig):
		case q.mustWait(e):
			reason = NotCarried
		case q.unlike(e):
			return NoReason
		}
	}
	return reason
}

// mustWait reports whether another host has begun and got no answer yet.
func (q *question) mustWait(e *Entry) bool {
	h := q.esp[espPeer{e.ig, e.og}]
	return h != nil && h.latest != nil && !h.tied && h.latest.il != e.il &&
		h.latest.used()+espPatience > q.env.Now() && !q.matches(e)
}

// matches reports whether the SPIs of a host are told from one another by themselves: with
// `esp spi-match` both directions have the same.
func (n *NAT) matches(e *Entry) bool { return n.listed(n.services.SPIMatch, e.il) }

// matchESP has the entry for the answers made at once where their SPI is known.
func (q *question) matchESP(e *Entry) {
	if !q.matches(e) {
		return
	}
	answers := &Entry{
		protocol: e.protocol, portless: true, il: e.il, ilID: e.ogID, ig: e.ig, igID: e.ogID, ol: e.ol, og: e.og,
		origin: e.origin, outside: e.outside,
	}
	if q.unlike(answers) {
		q.parents = append(q.parents, answers)
	}
}

// insideOfESP finds the inside host that an unknown SPI from outside is for.
func (q *question) insideOfESP(e *Entry) bool {
	if e.protocol != packet.ProtoESP {
		return false
	}
	o := q.expects(espPeer{e.ig, e.og})
	if o != nil {
		e.il, e.origin = o.il, o.origin
	}
	return o != nil
}

// expects finds an outbound entry of the host that an answer of a peer would be for: the
// one that waits, or that of the only host.
func (q *question) expects(p espPeer) *Entry {
	for _, d := range q.assumed {
		for _, e := range d.made {
			if e.outboundESP() && (espPeer{e.ig, e.og}) == p {
				return e
			}
		}
	}
	h := q.esp[p]
	switch {
	case h == nil:
		return nil
	case len(h.entries) == 1 && h.latest == nil:
		h.latest, h.tied = q.anyESP(p), true
	case len(h.entries) > 1 && h.tied:
		return nil
	}
	return h.latest
}

// anyESP finds an outbound entry to a peer.
func (n *NAT) anyESP(p espPeer) (found *Entry) {
	n.table.each(func(e *Entry) {
		if e.outboundESP() && (espPeer{e.ig, e.og}) == p {
			found = e
		}
	})
	return found
}

// outboundESP reports whether an entry is for ESP from a host that shares its address.
func (e *Entry) outboundESP() bool {
	return e.protocol == packet.ProtoESP && e.shape == flow && e.shares() && e.ogID != 0
}

// meet notes an ESP entry that has come.
func (n *NAT) meet(e *Entry) {
	p := espPeer{e.ig, e.og}
	h := n.esp[p]
	if !e.outboundESP() {
		if h != nil && h.latest != nil && h.latest.il == e.il {
			h.tied = true
		}
		return
	}
	if h == nil {
		h = &espHosts{entries: make(map[uint32]int)}
		n.esp[p] = h
	}
	h.entries[e.il]++
	h.latest, h.tied = e, n.matches(e)
}

// part notes an ESP entry that has gone.
func (n *NAT) part(e *Entry) {
	if !e.outboundESP() {
		return
	}
	p := espPeer{e.ig, e.og}
	h := n.esp[p]
	if h.latest == e {
		h.latest = nil
	}
	if h.entries[e.il]--; h.entries[e.il] == 0 {
		delete(h.entries, e.il)
	}
	if len(h.entries) == 0 {
		delete(n.esp, p)
	}
}
