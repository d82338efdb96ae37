package acl

import (
	"cmp"
	"container/list"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
)

// Clock is what reflexive lists need of time. Now is the time since some beginning.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}

// DefaultReflexiveTimeout is how long an entry of a reflexive list lasts without packets
// where nothing else is configured.
const DefaultReflexiveTimeout = 300 * time.Second

// MaxMirrors bounds the entries of all reflexive lists of a router. What comes when there
// are so many is let pass, and nothing will let its answer pass.
const MaxMirrors = 1 << 16

// ReflexiveLists are a router's reflexive lists by name. The zero value is empty, and
// makes no entries without a Clock.
//
// A list is there as long as entries of others name it: those with `reflect`, whose packets
// make its entries, and `evaluate`, which asks it. It is changed on the router's loop and
// may be asked beside it.
type ReflexiveLists struct {
	Clock   Clock
	Timeout time.Duration // of entries that are made from now on; 0 is the default
	// HashKey is a random number that keeps hosts from choosing conversations that slow
	// the lists down. Nothing that can be seen depends on it.
	HashKey uint64
	lists   map[string]*Reflexive
	mirrors int
	now     atomic.Int64 // what Clock said when the loop looked last
}

// A Reflexive is a reflexive list.
type Reflexive struct {
	name     string
	lists    *ReflexiveLists
	reflects int       // entries that make its entries
	uses     int       // and others that name it
	mirrors  list.List // of *mirror, in the order in which they were made
	table    mirrorTable
}

// Name is the list's name.
func (x *Reflexive) Name() string { return x.name }

// Get returns the reflexive list of that name, or nil if there is no such list.
func (s *ReflexiveLists) Get(name string) *Reflexive { return s.lists[name] }

// All are the lists in the order of their names.
func (s *ReflexiveLists) All() []*Reflexive {
	all := make([]*Reflexive, 0, len(s.lists))
	for _, x := range s.lists {
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b *Reflexive) int { return cmp.Compare(a.name, b.name) })
	return all
}

// use is the list that one more entry names, nil for an entry that names none.
func (s *ReflexiveLists) use(e *Entry) *Reflexive {
	name := e.reflexive()
	if name == "" {
		return nil
	}
	x := s.lists[name]
	if x == nil {
		if s.lists == nil {
			s.lists = make(map[string]*Reflexive)
		}
		x = &Reflexive{name: name, lists: s, table: mirrorTable{hashKey: s.HashKey}}
		s.lists[name] = x
	}
	x.uses++
	if e.Reflect != "" {
		x.reflects++
	}
	return x
}

// release ends the use by an entry. Without one that makes them, a list has no entries.
func (s *ReflexiveLists) release(x *Reflexive, e *Entry) {
	if x == nil {
		return
	}
	if e.Reflect != "" {
		x.reflects--
	}
	if x.reflects == 0 {
		for e := x.mirrors.Back(); e != nil; e = x.mirrors.Back() {
			x.remove(e.Value.(*mirror))
		}
	}
	if x.uses--; x.uses == 0 {
		delete(s.lists, x.name)
	}
}

// look has the time of last use of entries be now.
func (s *ReflexiveLists) look() {
	if s.Clock != nil {
		s.now.Store(int64(s.Clock.Now()))
	}
}

// reflexive is the name of the reflexive list that the entry makes entries of or asks, ""
// for none.
func (e *Entry) reflexive() string {
	if e.Action == Evaluate {
		return e.Text
	}
	return e.Reflect
}

// Follow has reflexive lists take note of a packet that a list on an interface has let
// pass by the result: the packet makes an entry, keeps one, or ends one. It is
// to be called after Count.
func (r Result) Follow(p *Packet) {
	switch {
	case r.Outcome != Permitted:
	case r.Via != nil:
		r.Via.reflexive.lists.look()
		r.Rule.follow(p, fromOutside)
	case r.Rule.reflexive != nil:
		x := r.Rule.reflexive
		x.lists.look()
		back := p.Reversed()
		found := x.table.find(&back)
		if found == nil {
			found = x.make(&r.Rule.Entry, &back)
		}
		if found != nil {
			found.Hit(1)
			found.follow(p, fromInside)
		}
	}
}

// Settled reports whether Count and the hit of another rule, which may be nil, are all that
// Follow would do about the packet. It may be called beside the loop.
func (r Result) Settled(p *Packet) (also *Rule, ok bool) {
	switch {
	case r.Outcome != Permitted || r.Rule == nil:
		return nil, true
	case r.Via != nil:
		return nil, r.Rule.mirror == nil || !p.turns()
	case r.Rule.reflexive == nil:
		return nil, true
	}
	back := p.Reversed()
	also = r.Rule.reflexive.table.find(&back)
	return also, also != nil && !p.turns()
}

// ShowLines are the lines of `show access-lists`.
func (x *Reflexive) ShowLines() []string {
	x.lists.look()
	lines := []string{"Reflexive IP access list " + x.name}
	for e := x.mirrors.Front(); e != nil; e = e.Next() {
		m := e.Value.(*mirror)
		s := "     " + m.rule.ShowText()
		if hits := m.rule.hitsText(); hits != "" {
			s += " " + hits // two blanks, as IOS has it
		}
		lines = append(lines, s+" (time left "+strconv.Itoa(int(m.left()/time.Second))+")")
	}
	return lines
}

// ClearHits sets every counter to zero.
func (x *Reflexive) ClearHits() {
	for e := x.mirrors.Front(); e != nil; e = e.Next() {
		e.Value.(*mirror).rule.hits.Store(0)
	}
}
