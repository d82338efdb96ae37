package nat

import (
	"cmp"
	"slices"
)

// Translations are the entries in the order of `show ip nat translations`, without doors: statics of
// outside addresses, then by inside local address, and of one address its conversations
// by protocol and port, then the statics of ports, the simple entry last.
func (n *NAT) Translations() []Translation {
	entries := n.chosen(func(e *Entry) bool { return e.shape != door })
	now := n.now()
	all := make([]Translation, len(entries))
	for i, e := range entries {
		t := e.translation()
		t.Timeout = n.timeoutOf(e)
		if end, ok := n.deadline(e); ok {
			t.Left = max(0, end-now)
		}
		all[i] = t
	}
	return all
}

// chosen are the entries that a test chooses, in that order.
func (n *NAT) chosen(test func(*Entry) bool) (entries []*Entry) {
	n.table.each(func(e *Entry) {
		if test(e) {
			entries = append(entries, e)
		}
	})
	slices.SortFunc(entries, compareEntries)
	return entries
}

func compareEntries(a, b *Entry) int {
	return cmp.Or(
		cmp.Compare(a.rank(), b.rank()),
		cmp.Compare(a.il, b.il),
		cmp.Compare(a.last(), b.last()),
		cmp.Compare(a.protocol, b.protocol),
		cmp.Compare(a.ilID, b.ilID),
		cmp.Compare(a.ig, b.ig),
		cmp.Compare(a.igID, b.igID),
		cmp.Compare(a.ol, b.ol),
		cmp.Compare(a.olID, b.olID),
		cmp.Compare(a.og, b.og),
		cmp.Compare(a.ogID, b.ogID),
	)
}

// rank is 0 for entries of outside addresses alone.
func (e *Entry) rank() int {
	if e.shape == simpleOutside || e.shape == portOutside {
		return 0
	}
	return 1
}

// last is the order of shapes within one inside local address.
func (e *Entry) last() int {
	switch e.shape {
	case flow:
		return 0
	case port, portOutside, door:
		return 1
	}
	return 2
}
