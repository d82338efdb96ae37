package nat

import (
	"cmp"
	"slices"
)

// maxPool is how many addresses of a pool are ever used: as many as there can be entries.
const maxPool = DefaultEntries

// pool are addresses that rules take: those of an `ip nat pool`, or that of an interface.
type pool struct {
	Pool
	id    uint32
	ifc   string // of an interface's
	total int    // usable addresses
	size  int    // numbers of addresses in the ranges, usable or not

	occupied *slots            // addresses that a host has alone or no host can have
	full     [3][3]*slots      // addresses without a free port, by protocol and group
	hosts    map[uint32]*lease // by hosts that have an address alone
	users    map[int]int       // how many entries use an address
	last     int               // the address that was given last, of Rotary
	misses   uint64
}

// lease is an address that a host has alone.
type lease struct {
	at   int
	refs int
}

func (n *NAT) newPool(p Pool) *pool {
	n.poolID++
	made := &pool{Pool: p, id: n.poolID, hosts: make(map[uint32]*lease), users: make(map[int]int), last: -1}
	for _, r := range p.Ranges {
		from, to := uint64(number(r.Start)), uint64(number(r.End))
		made.size += int(min(to-from+1, uint64(maxPool-made.size)))
		made.total += int(to - from + 1 - holes(from, to, p.Bits))
	}
	made.occupied = newSlots(max(made.size, 1))
	if made.size == 0 {
		made.occupied.take(0)
	}
	made.leaveOutHoles(made.occupied)
	for a, h := range n.held {
		if at := made.index(a); at >= 0 && h.holders > 0 {
			made.occupied.take(at)
		}
	}
	return made
}

// newInterfacePool is the address that an interface has now.
func (n *NAT) newInterfacePool(ifc string) *pool {
	var p Pool
	if a := n.env.Address(ifc); a.IsValid() {
		p = Pool{Ranges: []Range{{a, a}}, Bits: 32}
	}
	made := n.newPool(p)
	made.ifc = ifc
	return made
}

// holes is how many addresses from one to another are the first or last of a subnet.
func holes(from, to uint64, bits int) uint64 {
	if bits > 30 {
		return 0
	}
	step := uint64(hostBits(bits)) + 1
	until := func(end uint64) uint64 { return (end+step-1)/step + end/step } // of those below end
	return until(to+1) - until(from)
}

// leaveOutHoles takes those that no host can have.
func (p *pool) leaveOutHoles(s *slots) {
	if p.Bits > 30 {
		return
	}
	for i := 0; i < p.size; {
		a, host := p.address(i), hostBits(p.Bits)
		if !p.usable(a) {
			s.take(i)
			i++
			continue
		}
		i += p.toNext(i, a|host)
	}
}

// usable reports whether a host can have the address.
func (p *pool) usable(a uint32) bool {
	host := hostBits(p.Bits)
	return p.Bits > 30 || a&host != 0 && a&host != host
}

// toNext is how far it is from the address of number i to one in the same range, or to
// the end of the range.
func (p *pool) toNext(i int, to uint32) int {
	for _, r := range p.Ranges {
		n := int(number(r.End)-number(r.Start)) + 1
		if i < n {
			return min(n-i, int(to-(number(r.Start)+uint32(i))))
		}
		i -= n
	}
	return 1
}

// address is the one of that number; 0 where there is none.
func (p *pool) address(i int) uint32 {
	for _, r := range p.Ranges {
		n := int(number(r.End)-number(r.Start)) + 1
		if i < n {
			return number(r.Start) + uint32(i)
		}
		i -= n
	}
	return 0
}

// index is the number of an address, -1 where it is not of the pool.
func (p *pool) index(a uint32) int {
	at := 0
	for _, r := range p.Ranges {
		start, end := number(r.Start), number(r.End)
		if a >= start && a <= end {
			if at += int(a - start); at < p.size {
				return at
			}
			return -1
		}
		at += int(end-start) + 1
	}
	return -1
}

// choose returns the address that a host would have alone, and the number of it.
func (p *pool) choose(host uint32) (a uint32, ok bool) {
	if l := p.hosts[host]; l != nil {
		return p.address(l.at), true
	}
	at := -1
	switch p.Type {
	case MatchHost:
		at = p.matching(host)
	case Rotary:
		if at = p.occupied.first(p.last + 1); at < 0 {
			at = p.occupied.first(0)
		}
	default:
		at = p.occupied.first(0)
	}
	if at < 0 {
		return 0, false
	}
	return p.address(at), true
}

// matching is the number of the free address with a host's own host part, or -1.
func (p *pool) matching(host uint32) int {
	mask := hostBits(p.Bits)
	for _, r := range p.Ranges {
		end := min(uint64(number(r.End)), uint64(number(r.Start))+maxPool)
		for a := uint64(number(r.Start)&^mask | host&mask); a <= end; a += uint64(mask) + 1 { // in each subnet
			if at := p.index(uint32(a)); at >= 0 && !p.occupied.taken(at) {
				return at
			}
		}
	}
	return -1
}

// PoolState is a pool with what `show ip nat statistics` tells of it.
type PoolState struct {
	Pool
	Total     int // addresses that can be given
	Allocated int // that are in use
	Misses    uint64
	Rules     int // that name it
}

// SetPool adds a pool, or changes one that no rule names. Errors are a *PoolError or
// *PoolInUseError.
func (n *NAT) SetPool(p Pool) error {
	if !p.fits() {
		return &PoolError{p.Name}
	}
	old := n.pools[p.Name]
	if old != nil && equalPools(old.Pool, p) {
		return nil
	}
	if old != nil && n.rulesOf(old) > 0 {
		return &PoolInUseError{p.Name}
	}
	made := n.newPool(p)
	n.pools[p.Name] = made
	for _, m := range n.rules {
		if m.rule.Pool == p.Name {
			m.pool = made
		}
	}
	n.config++
	return nil
}

func equalPools(a, b Pool) bool {
	return a.Name == b.Name && slices.Equal(a.Ranges, b.Ranges) && a.Bits == b.Bits && a.Prefix == b.Prefix &&
		a.Type == b.Type && a.AddRoute == b.AddRoute && a.Accounting == b.Accounting
}

// fits reports whether each range ends behind its start, and none overlaps another.
func (p Pool) fits() bool {
	if p.Bits < 1 || p.Bits > 32 {
		return false
	}
	for i, r := range p.Ranges {
		if !r.Start.Is4() || !r.End.Is4() || r.End.Less(r.Start) {
			return false
		}
		for _, o := range p.Ranges[:i] {
			if !r.End.Less(o.Start) && !o.End.Less(r.Start) {
				return false
			}
		}
	}
	return true
}

// RemovePool deletes a pool. It reports whether there was one; the error of one that a
// rule names is a *PoolInUseError.
func (n *NAT) RemovePool(name string) (bool, error) {
	p := n.pools[name]
	if p == nil {
		return false, nil
	}
	if n.rulesOf(p) > 0 {
		return true, &PoolInUseError{name}
	}
	delete(n.pools, name)
	return true, nil
}

func (n *NAT) rulesOf(p *pool) (rules int) {
	for _, m := range n.rules {
		if m.pool == p {
			rules++
		}
	}
	return rules
}

// Pools are the pools by name.
func (n *NAT) Pools() []PoolState {
	all := make([]PoolState, 0, len(n.pools))
	for _, p := range n.pools {
		all = append(all, PoolState{p.Pool, p.total, len(p.users), p.misses, n.rulesOf(p)})
	}
	slices.SortFunc(all, func(a, b PoolState) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// allPools calls f for every pool that has an address, and for those of interfaces.
func (n *NAT) allPools(a uint32, f func(p *pool, at int)) {
	for _, p := range n.pools {
		if at := p.index(a); at >= 0 {
			f(p, at)
		}
	}
	for _, p := range n.interfaces {
		if at := p.index(a); at >= 0 {
			f(p, at)
		}
	}
}
