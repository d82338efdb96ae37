package nat

import "net/netip"

// A Kind is which addresses a rule or a static translates.
type Kind uint8

// The kinds, in the order in which the running configuration has them.
const (
	InsideSource      Kind = iota // IL <-> IG
	InsideDestination             // a virtual IG -> one of several IL, TCP only
	OutsideSource                 // OG <-> OL
)

// A PoolType is how addresses of a pool are chosen.
type PoolType uint8

// The types: the first that is free, in turn (`rotary`), or the one with the same host
// part (`match-host`).
const (
	Generic PoolType = iota
	Rotary
	MatchHost
)

// A Range is the addresses from Start to End, both included.
type Range struct{ Start, End netip.Addr }

// A Pool is `ip nat pool`. Addresses of its ranges that are the network or the
// broadcast address of a subnet are left out.
type Pool struct {
	Name     string
	Ranges   []Range
	Bits     int  // length of the mask
	Prefix   bool // it was typed as `prefix-length`
	Type     PoolType
	AddRoute bool
	// Accounting is the list of accounting, which has no effect.
	Accounting string
}

// A Rule is a dynamic mapping: `ip nat inside source list 1 pool P overload`. It is known
// by its kind and its list or route-map.
type Rule struct {
	Kind      Kind
	List      string // or RouteMap
	RouteMap  string
	Pool      string // or Interface
	Interface string // full name
	Overload  bool
	AddRoute  bool
	// Reversible has no effect.
	Reversible bool
}

// same reports whether both are lines for the same list or route-map.
func (r Rule) same(o Rule) bool {
	return r.Kind == o.Kind && r.List == o.List && r.RouteMap == o.RouteMap
}

// A Static is `ip nat inside|outside source static`.
type Static struct {
	Kind                  Kind
	Protocol              uint8 // TCP, UDP or ESP; 0 is every one
	Local, Global         netip.Addr
	LocalPort, GlobalPort uint16
	Interface             string // its address is the global one; "" where that is given
	Bits                  int    // of `static network`; 0 is one host
	Extendable            bool
	NoAlias, NoPayload    bool
	AddRoute              bool
	RouteMap              string
	Redundancy            string // group of routers, without effect
}

// same reports whether both are the same line, whatever its last words.
func (s Static) same(o Static) bool {
	return s.Kind == o.Kind && s.Protocol == o.Protocol && s.Bits == o.Bits && s.Interface == o.Interface &&
		s.Local == o.Local && s.LocalPort == o.LocalPort && s.GlobalPort == o.GlobalPort &&
		(s.Interface != "" || s.Global == o.Global)
}
