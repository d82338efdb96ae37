package acl

import (
	"errors"
	"slices"
	"sort"
	"sync/atomic"
)

// Errors of editing a list, in the words of IOS.
var (
	ErrDuplicateSequence = errors.New("% Duplicate sequence number\n%Failed to add ace to access-list")
	ErrSequenceTooHigh   = errors.New("% Sequence number exceeds maximum value\n%Failed to add ace to access-list")
	ErrNoEntry           = errors.New("%Access rule does not exist")
	ErrKind              = errors.New("% An entry of one kind cannot stand in a list of another")
)

// SequenceStep is by how much the number that a list assigns is above the last.
const SequenceStep = 10

// Add puts an entry into the list: at the end without a sequence number, else
// at its place. An entry that the list already holds is passed over without a
// word, whatever its number; a remark may say the same as another.
func (l *List) Add(e Entry) error {
	switch {
	case e.Kind != l.kind:
		return ErrKind
	case l.table.lists[e.reflexive()] != nil:
		return ErrIncompatible
	case e.Action == Remark:
		at := len(l.rules)
		if e.Sequence != 0 {
			at, _ = place(l.rules, e.Sequence)
		}
		e.Sequence = 0
		l.insert(at, e)
		return nil
	case l.entries[e.said()] != nil:
		return nil
	case e.Sequence == 0:
		last := lastSequence(l.rules)
		if last > MaxSequence-SequenceStep {
			return ErrSequenceTooHigh
		}
		e.Sequence = last + SequenceStep
		l.insert(len(l.rules), e)
		return nil
	}
	at, taken := place(l.rules, e.Sequence)
	if taken {
		return ErrDuplicateSequence
	}
	l.insert(at, e)
	return nil
}

// Delete removes the entry that says the same as e, sequence number or not.
func (l *List) Delete(e Entry) error {
	if e.Action == Remark {
		return l.drop(slices.IndexFunc(l.rules, func(r *Rule) bool { return r.said() == e.said() }))
	}
	return l.drop(slices.Index(l.rules, l.entries[e.said()]))
}

// DeleteSequence removes the entry of that number.
func (l *List) DeleteSequence(sequence int) error {
	at, found := place(l.rules, sequence)
	if !found {
		return ErrNoEntry
	}
	for l.rules[at].Action == Remark {
		at++
	}
	return l.drop(at)
}

// Resequence numbers the entries anew, keeping their hits.
func (l *List) Resequence(start, step int) error {
	rules := slices.Clone(l.rules)
	next := int64(start)
	for i, r := range rules {
		if r.Action == Remark {
			continue
		}
		if next > MaxSequence {
			return ErrSequenceTooHigh
		}
		e := r.Entry
		e.Sequence = int(next)
		rules[i] = &Rule{Entry: e, hits: r.hits}
		next += int64(step)
	}
	old := *l
	*l = List{name: l.name, kind: l.kind, table: l.table}
	for _, r := range rules {
		l.put(len(l.rules), r)
	}
	old.clear() // only now, so that reflexive lists keep their entries
	return nil
}

func (l *List) insert(at int, e Entry) { l.put(at, &Rule{Entry: e, hits: new(atomic.Uint64)}) }

// put makes r the rule of that index.
func (l *List) put(at int, r *Rule) {
	l.tie(r)
	l.rules = slices.Insert(l.rules, at, r)
	if r.Action != Remark {
		if l.entries == nil {
			l.entries = make(map[Entry]*Rule)
		}
		l.entries[r.said()] = r
	}
	if r.Action == Unread {
		l.unread++
	}
	l.snapshot = nil
}

// drop removes the rule of that index, -1 for none.
func (l *List) drop(at int) error {
	if at < 0 {
		return ErrNoEntry
	}
	r := l.rules[at]
	l.untie(r)
	if r.Action != Remark {
		delete(l.entries, r.said())
		if r.Action == Unread {
			l.unread--
		}
	}
	l.rules = slices.Delete(l.rules, at, at+1)
	l.snapshot = nil
	return nil
}

// clear empties the list.
func (l *List) clear() {
	for _, r := range l.rules {
		l.untie(r)
	}
	*l = List{name: l.name, kind: l.kind, table: l.table}
}

// tie finds what the rule names.
func (l *List) tie(r *Rule) {
	r.when = l.table.TimeRanges.use(r.TimeRange)
	if r.reflexive = l.table.Reflexive.use(&r.Entry); r.reflexive != nil {
		l.mirrored++
	}
}

// untie ends the use of what the rule names.
func (l *List) untie(r *Rule) {
	l.table.TimeRanges.release(r.when, 1)
	l.table.Reflexive.release(r.reflexive, &r.Entry)
	if r.reflexive != nil {
		l.mirrored--
	}
}

// place is where an entry of that number belongs: before the first that has it, or
// a higher one, and the remarks on that. It reports whether one has it.
func place(rules []*Rule, sequence int) (at int, taken bool) {
	next := func(i int) int { // the number of the first entry from index i on, 0 for none
		for _, r := range rules[i:] {
			if r.Action != Remark {
				return r.Sequence
			}
		}
		return 0
	}
	at = sort.Search(len(rules), func(i int) bool { n := next(i); return n == 0 || n >= sequence })
	switch next(at) {
	case 0:
		return len(rules), false
	case sequence:
		return at, true
	}
	return at, false
}

func lastSequence(rules []*Rule) int {
	for _, r := range slices.Backward(rules) {
		if r.Action != Remark {
			return r.Sequence
		}
	}
	return 0
}
