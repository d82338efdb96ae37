package nat

import (
	"maps"
	"net/netip"

	"github.com/ioslab/ioslab/acl"
)

// DefaultEntries is how many entries there can be where `max-entries` says nothing.
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
	hosts map[uint32]int // entries of an inside host, where that matters
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
	if l.AllHost > 0 || len(l.Hosts) > 0 || len(l.Lists) > 0 {
		n.limits.hosts = make(map[uint32]int)
		n.table.each(func(e *Entry) {
			if !e.static {
				n.limits.count(e, 1)
			}
		})
	}
}

// count counts an entry that has come or gone.
func (l *limits) count(e *Entry, by int) {
	if l.hosts == nil || e.shape == simpleOutside {
		return
	}
	if l.hosts[e.il] += by; l.hosts[e.il] == 0 {
		delete(l.hosts, e.il)
	}
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
	have := l.hosts[host] + more
	if own, ok := l.Hosts[address(host)]; ok {
		if have > own {
			return false
		}
	} else if l.AllHost > 0 && have > l.AllHost {
		return false
	}
	return n.roomInLists(host, more)
}

// roomInLists asks the limits for hosts of a list, which they share.
func (n *NAT) roomInLists(host uint32, more int) bool {
	for name, most := range n.limits.Lists {
		list := n.env.List(name)
		if !permits(list, host) {
			continue
		}
		have := more
		for o, entries := range n.limits.hosts {
			if permits(list, o) {
				have += entries
			}
		}
		if have > most {
			return false
		}
	}
	return true
}

func permits(l *acl.List, host uint32) bool {
	p := acl.Packet{Src: address(host), Dst: address(0)}
	return l.Lookup(&p).Selects()
}
