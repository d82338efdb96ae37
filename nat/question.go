package nat

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// question is a packet that is decided about.
type question struct {
	*NAT
	ip       packet.IPv4
	seen     acl.Packet
	talk     conversation
	way      Way
	outbound bool
	assumed  []Decision

	asked   asked
	parents []*Entry // simple entries that are to be made before the conversation
	rule    *mapping // the rule that took it
	after   []func() // what looking into the packet changes
}

// Outbound decides about a packet that is routed from an inside to an outside interface,
// or that the router sends by an outside interface itself. It goes on as if the assumed
// decisions had been applied. Neither the packet nor anything else is changed.
func (n *NAT) Outbound(ip packet.IPv4, way Way, assumed ...Decision) Decision {
	return n.ask(ip, way, true, assumed)
}

// Inbound decides about a packet that has come in by an outside interface; way is that of
// its answer. It is asked before the packet is routed or delivered.
func (n *NAT) Inbound(ip packet.IPv4, way Way, assumed ...Decision) Decision {
	return n.ask(ip, way, false, assumed)
}

func (n *NAT) ask(ip packet.IPv4, way Way, outbound bool, assumed []Decision) Decision {
	q := &question{
		NAT: n, ip: ip, seen: acl.Examine(ip), talk: read(ip), way: way, outbound: outbound, assumed: assumed,
	}
	return q.decide()
}

func (q *question) decide() Decision {
	switch {
	case q.ip.FragmentOffset() != 0:
		return q.decideFollower()
	case isError(q.ip):
		return q.decideError()
	}
	d, e := q.translate()
	if q.ip.MF() {
		return q.lead(d, e)
	}
	return d
}

// translate decides about a packet that is whole, or a first fragment, and tells by what
// entry it is translated.
func (q *question) translate() (Decision, *Entry) {
	e := q.byCookie()
	if e == nil {
		e = q.find(q.flowKey())
	}
	if e != nil {
		return q.use(e), e
	}
	e, reason := q.plan()
	switch {
	case reason != NoReason:
		return q.refuse(reason), nil
	case e == nil:
		return q.leave(), nil
	}
	return q.make(e), e
}

// flowKey is what the packet's conversation is found by.
func (q *question) flowKey() key {
	if q.outbound {
		return q.talk.localKey()
	}
	return q.talk.reversed().globalKey()
}

// find finds an entry of the table, or one that is assumed to be in it.
func (q *question) find(k key) *Entry {
	if e := q.table.find(k); e != nil {
		return e
	}
	for _, d := range q.assumed {
		for _, e := range d.made {
			if keys := e.keys(); (keys[0] == k.by || keys[1] == k.by) && e.key(k.by) == k {
				return e
			}
		}
	}
	return nil
}

// each calls f for the entries of a key until it returns true.
func (q *question) each(k key, f func(*Entry) bool) *Entry {
	e := q.find(k)
	for ; e != nil && !f(e); e = q.following(e, k) {
	}
	return e
}

func (q *question) following(e *Entry, k key) *Entry {
	if e.nodes[0].entry == nil { // assumed, not in the table
		return nil
	}
	return q.table.after(e, k)
}

// leave lets a packet go on as it is.
func (q *question) leave() Decision {
	return Decision{Asked: q.asked, Apply: q.asked.count}
}

// refuse drops a packet for which there is no translation.
func (q *question) refuse(reason Reason) Decision {
	d := Decision{Verdict: Refused, Reason: reason, Asked: q.asked}
	if q.rule != nil {
		d.Rule = &q.rule.rule
	}
	d.Apply = func() {
		q.asked.count()
		q.counts.Misses++
		if reason == NoAddress && q.rule != nil {
			q.tellNoAddress()
		}
		q.emit(func() Event { return TranslationFailed{reason, q.ip.Src(), q.ip.Dst()} })
	}
	return d
}

func (q *question) tellNoAddress() {
	if q.rule.pool != nil {
		q.rule.pool.misses++
	}
	r := q.rule.rule
	host := q.ip.Src()
	q.emit(func() Event { return AllocationFailed{host, r.List, r.RouteMap, r.Pool, r.Interface} })
}

// use translates a packet by an entry that is there.
func (q *question) use(e *Entry) Decision {
	return Decision{
		Verdict: Translated, Packets: []packet.IPv4{q.rewritten(e)}, Entry: e.translation(),
		Apply: func() {
			q.counts.Hits++
			q.carry(e, false)
		},
	}
}

// make translates a packet by a conversation that begins with it.
func (q *question) make(e *Entry) Decision {
	d := Decision{
		Verdict: Translated, Packets: []packet.IPv4{q.rewritten(e)}, Entry: e.translation(), Asked: q.asked, made: append(q.parents, e),
	}
	for _, m := range d.made {
		d.Makes = append(d.Makes, m.translation())
	}
	if q.rule != nil {
		d.Rule = &q.rule.rule
	}
	d.Apply = func() {
		q.asked.count()
		q.counts.Misses++
		q.tellExamined()
		if q.rule != nil && e.shares() && !e.portless {
			q.tellPort(e)
		}
		e.follow(q.talk.flags, true)
		for _, m := range d.made {
			q.add(m)
		}
		q.carry(e, true)
	}
	return d
}

// rewritten is a copy of the packet with its new ends.
func (q *question) rewritten(e *Entry) packet.IPv4 {
	ip := append(packet.IPv4(nil), q.ip...)
	rewrite(ip, q.ends(e), !e.portless)
	return q.inspect(e, ip)
}

func (q *question) ends(e *Entry) ends { return e.ends(q.outbound) }

// carry notes that a packet has gone by an entry.
func (q *question) carry(e *Entry, first bool) {
	q.touch(e)
	for _, f := range q.after {
		f()
	}
	if was := e.state; !first {
		if e.follow(q.talk.flags, false); e.state != was {
			q.schedule(e)
		}
	}
	e.settle()
	q.countSwitched()
	q.tellTranslated(q.ends(e), !e.portless)
}

// touch sets an entry's time of last use, and that of those it hangs on.
func (n *NAT) touch(e *Entry) {
	now := int64(n.now())
	for _, used := range [...]*Entry{e, e.inside, e.outside} {
		if used != nil {
			used.lastUsed.Store(now)
		}
	}
}

// countSwitched counts a translated packet by how it goes.
func (q *question) countSwitched() {
	if q.way.Self {
		q.counts.Punted++
	} else {
		q.counts.Switched++
	}
}
