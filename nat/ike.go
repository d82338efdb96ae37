package nat

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// With `IKE preserve-port` all inside hosts of a list keep port 500, and which of them a
// packet from a peer is for is told by the initiator's cookie in it (RFC 2408, section
// 3.1).

const (
	portIKE = 500
	// maxCookies is how many cookies of one conversation are known.
	maxCookies = 16
)

// ikeKey is what a packet of IKE is known by.
type ikeKey struct {
	ig, og uint32
	cookie [8]byte
}

// preserves reports whether a conversation keeps the port of IKE whoever has it.
func (n *NAT) preserves(e *Entry) bool {
	return e.protocol == packet.ProtoUDP && e.ilID == portIKE && e.ogID == portIKE && n.listed(n.services.PreservePort, e.il)
}

// preservePort gives such a conversation the first address of the pool.
func (n *NAT) preservePort(p *pool, e *Entry) Reason {
	for at := range p.size {
		if e.ig = p.address(at); p.usable(e.ig) {
			e.content = ikeCookies
			return NoReason
		}
	}
	return NoAddress
}

// ikeKey is the key of a packet of IKE; ok is false where it has none.
func (q *question) ikeKey(e ends) (k ikeKey, ok bool) {
	u := packet.UDP(q.ip.Payload())
	if q.ip.IsFragment() || !u.Valid() || len(u.Payload()) < len(k.cookie) {
		return k, false
	}
	return ikeKey{e.src, e.dst, [8]byte(u.Payload())}, true
}

// byCookie finds the conversation of a packet of IKE from outside.
func (q *question) byCookie() *Entry {
	if q.outbound || len(q.ike) == 0 || q.talk.protocol != packet.ProtoUDP || q.talk.dstID != portIKE {
		return nil
	}
	k, _ := q.ikeKey(ends{src: q.talk.dst, dst: q.talk.src})
	return q.ike[k]
}

// noteCookie has later packets with a cookie found by it.
func (q *question) noteCookie(e *Entry) {
	k, ok := q.ikeKey(ends{src: e.ig, dst: e.og})
	if !ok || !q.outbound || q.ike[k] == e {
		return
	}
	q.after = append(q.after, func() {
		known := q.cookies[e]
		if len(known) == maxCookies {
			q.forgetCookie(e, known[0])
			known = slices.Delete(known, 0, 1)
		}
		q.ike[k] = e
		q.cookies[e] = append(known, k)
	})
}

// forgetCookies drops what is known of a conversation that is over.
func (n *NAT) forgetCookies(e *Entry) {
	for _, k := range n.cookies[e] {
		n.forgetCookie(e, k)
	}
	delete(n.cookies, e)
}

// forgetCookie drops a cookie of a conversation, unless another has taken it over.
func (n *NAT) forgetCookie(e *Entry, k ikeKey) {
	if n.ike[k] == e {
		delete(n.ike, k)
	}
}
