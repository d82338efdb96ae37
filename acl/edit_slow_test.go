package acl

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A slowList is edited in the plainest way: each edit looks at every entry.
type slowList struct{ entries []Entry }

func (l *slowList) index(holds func(Entry) bool) int { return slices.IndexFunc(l.entries, holds) }

func (l *slowList) add(e Entry) error {
	if e.Action != Remark && l.index(func(o Entry) bool { return o.said() == e.said() }) >= 0 {
		return nil
	}
	at, last := len(l.entries), 0
	for i, o := range l.entries {
		if o.Action == Remark {
			continue
		}
		if e.Sequence != 0 && o.Sequence >= e.Sequence && at == len(l.entries) {
			if at = i; o.Sequence == e.Sequence && e.Action != Remark {
				return ErrDuplicateSequence
			}
		}
		last = o.Sequence
	}
	for at < len(l.entries) && at > 0 && l.entries[at-1].Action == Remark {
		at--
	}
	switch {
	case e.Action == Remark:
		e.Sequence = 0
	case e.Sequence == 0:
		e.Sequence = last + SequenceStep
	}
	l.entries = slices.Insert(slices.Clone(l.entries), at, e)
	return nil
}

func (l *slowList) drop(holds func(Entry) bool) error {
	at := l.index(holds)
	if at < 0 {
		return ErrNoEntry
	}
	l.entries = slices.Delete(slices.Clone(l.entries), at, at+1)
	return nil
}

func TestEditsAgainstSlowModel(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(3, 4))}
	for range 100 {
		l, model := NewList("T", Extended), &slowList{}
		for range 60 {
			line := fmt.Sprintf("permit ip host 10.0.0.%d any", g.IntN(12))
			if g.IntN(4) == 0 {
				line = fmt.Sprintf("remark %d", g.IntN(3))
			}
			e := mustParse(t, line, Extended)
			if g.IntN(2) == 0 {
				e.Sequence = 5 * (1 + g.IntN(30))
			}
			before := l.Snapshot()
			was := slices.Clone(before.rules)
			var got, want error
			switch g.IntN(5) {
			case 0:
				got, want = l.Delete(e), model.drop(func(o Entry) bool { return o.said() == e.said() })
				line = "no " + line
			case 1:
				n := 5 * (1 + g.IntN(30))
				got = l.DeleteSequence(n)
				want = model.drop(func(o Entry) bool { return o.Action != Remark && o.Sequence == n })
				line = fmt.Sprint("no ", n)
			default:
				got, want = l.Add(e), model.add(e)
			}
			var entries []Entry
			for _, r := range l.Rules() {
				entries = append(entries, r.Entry)
			}
			if got != want || !slices.Equal(entries, model.entries) {
				t.Fatalf("%d %s: %v, want %v\ngot  %+v\nwant %+v", e.Sequence, line, got, want, entries, model.entries)
			}
			if !slices.Equal(before.rules, was) {
				t.Fatalf("%s: a snapshot was changed", line)
			}
		}
	}
}

// BenchmarkLoad takes ten times as long for ten times as many entries.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{2_000, 20_000} {
		entries := make([]Entry, n)
		for i := range entries {
			entries[i] = Entry{Kind: Extended, Action: Permit, Src: Addresses{Addr: uint32(i)}, Dst: Any}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				l := NewList("T", Extended)
				for _, e := range entries {
					l.Add(e)
				}
			}
		})
	}
}
