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
}

// A Rule is a dynamic mapping: `ip nat inside source list 1 pool P overload`.
type Rule struct {
	Kind      Kind
	List      string // or RouteMap
	RouteMap  string
	Pool      string // or Interface
	Interface string // full name
	Overload  bool
	AddRoute  bool
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
}
