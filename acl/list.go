package acl

import "sync/atomic"

// Rule is an entry in its list, with its hits. A rule is never changed once
// it is in a list: an edit makes a new one that shares the counter.
type Rule struct {
	Entry
	hits *atomic.Uint64
}

// Hits is how many packets the entry has decided.
func (r *Rule) Hits() uint64 { return r.hits.Load() }

// List is an access list. Its methods that change it belong on the router's
// loop; the others may be called from anywhere.
type List struct {
	name  string
	kind  Kind
	rules atomic.Pointer[[]*Rule]
}

// NewList returns an empty list. Table.Open is the way to make one that a
// router knows.
func NewList(name string, kind Kind) *List { return &List{name: name, kind: kind} }

// Name is the list's name or number.
func (l *List) Name() string { return l.name }

// Kind is the list's kind.
func (l *List) Kind() Kind { return l.kind }

// Numbered says whether the list's name is a number, which decides how the
// running configuration prints it.
func (l *List) Numbered() bool {
	_, ok := number(l.name)
	return ok
}

// Rules are the entries in order. The slice must not be changed.
func (l *List) Rules() []*Rule {
	if l == nil {
		return nil
	}
	if p := l.rules.Load(); p != nil {
		return *p
	}
	return nil
}

// ClearHits sets every counter to zero.
func (l *List) ClearHits() {
	for _, r := range l.Rules() {
		r.hits.Store(0)
	}
}

// Hit counts n packets that the rule has decided, as Evaluate does one. It may be
// called from anywhere.
func (r *Rule) Hit(n uint64) { r.hits.Add(n) }
