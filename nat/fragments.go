package nat

import (
	"container/list"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// Fragments other than the first show no ports, and follow what was decided about the
// first one. Those that come before it are held (`ip virtual-reassembly`).

// Limits of what is kept of fragments: for how long after the first one that came of a
// datagram, of how many datagrams, and how many fragments are held of one and of all.
const (
	fragmentTimeout  = 3 * time.Second
	maxDatagrams     = 1024
	maxHeldOfOne     = 32
	maxHeldFragments = 512
)

// fragments is what is known of datagrams that come in fragments.
type fragments struct {
	datagrams map[datagramKey]*datagram
	queue     list.List // of *datagram, the oldest first
	stop      func()    // the timer of the first in the queue
}

type datagramKey struct {
	src, dst uint32
	id       uint16
	protocol uint8
	outbound bool
}

// datagram is one of which not every fragment has been seen.
type datagram struct {
	key     datagramKey
	known   bool // the first fragment has been seen
	verdict Verdict
	reason  Reason
	entry   *Entry // nil where nothing is translated
	to      ends
	held    []packet.IPv4
	next    int // the end of what came in order, in bytes
	until   time.Duration
	place   *list.Element // in the queue; nil where it is not in it
}

func (q *question) datagramKey() datagramKey {
	return datagramKey{q.talk.src, q.talk.dst, q.ip.ID(), q.ip.Protocol(), q.outbound}
}

// datagram finds the one that the packet is a fragment of, or one that is assumed.
func (q *question) datagram() *datagram {
	k := q.datagramKey()
	if d := q.fragments.datagrams[k]; d != nil {
		return d
	}
	for _, d := range q.assumed {
		if d.leads != nil && d.leads.key == k {
			return d.leads
		}
	}
	return nil
}

// lead adds to the decision about a first fragment that others follow it.
func (q *question) lead(d Decision, e *Entry) Decision {
	g := &datagram{key: q.datagramKey(), known: true, verdict: d.Verdict, reason: d.Reason, entry: e}
	if e != nil {
		g.to = q.ends(e)
	}
	d.leads = g
	before := q.fragments.datagrams[g.key]
	var held []packet.IPv4
	if before != nil {
		held = before.held
	}
	if len(held) > 0 && d.Verdict != Refused {
		if d.Verdict == Untouched {
			d.Verdict, d.Packets = Translated, []packet.IPv4{q.ip}
		}
		for _, f := range held {
			d.Packets = append(d.Packets, g.follow(f))
		}
	}
	apply := d.Apply
	d.Apply = func() {
		apply()
		q.forget(before)
		q.await(g)
		for _, f := range append([]packet.IPv4{q.ip}, held...) {
			q.passed(g, f)
		}
	}
	return d
}

// follow is a later fragment as it goes on.
func (g *datagram) follow(f packet.IPv4) packet.IPv4 {
	if g.entry == nil {
		return f
	}
	f = append(packet.IPv4(nil), f...)
	rewrite(f, g.to, false)
	return f
}

// decideFollower decides about a fragment that is not the first.
func (q *question) decideFollower() Decision {
	g := q.datagram()
	switch {
	case g == nil || !g.known:
		return q.hold(g)
	case g.verdict == Refused:
		return Decision{Verdict: Refused, Reason: g.reason, Apply: func() { q.passed(g, q.ip) }}
	case g.entry == nil:
		return Decision{Apply: func() { q.passed(g, q.ip) }}
	}
	return Decision{
		Verdict: Translated, Packets: []packet.IPv4{g.follow(q.ip)}, Entry: g.entry.translation(),
		Apply: func() {
			q.passed(g, q.ip)
			q.counts.Hits++
			q.touch(g.entry)
			q.countSwitched()
			q.tellTranslated(g.to, false)
		},
	}
}

// hold keeps a fragment until the first one comes.
func (q *question) hold(g *datagram) Decision {
	if q.counts.Held >= maxHeldFragments || g != nil && len(g.held) >= maxHeldOfOne {
		return Decision{Verdict: Refused, Reason: NoRoom}
	}
	return Decision{Verdict: Held, Apply: func() {
		if g == nil {
			g = &datagram{key: q.datagramKey()}
			q.await(g)
		}
		g.held = append(g.held, append(packet.IPv4(nil), q.ip...))
		q.counts.Held++
	}}
}

// await keeps a datagram, in the place of the oldest one where there are too many.
func (n *NAT) await(g *datagram) {
	f := &n.fragments
	if f.datagrams == nil {
		f.datagrams = make(map[datagramKey]*datagram)
	}
	if len(f.datagrams) >= maxDatagrams {
		n.forget(f.oldest())
	}
	g.until = n.env.Now() + fragmentTimeout
	f.datagrams[g.key] = g
	g.place = f.queue.PushBack(g)
	if f.stop == nil && !n.closed {
		f.stop = n.env.After(fragmentTimeout, n.sweepFragments)
	}
}

// oldest is the first of the queue, nil where it is empty.
func (f *fragments) oldest() *datagram {
	if first := f.queue.Front(); first != nil {
		return first.Value.(*datagram)
	}
	return nil
}

// passed notes a fragment that has gone its way. After the last one, if all came in order,
// nothing more is expected.
func (n *NAT) passed(g *datagram, ip packet.IPv4) {
	if ip.FragmentOffset() != g.next {
		return
	}
	if g.next += len(ip.Payload()); !ip.MF() {
		n.forget(g)
	}
}

// forget drops what is kept of a datagram.
func (n *NAT) forget(g *datagram) {
	if g == nil || g.place == nil {
		return
	}
	n.fragments.queue.Remove(g.place)
	g.place = nil
	n.counts.Held -= len(g.held)
	g.held = nil
	delete(n.fragments.datagrams, g.key)
}

// sweepFragments forgets the datagrams whose time is over.
func (n *NAT) sweepFragments() {
	f := &n.fragments
	f.stop = nil
	for g := f.oldest(); g != nil; g = f.oldest() {
		if left := g.until - n.env.Now(); left > 0 {
			f.stop = n.env.After(left, n.sweepFragments)
			return
		}
		n.forget(g)
	}
}
