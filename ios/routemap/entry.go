package routemap

import (
	"net/netip"
	"slices"
	"sync/atomic"

	"github.com/ioslab/ioslab/acl"
)

// An Entry of a route-map. Changed is to be called after a change of its fields.
type Entry struct {
	Sequence    int
	Deny        bool
	Description string
	Match       Match
	Set         Set
	// Withheld is set where a line of the entry is not built, so that it must choose
	// nothing: it would be more than was meant.
	Withheld bool

	of      *Map
	matched *Counter
}

// Changed is to be called after a change of the entry's fields.
func (e *Entry) Changed() { e.of.view = nil }

// Match is the match clauses of an entry. Without any it chooses everything.
type Match struct {
	Lists              []string // `match ip address`: access lists
	PrefixLists        []string // `match ip address prefix-list`: of routes, so no packet is matched
	NextHopLists       []string // `match ip next-hop`: standard access lists
	NextHopPrefixLists []string // `match ip next-hop prefix-list`
	Interfaces         []string // `match interface`: that the packet leaves by, in full
	Length             *Range   // `match length`
}

// A Range is the lengths of a packet in bytes, from Min to Max.
type Range struct{ Min, Max int }

// Set is the set clauses of an entry, in the order in which they are tried.
type Set struct {
	NextHops          []netip.Addr // `set ip next-hop`: the first that is reachable
	Interfaces        []string     // `set interface`: the first that is up, in full
	DefaultNextHops   []netip.Addr // `set ip default next-hop`: where no route but the default leads
	DefaultInterfaces []string     // `set default interface`: likewise
	Mark              Mark
}

// A Mark is what is written into the header of a packet.
type Mark struct {
	TOS        acl.Option // `set ip tos`: four bits
	Precedence acl.Option // `set ip precedence`: the three bits before them
	DF         acl.Option // `set ip df`
}

// TypeOfService is the type of service byte of a packet that had another.
func (m Mark) TypeOfService(tos uint8) uint8 {
	if v, ok := m.TOS.Get(); ok {
		tos = tos&^0x1e | v<<1
	}
	if v, ok := m.Precedence.Get(); ok {
		tos = tos&^0xe0 | v<<5
	}
	return tos
}

// clone is a copy that no change of s reaches.
func (s *Set) clone() Set {
	c := *s
	c.NextHops, c.Interfaces = slices.Clone(s.NextHops), slices.Clone(s.Interfaces)
	c.DefaultNextHops, c.DefaultInterfaces = slices.Clone(s.DefaultNextHops), slices.Clone(s.DefaultInterfaces)
	return c
}

// Matched returns how many packets policy routing has found the entry for.
func (e *Entry) Matched() *Counter { return e.matched }

// A Counter counts packets and the bytes of their IP. It may be used from anywhere.
type Counter struct{ packets, bytes atomic.Uint64 }

// Add counts packets of so many bytes together.
func (c *Counter) Add(packets, bytes uint64) {
	c.packets.Add(packets)
	c.bytes.Add(bytes)
}

// Count returns what was counted since Clear.
func (c *Counter) Count() (packets, bytes uint64) { return c.packets.Load(), c.bytes.Load() }

// Clear counts anew from zero.
func (c *Counter) Clear() {
	c.packets.Store(0)
	c.bytes.Store(0)
}
