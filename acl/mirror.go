package acl

import (
	"cmp"
	"container/list"
	"sync/atomic"
	"time"
)

// finishTime is how long an entry lasts when both ends have closed their connection.
const finishTime = 5 * time.Second

// mirror is an entry of a reflexive list: it lets the answers to packets pass. Only its
// time of last use is changed beside the loop, by a hit of its rule.
type mirror struct {
	of       *Reflexive
	rule     *Rule
	key      mirrorKey
	timeout  time.Duration
	used     atomic.Int64
	finished [2]bool // by the end inside and the end outside
	closing  bool    // both are, and closed is when
	closed   time.Duration
	stop     func()        // the timer
	place    *list.Element // in of.mirrors
}

// The ends of a connection.
const (
	fromInside = iota
	fromOutside
)

// make makes the entry for packets like back, because of a packet that an entry with
// `reflect` has let pass, and returns its rule, nil where there is to be none.
func (x *Reflexive) make(because *Entry, back *Packet) *Rule {
	s := x.lists
	if !x.makes(back) {
		return nil
	}
	m := &mirror{of: x, key: keyOf(back)}
	m.timeout = cmp.Or(time.Duration(because.Timeout)*time.Second, s.Timeout, DefaultReflexiveTimeout)
	m.rule = &Rule{Entry: m.key.entry(), hits: new(atomic.Uint64), mirror: m}
	m.used.Store(s.now.Load())
	s.mirrors++
	m.place = x.mirrors.PushBack(m)
	x.table.insert(m.key, m.rule)
	if m.key.ports {
		x.table.share(m.key.pair())
	}
	m.arm()
	return m.rule
}

// makes reports whether there is to be an entry for packets like back: not because of a
// later fragment, of what is too short to show its ports or ends a connection, nor where
// there are too many.
func (x *Reflexive) makes(back *Packet) bool {
	switch {
	case x.lists.Clock == nil || x.lists.mirrors >= MaxMirrors || back.Fragment:
		return false
	case back.Protocol == protoTCP:
		return back.Transport && back.TCPFlags&flagRST == 0
	}
	return back.Transport || back.Protocol != protoUDP
}

// arm has the entry looked at when it may be over.
func (m *mirror) arm() { m.stop = m.of.lists.Clock.After(max(m.left(), 0), m.expire) }

func (m *mirror) expire() {
	m.of.lists.look()
	if m.left() > 0 {
		m.arm()
		return
	}
	m.of.remove(m)
}

// left is how long the entry lasts yet.
func (m *mirror) left() time.Duration {
	now := time.Duration(m.of.lists.now.Load())
	left := time.Duration(m.used.Load()) + m.timeout - now
	if m.closing {
		left = min(left, m.closed+finishTime-now)
	}
	return left
}

// turns reports whether a packet begins a connection or ends it.
func (p *Packet) turns() bool {
	return p.Protocol == protoTCP && p.Transport && p.TCPFlags&(flagSYN|flagFIN|flagRST) != 0
}

// follow follows the connection of a packet that the rule of an entry has let pass.
func (r *Rule) follow(p *Packet, from int) {
	m := r.mirror
	if m == nil || !p.turns() {
		return
	}
	switch {
	case p.TCPFlags&flagRST != 0:
		m.of.remove(m)
		return
	case p.TCPFlags&flagSYN != 0:
		m.finished, m.closing = [2]bool{}, false
	default:
		m.finished[from] = true
	}
	if m.finished[fromInside] && m.finished[fromOutside] && !m.closing {
		m.closing, m.closed = true, time.Duration(m.of.lists.now.Load())
	}
	m.stop()
	m.arm()
}

// remove ends an entry.
func (x *Reflexive) remove(m *mirror) {
	m.stop()
	x.table.remove(m.key)
	if m.key.ports {
		x.table.unshare(m.key.pair())
	}
	x.mirrors.Remove(m.place)
	x.lists.mirrors--
}
