package acl

import (
	"errors"
	"slices"
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
	if e.Kind != l.kind {
		return ErrKind
	}
	rules := l.Rules()
	if e.Action != Remark && slices.ContainsFunc(rules, func(r *Rule) bool { return r.same(e) }) {
		return nil
	}
	at := len(rules)
	switch {
	case e.Action == Remark:
		at = place(rules, e.Sequence)
		e.Sequence = 0
	case e.Sequence == 0:
		last := lastSequence(rules)
		if last > MaxSequence-SequenceStep {
			return ErrSequenceTooHigh
		}
		e.Sequence = last + SequenceStep
	default:
		if find(rules, e.Sequence) >= 0 {
			return ErrDuplicateSequence
		}
		at = place(rules, e.Sequence)
	}
	l.publish(slices.Insert(slices.Clone(rules), at, &Rule{e, new(atomic.Uint64)}))
	return nil
}

// Delete removes the entry that says the same as e, sequence number or not.
func (l *List) Delete(e Entry) error {
	return l.drop(slices.IndexFunc(l.Rules(), func(r *Rule) bool { return r.same(e) }))
}

// DeleteSequence removes the entry of that number.
func (l *List) DeleteSequence(sequence int) error {
	return l.drop(find(l.Rules(), sequence))
}

// Resequence numbers the entries anew, keeping their hits.
func (l *List) Resequence(start, step int) error {
	rules := slices.Clone(l.Rules())
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
		rules[i] = &Rule{e, r.hits}
		next += int64(step)
	}
	l.publish(rules)
	return nil
}

func (l *List) drop(i int) error {
	if i < 0 {
		return ErrNoEntry
	}
	l.publish(slices.Delete(slices.Clone(l.Rules()), i, i+1))
	return nil
}

func (l *List) publish(rules []*Rule) { l.rules.Store(&rules) }

// find returns the index of the entry with the number, or -1.
func find(rules []*Rule, sequence int) int {
	return slices.IndexFunc(rules, func(r *Rule) bool {
		return r.Action != Remark && r.Sequence == sequence
	})
}

// place is where an entry of that number belongs: before the first higher
// one and the remarks on it. A number of zero belongs at the end.
func place(rules []*Rule, sequence int) int {
	if sequence == 0 {
		return len(rules)
	}
	remarks := 0
	for i, r := range rules {
		switch {
		case r.Action == Remark:
			remarks++
		case r.Sequence >= sequence:
			return i - remarks
		default:
			remarks = 0
		}
	}
	return len(rules)
}

func lastSequence(rules []*Rule) int {
	for _, r := range slices.Backward(rules) {
		if r.Action != Remark {
			return r.Sequence
		}
	}
	return 0
}
