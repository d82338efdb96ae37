package acl

import "sync/atomic"

// A Reflected is an entry of a reflexive list that a packet would make. Questions take it
// for made.
type Reflected struct {
	list *Reflexive
	key  mirrorKey
}

// Reflects returns the entry that Follow would make because of the packet, ok false for
// none.
func (r Result) Reflects(p *Packet) (made Reflected, ok bool) {
	if r.Outcome != Permitted || r.Via != nil || r.Rule.reflexive == nil {
		return made, false
	}
	x, back := r.Rule.reflexive, p.Reversed()
	if x.table.find(&back) != nil || !x.makes(&back) {
		return made, false
	}
	return Reflected{x, keyOf(&back)}, true
}

// List is the name of the reflexive list.
func (m Reflected) List() string { return m.list.name }

// Entry is what the entry would say.
func (m Reflected) Entry() Entry { return m.key.entry() }

// lets reports whether the entry would let a packet pass that the list is asked about.
func (m Reflected) lets(p *Packet, asked *Reflexive) bool {
	k := keyOf(p)
	return m.list == asked && (k == m.key || p.Fragment && k == m.key.pair())
}

// rule is the rule that the entry would have.
func (m Reflected) rule() *Rule { return &Rule{Entry: m.key.entry(), hits: new(atomic.Uint64)} }
