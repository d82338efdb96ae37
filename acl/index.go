package acl

import (
	"cmp"
	"math/bits"
	"slices"
)

// An index finds, in a long list, the first entry that matches a packet.
//
// Entries are put in order by one field after another: the source address, the
// destination address, the destination port, the source port. In each field an entry
// has a span, the smallest aligned block of values that holds all that it matches there,
// such as the network of an address. Aligned blocks lie side by side or one in another, so
// those that hold a packet's value are one block, found by a table, and the blocks
// around it. Entries of one block are put in order by the next field where they are
// many. What is found is compared in full, in the order of the list and only as long
// as it stands before the best that is known.
//
//	source   any ----------------------------------+
//	         10.0.0.0/8 ----------+   192.168.1.0/24
//	         10.1.0.0/16                  |
//	                               destination  any ------------------------+
//	                                            20.1.1.1    20.1.2.0/24
//
// A rule stands in one block of each field at most, but that a block may hold those of the
// blocks around it as long as they are few, or in proportion to its own. So memory is proportional to the list, whatever it
// says. Time grows with how many blocks lie one in another at the packet's addresses, which
// is few in lists of the field and 33 at most, and with the entries of one block that no
// field tells apart. Trees that cut both addresses at once would be faster for some
// lists, but have to enter a rule in many leaves: their memory has no such bound.
type index struct {
	rules   []*Rule
	entries []entry // those that stand in one block are side by side, in their order
	field   level   // of source addresses
}

// The fields, in the order in which entries are told apart.
const (
	bySource = iota
	byDestination
	byDestinationPort
	bySourcePort
	numFields
)

// fewEntries is up to how many entries are compared one by one.
const fewEntries = 16

// level are the blocks of one field.
type level struct {
	inner  steps // the innermost block by the value, -1 for none
	blocks []node
	whole  int32   // the block that holds every value, -1 for none
	blind  []entry // in a field of ports: those that may match a packet which does not show them
}

// node is a block: the entries that have one span in a field.
type node struct {
	around   int32 // the next block to look at, around this one, -1 for none
	first    int32 // index of the first rule in the block
	reach    int32 // and in those around it, too
	next     *level
	from, to int32 // its entries, where there is no next level
	one      entry // the first of them, which mostly is the only one
}

// span is a block of values that a rule has in a field.
type span struct {
	low, high uint32
	rule      int32
}

// compare puts blocks in the order of their first values, each before those in it.
func (s span) compare(t span) int {
	switch {
	case s.low != t.low:
		return cmp.Compare(s.low, t.low)
	case s.high != t.high:
		return cmp.Compare(t.high, s.high)
	}
	return cmp.Compare(s.rule, t.rule)
}

// builder is what an index is made with.
type builder struct {
	*index
	all   []entry // of each rule
	spans []span  // of the rules of one level
}

// newIndex makes the index of rules, which are entries that can be read.
func newIndex(rules []*Rule) *index {
	x := &index{rules: rules, entries: make([]entry, 0, len(rules)+len(rules)/2)}
	b := builder{x, make([]entry, len(rules)), make([]span, len(rules))}
	order := make([]int32, 0, len(rules))
	for i, r := range rules {
		if r.Action != Evaluate {
			order, b.all[i] = append(order, int32(i)), r.entry(int32(i))
		}
	}
	b.field = *b.level(bySource, order)
	return x
}

// level puts rules in order by a field.
func (b *builder) level(field int, rules []int32) *level {
	l := &level{whole: -1}
	if field == byDestinationPort {
		for _, i := range rules {
			if r := b.rules[i]; r.Action == Permit || !r.needsTransport() {
				l.blind = append(l.blind, b.all[i])
			}
		}
	}
	spans := b.spans[:len(rules)]
	for n, i := range rules {
		spans[n] = b.span(i, field)
	}
	slices.SortFunc(spans, span.compare)
	for n, s := range spans {
		rules[n] = s.rule
	}
	l.arrange(spans)
	held := make([][]int32, len(l.blocks)) // the rules of each block
	for n := range l.blocks {
		block := &l.blocks[n]
		held[n] = rules[block.from:block.to]
		if block.around >= 0 && takesIn(len(held[n]), len(held[block.around])) {
			around := &l.blocks[block.around]
			held[n] = slices.Concat(held[n], held[block.around])
			block.first, block.around = min(block.first, around.first), around.around
		}
		if len(held[n]) > fewEntries && field+1 < numFields {
			block.next = b.level(field+1, held[n])
		} else {
			b.fill(block, held[n])
		}
	}
	return l
}

// takesIn reports whether a block with so many rules of its own is to hold those of the
// block around it, too, which saves looking there: where they are few together, or where
// all its rules remain in proportion to its own.
func takesIn(own, around int) bool {
	return own+around <= fewEntries || own > fewEntries && around <= 3*own
}

// fill gives a block its entries.
func (b *builder) fill(block *node, rules []int32) {
	from := len(b.entries)
	for _, i := range rules {
		b.entries = append(b.entries, b.all[i])
	}
	slices.SortFunc(b.entries[from:], func(a, b entry) int { return cmp.Compare(a.rule, b.rule) })
	block.from, block.to, block.one = int32(from), int32(len(b.entries)), b.entries[from]
}

// arrange makes the blocks of spans that are in order. Each is given where its spans
// stand.
func (l *level) arrange(spans []span) {
	l.inner.add(0, -1)
	var open []int32 // the blocks that hold a value, the innermost last
	var ends []uint32
	inner := func() int32 {
		if len(open) == 0 {
			return -1
		}
		return open[len(open)-1]
	}
	closeBefore := func(low uint64) {
		for len(open) > 0 && uint64(ends[len(open)-1]) < low {
			end := ends[len(open)-1]
			open, ends = open[:len(open)-1], ends[:len(open)-1]
			if end != ^uint32(0) {
				l.inner.add(end+1, inner())
			}
		}
	}
	for n, s := range spans {
		if n > 0 && s.low == spans[n-1].low && s.high == spans[n-1].high {
			l.blocks[len(l.blocks)-1].to++
			continue
		}
		closeBefore(uint64(s.low))
		b := node{around: inner(), first: s.rule, reach: s.rule, from: int32(n), to: int32(n) + 1}
		if b.around >= 0 {
			b.reach = min(b.reach, l.blocks[b.around].reach)
		}
		id := int32(len(l.blocks))
		l.blocks = append(l.blocks, b)
		l.inner.add(s.low, id)
		open, ends = append(open, id), append(ends, s.high)
		if s.low == 0 && s.high == ^uint32(0) {
			l.whole = id
		}
	}
	closeBefore(1 << 32)
	l.inner.finish()
	l.blocks = slices.Clip(l.blocks)
}

// span is the smallest aligned block that holds what a rule matches in a field.
func (b *builder) span(rule int32, field int) (s span) {
	switch field {
	case bySource:
		s = b.all[rule].src.span()
	case byDestination:
		s = b.all[rule].dst.span()
	case byDestinationPort:
		s = b.rules[rule].DstPorts.span()
	default:
		s = b.rules[rule].SrcPorts.span()
	}
	s.rule = rule
	return s
}

func (s Addresses) span() span {
	loose := uint32(1)<<bits.Len32(s.Wildcard) - 1
	return span{low: s.Addr &^ loose, high: s.Addr | loose}
}

func (c *Ports) span() span {
	low, high := uint32(0), uint32(0xffff)
	switch c.Op {
	case PortEq:
		ports := c.Port[:c.N]
		low, high = uint32(slices.Min(ports)), uint32(slices.Max(ports))
	case PortRange:
		low, high = uint32(c.Port[0]), uint32(c.Port[1])
	case PortLt:
		high = uint32(c.Port[0])
	case PortGt:
		low = uint32(c.Port[0])
	}
	if low == 0 && high == 0xffff {
		return span{low: 0, high: ^uint32(0)}
	}
	loose := uint32(1)<<bits.Len32(low^high) - 1
	return span{low: low &^ loose, high: high | loose}
}
