package nat

import (
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// add puts an entry in the table and takes what it needs.
func (n *NAT) add(e *Entry) {
	now := n.now()
	e.created = now
	e.lastUsed.Store(int64(now))
	n.table.insert(e)
	n.claim(e)
	n.route(e, 1)
	n.count(e, 1)
	if e.static {
		return
	}
	e.origin.refs++
	for _, p := range [...]*Entry{e.inside, e.outside} {
		if p != nil {
			n.hang(p)
		}
	}
	if e.outside != nil && e.outside.origin != e.origin {
		e.outside.origin.refs++
	}
	n.limits.count(e, 1)
	n.schedule(e)
	if e.shape != door {
		n.emit(func() Event { return Created{e.translation()} })
	}
}

// remove takes an entry out of the table and gives back what it has.
func (n *NAT) remove(e *Entry) {
	e.gone = true
	n.table.remove(e)
	n.yield(e)
	n.route(e, -1)
	n.count(e, -1)
	if e.static {
		return
	}
	n.wheel.remove(e)
	e.origin.refs--
	for _, p := range [...]*Entry{e.inside, e.outside} {
		if p != nil {
			n.unhang(p, e.used())
		}
	}
	if e.outside != nil && e.outside.origin != e.origin {
		e.outside.origin.refs--
	}
	n.limits.count(e, -1)
	if e.content == ikeCookies {
		n.forgetCookies(e)
	}
	if e.shape != door {
		n.emit(func() Event { return Deleted{e.translation()} })
	}
}

// delete removes an entry, and before it what hangs on it.
func (n *NAT) delete(e *Entry) {
	if e.gone {
		return
	}
	if e.uses > 0 {
		n.table.each(func(o *Entry) {
			if o.inside == e || o.outside == e {
				n.delete(o)
			}
		})
	}
	n.remove(e)
}

// deleteAll removes entries, conversations before what they hang on.
func (n *NAT) deleteAll(entries []*Entry) {
	for _, e := range entries {
		if e.shape == flow {
			n.delete(e)
		}
	}
	for _, e := range entries {
		n.delete(e)
	}
}

// hang notes that a conversation hangs on a simple entry, which stays as long as it does.
func (n *NAT) hang(e *Entry) {
	e.uses++
	n.wheel.remove(e)
}

// unhang is the end of a conversation that was used last at that time.
func (n *NAT) unhang(e *Entry, used time.Duration) {
	if used > e.used() {
		e.lastUsed.Store(int64(used))
	}
	if e.uses--; e.uses == 0 && !e.static && !e.gone {
		n.schedule(e)
	}
}

// claim takes the addresses and ports that an entry has.
func (n *NAT) claim(e *Entry) {
	switch s := e.origin.static; {
	case e.static:
		if s.Interface == "" {
			n.hold(e.held(), true, !s.NoAlias)
		}
		if e.shape == port && e.protocol != packet.ProtoESP {
			n.occupy(e.ig, e.protocol, e.igID)
		}
	case e.shape == door && e.inside != nil:
		if e.inside.shape == port {
			n.occupy(e.ig, e.protocol, e.igID)
		}
	case !e.origin.dynamic && e.shape != flow: // a host of a network
		n.hold(e.held(), true, !s.NoAlias)
	case e.destination:
		e.origin.pool.last = e.origin.pool.index(e.il)
	case e.pooled():
		n.claimFromPool(e)
	}
}

// yield gives them back.
func (n *NAT) yield(e *Entry) {
	switch s := e.origin.static; {
	case e.static:
		if s.Interface == "" {
			n.release(e.held(), true, !s.NoAlias)
		}
		if e.shape == port && e.protocol != packet.ProtoESP {
			n.vacate(e.ig, e.protocol, e.igID)
		}
		if e.shape == simple {
			for group := range groups[1:] {
				for _, protocol := range portProtocols {
					n.notFull(e.ig, protocol, group)
				}
			}
		}
	case e.shape == door && e.inside != nil:
		if e.inside.shape == port {
			n.vacate(e.ig, e.protocol, e.igID)
		}
	case !e.origin.dynamic && e.shape != flow:
		n.release(e.held(), true, !s.NoAlias)
	case e.pooled():
		n.yieldToPool(e)
	}
}

// pooled reports whether the entry has its address from the pool of a rule by itself, not
// by a simple entry that it hangs on.
func (e *Entry) pooled() bool {
	if e.shape == flow || e.shape == door {
		return e.origin.dynamic && e.origin.rule.Kind == InsideSource && e.inside == nil
	}
	return e.origin.dynamic
}

// held is the address that an entry has which is not the host's own.
func (e *Entry) held() uint32 {
	if e.shape == simpleOutside || e.shape == portOutside {
		return e.ol
	}
	return e.ig
}

// host is the address that is the host's own.
func (e *Entry) host() uint32 {
	if e.shape == simpleOutside || e.shape == portOutside {
		return e.og
	}
	return e.il
}

// shares reports whether the entry has a port of an address, not the address.
func (e *Entry) shares() bool {
	return (e.shape == flow || e.shape == door) && e.origin.rule.Overload
}

func (n *NAT) claimFromPool(e *Entry) {
	p := e.origin.pool
	at := p.index(e.held())
	if p.users[at]++; p.users[at] == 1 && p.ifc == "" {
		n.hold(e.held(), false, true)
	}
	switch {
	case !e.shares():
		l := p.hosts[e.host()]
		if l == nil {
			l = &lease{at: at}
			p.hosts[e.host()] = l
			p.last = at
			n.hold(e.held(), true, false)
		}
		l.refs++
	case !e.portless && e.content != ikeCookies:
		n.takePort(p, e)
	case e.protocol == packet.ProtoESP:
		n.meet(e)
	}
}

func (n *NAT) yieldToPool(e *Entry) {
	p := e.origin.pool
	at := p.index(e.held())
	if p.users[at]--; p.users[at] == 0 {
		delete(p.users, at)
		if p.ifc == "" {
			n.release(e.held(), false, true)
		}
	}
	switch {
	case !e.shares():
		l := p.hosts[e.host()]
		if l.refs--; l.refs == 0 {
			delete(p.hosts, e.host())
			n.release(e.held(), true, false)
		}
	case !e.portless && e.content != ikeCookies:
		n.leavePort(p, e)
	case e.protocol == packet.ProtoESP:
		n.part(e)
	}
}
