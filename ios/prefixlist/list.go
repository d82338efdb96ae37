package prefixlist

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"sync/atomic"
)

// step is how far apart entries are that are added without a number.
const step = 5

// A List is a prefix-list. A nil list is one that is not defined.
type List struct {
	Name        string
	Description string

	entries  []*Entry // by sequence; an entry never changes
	snapshot *Snapshot
}

// A Snapshot is a list as it was at a moment. It never changes.
type Snapshot struct{ entries []*Entry }

// An ExistsError is of an entry that the list has already, or of a number that another
// entry has.
type ExistsError struct {
	Sequence bool // the number is taken, not the entry
	Entry    *Entry
}

// Error returns what IOS answers.
func (e *ExistsError) Error() string {
	what := "prefix-list entry"
	if e.Sequence {
		what = "seq #"
	}
	return fmt.Sprintf("%%Insertion failed - %s exists: %d %v", what, e.Entry.Sequence, e.Entry)
}

// Add adds an entry. Without a number it comes last, and one that is there already
// stays as it is. It is an ExistsError where the number is another entry's, or the
// entry has another number.
func (l *List) Add(e Entry) error {
	e.Prefix = e.Prefix.Masked()
	if err := e.check(); err != nil {
		return err
	}
	same := l.Find(&e)
	if e.Sequence == 0 {
		if same != nil {
			return nil
		}
		e.Sequence = l.last() + step
	}
	at, taken := slices.BinarySearchFunc(l.entries, e.Sequence, bySequence)
	if taken && l.entries[at].says(&e) {
		return nil
	}
	if taken {
		return &ExistsError{true, l.entries[at]}
	}
	if same != nil {
		return &ExistsError{false, same}
	}
	e.hits = new(atomic.Uint64)
	l.entries = slices.Insert(l.entries, at, &e)
	l.snapshot = nil
	return nil
}

func bySequence(e *Entry, sequence int) int { return cmp.Compare(e.Sequence, sequence) }

func (l *List) last() int {
	if len(l.entries) == 0 {
		return 0
	}
	return l.entries[len(l.entries)-1].Sequence
}

// Find returns the entry that says the same as e, whatever its number, or nil.
func (l *List) Find(e *Entry) *Entry {
	at := slices.IndexFunc(l.entries, func(o *Entry) bool { return o.says(e) })
	if at < 0 {
		return nil
	}
	return l.entries[at]
}

// Entry returns the entry of that number, or nil.
func (l *List) Entry(sequence int) *Entry {
	at, found := slices.BinarySearchFunc(l.entries, sequence, bySequence)
	if !found {
		return nil
	}
	return l.entries[at]
}

// Remove takes an entry of the list away.
func (l *List) Remove(e *Entry) {
	l.entries = slices.DeleteFunc(l.entries, func(o *Entry) bool { return o == e })
	l.snapshot = nil
}

// Entries lists the entries by their numbers. The list is not to be changed.
func (l *List) Entries() []*Entry { return l.Snapshot().entries }

// Ranged counts the entries with bounds.
func (l *List) Ranged() int {
	n := 0
	for _, e := range l.entries {
		if e.Ranged() {
			n++
		}
	}
	return n
}

// ClearHits sets the hits of the entries to zero that match p; of all where p is the
// zero prefix.
func (l *List) ClearHits(p netip.Prefix) {
	for _, e := range l.entries {
		if !p.IsValid() || e.Matches(p) {
			e.hits.Store(0)
		}
	}
}

// Snapshot is the list as it is now: the same one until it changes, nil for a nil list.
func (l *List) Snapshot() *Snapshot {
	if l == nil {
		return nil
	}
	if l.snapshot == nil {
		l.snapshot = &Snapshot{slices.Clone(l.entries)}
	}
	return l.snapshot
}

// Empty reports whether the list has no entry, or is not defined.
func (s *Snapshot) Empty() bool { return s == nil || len(s.entries) == 0 }

// Lookup returns the first entry that matches p, nil where there is none, and counts
// nothing.
func (s *Snapshot) Lookup(p netip.Prefix) *Entry {
	if s == nil {
		return nil
	}
	for _, e := range s.entries {
		if e.Matches(p) {
			return e
		}
	}
	return nil
}
