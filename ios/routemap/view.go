package routemap

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/prefixlist"
)

// Asked is what a route-map is asked about.
type Asked struct {
	Packet *acl.Packet
	Length int // of the IP packet, in bytes
	// Out and NextHop are the way that routing takes the packet: the interface's full
	// name, and its neighbour there. They are "" and the zero Addr where there is none.
	Out     string
	NextHop netip.Addr
}

// A View is a route-map as it was at a moment. It never changes, and may be read from
// anywhere. A nil View is one that is not defined.
type View struct {
	Name  string
	rules []Rule
	byWay bool
	used  []source // what the rules were made of
}

// A Rule is an entry of a View.
type Rule struct {
	Sequence int
	Deny     bool
	Set      Set
	Matched  *Counter // of the entry

	never      bool
	lists      []*acl.Snapshot // nil where there is no such clause that could be false
	nextHop    hopMatch
	interfaces []string
	length     *Range
}

// A Hit is an entry of a list that has decided.
type Hit interface {
	// Hit counts n decisions. It may be called from anywhere.
	Hit(n uint64)
}

// hopMatch is what is asked of a next hop.
type hopMatch struct {
	lists       []*acl.Snapshot
	prefixLists []*prefixlist.Snapshot
}

// A source is a list that a view was made of.
type source struct {
	name   string
	access *acl.Snapshot
	prefix *prefixlist.Snapshot
	routes bool // it is a prefix-list
}

// View returns the map as it is now: the same one until it or a list that it names has
// changed, nil for a nil map.
func (m *Map) View() *View {
	if m == nil {
		return nil
	}
	if m.view == nil || !m.current(m.view) {
		m.view = m.compile()
	}
	return m.view
}

// current reports whether the lists of a view are as they were.
func (m *Map) current(v *View) bool {
	for i := range v.used {
		u := &v.used[i]
		if u.routes && m.lists.Prefix(u.name).Snapshot() != u.prefix || !u.routes && m.lists.Access(u.name).Snapshot() != u.access {
			return false
		}
	}
	return true
}

func (m *Map) compile() *View {
	v := &View{Name: m.Name}
	access := func(names []string) (lists []*acl.Snapshot) {
		for _, name := range names {
			list := m.lists.Access(name)
			v.used = append(v.used, source{name: name, access: list.Snapshot()})
			if !list.Empty() {
				lists = append(lists, list.Snapshot())
			}
		}
		return lists
	}
	prefix := func(names []string) (lists []*prefixlist.Snapshot) {
		for _, name := range names {
			list := m.lists.Prefix(name).Snapshot()
			v.used = append(v.used, source{name: name, prefix: list, routes: true})
			if !list.Empty() {
				lists = append(lists, list)
			}
		}
		return lists
	}
	for _, e := range m.entries {
		v.rules = append(v.rules, Rule{
			Sequence: e.Sequence, Deny: e.Deny, Set: e.Set.clone(), Matched: e.matched,
			never:      e.Withheld || len(e.Match.PrefixLists) > 0,
			lists:      access(e.Match.Lists),
			nextHop:    hopMatch{access(e.Match.NextHopLists), prefix(e.Match.NextHopPrefixLists)},
			interfaces: slices.Clone(e.Match.Interfaces), length: e.Match.Length,
		})
	}
	v.byWay = slices.ContainsFunc(v.rules, func(r Rule) bool {
		return len(r.interfaces)+len(r.nextHop.lists)+len(r.nextHop.prefixLists) > 0
	})
	return v
}

// ByWay reports whether it matters which way a packet would take.
func (v *View) ByWay() bool { return v != nil && v.byWay }

// Find returns the first rule whose clauses are all true of what is asked, nil where
// there is none. It changes nothing. hit is told of each entry of a list that has decided
// on the way; where it returns false, the search ends without a result.
func (v *View) Find(q *Asked, hit func(Hit) bool) (found *Rule, ok bool) {
	if v == nil {
		return nil, true
	}
	for i := range v.rules {
		r := &v.rules[i]
		if r.never || !r.fits(q) {
			continue
		}
		if permits, ok := r.nextHop.permits(q.NextHop, hit); !ok {
			return nil, false
		} else if !permits {
			continue
		}
		if permits, ok := r.permits(q, hit); !ok {
			return nil, false
		} else if permits {
			return r, true
		}
	}
	return nil, true
}

// fits reports whether the clauses are true that no list is asked for.
func (r *Rule) fits(q *Asked) bool {
	if r.length != nil && (q.Length < r.length.Min || q.Length > r.length.Max) {
		return false
	}
	return len(r.interfaces) == 0 || slices.Contains(r.interfaces, q.Out)
}

// allOnes is the mask of a host.
var allOnes = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// permits reports whether a list permits the next hop, where any is asked.
func (m *hopMatch) permits(a netip.Addr, hit func(Hit) bool) (permits, ok bool) {
	if len(m.lists)+len(m.prefixLists) == 0 {
		return true, true
	}
	if !a.IsValid() {
		return false, true
	}
	hop := acl.Packet{Src: a, Dst: allOnes} // as lists see the route to a host
	for _, l := range m.lists {
		result := l.Lookup(&hop)
		if result.Rule != nil && !hit(result.Rule) {
			return false, false
		}
		if result.Selects() {
			return true, true
		}
	}
	for _, l := range m.prefixLists {
		e := l.Lookup(netip.PrefixFrom(a, a.BitLen()))
		if e != nil && !hit(e) {
			return false, false
		}
		if e != nil && !e.Deny {
			return true, true
		}
	}
	return false, true
}

// permits reports whether one of the lists permits the packet.
func (r *Rule) permits(q *Asked, hit func(Hit) bool) (permits, ok bool) {
	if len(r.lists) == 0 {
		return true, true
	}
	for _, l := range r.lists {
		result := l.Lookup(q.Packet)
		if result.Rule != nil && !hit(result.Rule) {
			return false, false
		}
		if result.Selects() {
			return true, true
		}
	}
	return false, true
}
