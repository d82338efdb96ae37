package acl

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestIndexAgainstComparingAll changes long lists at random and asks after each change:
// the index finds the entry that is found by comparing one after another.
func TestIndexAgainstComparingAll(t *testing.T) {
	lists, changes, packets := 60, 20, 1000
	if testing.Short() {
		packets = 50
	}
	g := generator{rand.New(rand.NewPCG(7, 8))}
	var indexed, permitted, denied, neither int
	for n := range lists {
		kind := Extended
		if n%5 == 4 {
			kind = Standard
		}
		l := NewList("T", kind)
		for l.Empty() || len(l.entries) < 10+n*4 && (kind == Extended || len(l.entries) < 25) {
			l.Add(g.entry(t, kind))
		}
		for range changes {
			switch g.IntN(4) {
			case 0:
				l.DeleteSequence(10 * (1 + g.IntN(len(l.rules))))
			case 1:
				l.Resequence(10, 10)
			case 2:
				e := g.entry(t, kind)
				e.Sequence = 1 + g.IntN(10*len(l.rules))
				l.Add(e)
			}
			s := l.Snapshot()
			for range packets {
				p := g.packet()
				p.TOS = []uint8{0, 0xb8}[g.IntN(2)]
				got := s.Lookup(&p)
				if want := comparingAll(s.known, &p); got.Rule != want {
					t.Fatalf("%v\non %+v\ngot  %+v\nwant %+v", l.ConfigLines(), p, got.Rule, want)
				}
				switch {
				case got.Outcome == Permitted:
					permitted++
				case got.Outcome == Denied:
					denied++
				default:
					neither++
				}
			}
			if s.index != nil {
				indexed++
			}
		}
	}
	if indexed < lists*changes/2 || min(permitted, denied, neither) < packets*10 {
		t.Errorf("%d indexed lists; %d packets permitted, %d denied, %d by no entry", indexed, permitted, denied, neither)
	}
}

func comparingAll(rules []*Rule, p *Packet) *Rule {
	for _, r := range rules {
		if r.Matches(p) {
			return r
		}
	}
	return nil
}

// entry is one of any form, most of them narrow.
func (g generator) entry(t testing.TB, kind Kind) Entry {
	if kind == Standard {
		return mustParse(t, g.pick("permit ", "deny ")+g.pick(g.address().String(), g.address().String()+" "+g.pick("0.0.0.1", "0.2.0.0", "0.0.0.255")), kind)
	}
	switch g.IntN(30) {
	case 0:
		return Entry{Kind: kind, Action: Remark, Text: fmt.Sprint(g.IntN(100))}
	case 1:
		return mustParse(t, fmt.Sprintf("permit %d any host %v dscp ef", g.IntN(256), g.address()), kind)
	case 2:
		return mustParse(t, fmt.Sprintf("deny tcp host %v any match-all +syn -ack", g.address()), kind)
	case 3:
		return mustParse(t, fmt.Sprintf("deny icmp host %v host %v unreachable", g.address(), g.address()), kind)
	}
	for {
		e := mustParse(t, g.line(), kind)
		if e.Src != Any && e.Dst != Any || g.IntN(20) == 0 {
			return e
		}
	}
}

// TestUnreadEndsALongList also where the entry itself is in the index.
func TestUnreadEndsALongList(t *testing.T) {
	l := NewList("T", Extended)
	for i := range 40 {
		if i == 30 {
			l.Add(Entry{Kind: Extended, Action: Unread, Text: "evaluate X"})
		}
		l.Add(mustParse(t, fmt.Sprintf("permit ip host 10.0.0.%d any", i), Extended))
	}
	for i, want := range map[int]Outcome{29: Permitted, 30: ImplicitlyDenied} {
		p := udp(fmt.Sprintf("10.0.0.%d", i), "1.1.1.1", 1, 2)
		if got := l.Lookup(&p).Outcome; got != want {
			t.Errorf("10.0.0.%d: outcome %d, want %d", i, got, want)
		}
	}
}

// TestSteps compares the tables of steps with a search from the front.
func TestSteps(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(11, 12))}
	for range 300 {
		var s steps
		s.add(0, -1)
		at, close := uint32(0), g.IntN(2) == 0
		for range g.IntN(200) {
			width := 31 - g.IntN(32)
			if close && g.IntN(10) > 0 {
				width = 3
			}
			next := at + 1 + g.Uint32()>>(31-width)
			if next < at {
				break
			}
			at = next
			s.add(at, int32(g.IntN(1000)))
		}
		s.finish()
		for range 300 {
			value := g.Uint32() >> g.IntN(32)
			if g.IntN(2) == 0 {
				value = s.steps[g.IntN(len(s.steps))].at + uint32(g.IntN(3)) - 1
			}
			want := int32(-1)
			for _, step := range s.steps {
				if step.at <= value {
					want = step.is
				}
			}
			if got := s.at(value); got != want {
				t.Fatalf("%v at %d: %d, want %d", s.steps, value, got, want)
			}
		}
		if len(s.slots) > 8*len(s.steps)+8 {
			t.Fatalf("%d slots for %d steps", len(s.slots), len(s.steps))
		}
	}
}
