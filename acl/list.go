package acl

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Rule is an entry in its list, with its hits. A rule is never changed once
// it is in a list: an edit makes a new one that shares the counter.
type Rule struct {
	Entry
	hits      *atomic.Uint64
	when      *TimeRange // nil: always
	reflexive *Reflexive // that the entry names, nil for none
	mirror    *mirror    // whose rule this is, nil for a rule that is configured
}

// Active reports whether the entry counts now.
func (r *Rule) Active() bool { return r.when == nil || r.when.Active() }

// Hits is how many packets the entry has decided.
func (r *Rule) Hits() uint64 { return r.hits.Load() }

// Hit counts n packets that the rule has decided, as Evaluate does one. It may be
// called from anywhere.
func (r *Rule) Hit(n uint64) {
	r.hits.Add(n)
	if m := r.mirror; m != nil {
		m.used.Store(m.of.lists.now.Load())
	}
}

// List is an access list. It belongs to the router's loop; a Snapshot of it may
// be read from anywhere. A nil list is one that is not defined.
type List struct {
	name     string
	kind     Kind
	table    *Table
	rules    []*Rule         // in order; edited in place
	entries  map[Entry]*Rule // all but remarks, by what they say
	unread   int             // how many of them are Unread
	mirrored int             // how many name a reflexive list
	snapshot *Snapshot       // nil since the last edit
}

// A Snapshot is the content of a list at a moment. It never changes.
type Snapshot struct {
	rules   []*Rule
	entries int // how many of them are no remarks

	// What Lookup searches, made by the first one.
	compile   sync.Once
	known     []*Rule
	evaluates []int32 // indices of known
	index     *index  // nil where they are few
}

// NewList returns an empty list. Table.Open is the way to make one that a
// router knows.
func NewList(name string, kind Kind) *List {
	return &List{name: name, kind: kind, table: &Table{}}
}

// Name is the list's name or number.
func (l *List) Name() string { return l.name }

// Kind is the list's kind.
func (l *List) Kind() Kind { return l.kind }

// Numbered reports whether the list's name is a number, which decides how the
// running configuration prints it.
func (l *List) Numbered() bool {
	_, ok := number(l.name)
	return ok
}

// Empty reports whether the list holds no entry but remarks, or is not defined.
func (l *List) Empty() bool { return l == nil || len(l.entries) == 0 }

// Incomplete reports whether an entry of the list is Unread, so that it is not known
// what the list as a whole permits.
func (l *List) Incomplete() bool { return l != nil && l.unread > 0 }

// Snapshot is the list as it is now: the same one until an edit changes the list,
// nil for a nil list.
func (l *List) Snapshot() *Snapshot {
	if l == nil {
		return nil
	}
	if l.mirrored > 0 {
		l.table.Reflexive.look()
	}
	if l.snapshot == nil {
		l.snapshot = &Snapshot{rules: slices.Clone(l.rules), entries: len(l.entries)}
	}
	return l.snapshot
}

// Rules are the entries in order. The slice must not be changed, and no edit
// changes it.
func (l *List) Rules() []*Rule {
	if l == nil {
		return nil
	}
	return l.Snapshot().rules
}

// ClearHits sets every counter to zero.
func (l *List) ClearHits() {
	for _, r := range l.rules {
		r.hits.Store(0)
	}
}
