package nat

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
)

// DefaultEntries is how many entries there can be without `max-entries`.
const DefaultEntries = 1 << 20

// Limits are `ip nat translation max-entries`. Zero is no limit.
type Limits struct {
	Entries int                // of all
	AllHost int                // of each inside host
	Hosts   map[netip.Addr]int // of one
	Lists   map[string]int     // of all hosts that a list permits
}

// limits are the limits with what is counted for them.
type limits struct {
	Limits
	hosts map[uint32]*hostCount // of inside hosts, where that matters
	lists []listCount
}

// hostCount is the entries of an inside host.
type hostCount struct {
	entries int
	in      []bool // the lists that permit it
}

// listCount is the entries of the hosts that a list permits.
type listCount struct {
	name    string
	list    *acl.Snapshot // by which they were counted
	most    int
	entries int
}

// Limits are the limits that are set.
func (n *NAT) Limits() Limits {
	l := n.limits.Limits
	l.Hosts, l.Lists = maps.Clone(l.Hosts), maps.Clone(l.Lists)
	return l
}

// SetLimits changes the limits. Entries that are there stay.
func (n *NAT) SetLimits(l Limits) {
	l.Hosts, l.Lists = maps.Clone(l.Hosts), maps.Clone(l.Lists)
	n.limits = limits{Limits: l}
	if l.AllHost == 0 && len(l.Hosts) == 0 && len(l.Lists) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(l.Lists)) {
		n.limits.lists = append(n.limits.lists, listCount{name: name, most: l.Lists[name]})
	}
	n.recount()
}

// recount counts the entries of all hosts, by the lists as they are.
func (n *NAT) recount() {
	n.limits.hosts = make(map[uint32]*hostCount)
	for i := range n.limits.lists {
		l := &n.limits.lists[i]
		l.list, l.entries = n.env.List(l.name).Snapshot(), 0
	}
	n.table.each(func(e *Entry) {
		if !e.static {
			n.limits.count(e, 1)
		}
	})
}

// count counts an entry that has come or gone.
func (l *limits) count(e *Entry, by int) {
	if l.hosts == nil || e.shape == simpleOutside {
		return
	}
	h := l.hosts[e.il]
	if h == nil {
		h = &hostCount{in: l.listsOf(e.il)}
		l.hosts[e.il] = h
	}
	if h.entries += by; h.entries == 0 {
		delete(l.hosts, e.il)
	}
	for i, in := range h.in {
		if in {
			l.lists[i].entries += by
		}
	}
}

// listsOf tells which lists permit a host.
func (l *limits) listsOf(host uint32) []bool {
	in := make([]bool, len(l.lists))
	for i := range in {
		p := acl.Packet{Src: address(host), Dst: address(0)}
		in[i] = l.lists[i].list.Lookup(&p).Selects()
	}
	return in
}

// room reports whether there may be more entries for an inside host.
func (n *NAT) room(host uint32, more int) bool {
	l := &n.limits
	most := DefaultEntries
	if l.Entries > 0 {
		most = l.Entries
	}
	if n.counts.Dynamic+n.counts.Doors+more > most {
		return false
	}
	if l.hosts == nil {
		return true
	}
	n.followLists()
	h := l.hosts[host]
	if h == nil {
		h = &hostCount{in: l.listsOf(host)}
	}
	own, named := l.Hosts[address(host)]
	if !named {
		own = l.AllHost
	}
	if own > 0 && h.entries+more > own {
		return false
	}
	for i, in := range h.in {
		if in && l.lists[i].entries+more > l.lists[i].most {
			return false
		}
	}
	return true
}

// followLists counts anew where a list has been edited.
func (n *NAT) followLists() {
	for _, l := range n.limits.lists {
		if n.env.List(l.name).Snapshot() != l.list {
			n.recount()
			return
		}
	}
}

func permits(l *acl.List, host uint32) bool {
	p := acl.Packet{Src: address(host), Dst: address(0)}
	return l.Lookup(&p).Selects()
}
