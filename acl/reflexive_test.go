package acl

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// A fakeClock stands until it is passed.
type fakeClock struct {
	now    time.Duration
	timers []*fakeTimer // by their times
}

type fakeTimer struct {
	at time.Duration
	f  func() // nil: stopped
}

func (c *fakeClock) Now() time.Duration { return c.now }

func (c *fakeClock) After(d time.Duration, f func()) func() {
	t := &fakeTimer{c.now + d, f}
	at := len(c.timers)
	for at > 0 && c.timers[at-1].at > t.at {
		at--
	}
	c.timers = slices.Insert(c.timers, at, t)
	return func() { t.f = nil }
}

func (c *fakeClock) pass(d time.Duration) {
	end := c.now + d
	for len(c.timers) > 0 && c.timers[0].at <= end {
		t := c.timers[0]
		c.timers = c.timers[1:]
		if t.f != nil {
			c.now = t.at
			t.f()
		}
	}
	c.now = end
}

func (c *fakeClock) running() (n int) {
	for _, t := range c.timers {
		if t.f != nil {
			n++
		}
	}
	return n
}

// edge is a router's two lists: what leaves is let pass and reflected, what comes in is
// asked for.
type edge struct {
	t       testing.TB
	clock   fakeClock
	table   Table
	out, in *List
}

func newEdge(t testing.TB, out, in []string) *edge {
	t.Helper()
	e := &edge{t: t}
	e.table.Reflexive.Clock = &e.clock
	for name, lines := range map[string][]string{"OUT": out, "IN": in} {
		l, err := e.table.Open(name, Extended)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			words := strings.Fields(line)
			entry, err := ParseNamed(words, Extended)
			if words[0] == "evaluate" {
				entry, err = Entry{Kind: Extended, Action: Evaluate, Text: words[1]}, nil
			}
			if err == nil {
				err = l.Add(entry)
			}
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
	}
	e.out, e.in = e.table.Get("OUT"), e.table.Get("IN")
	return e
}

// pass has a packet ask a list as an interface does.
func (e *edge) pass(l *List, p Packet) Result {
	r := l.Lookup(&p)
	r.Count()
	r.Follow(&p)
	return r
}

func (e *edge) leaves(p Packet) bool { return e.pass(e.out, p).Passes() }
func (e *edge) enters(p Packet) bool { return e.pass(e.in, p).Passes() }

var mirrorLists = [2][]string{{"permit ip any any reflect MIRROR"}, {"permit gre any any", "evaluate MIRROR"}}

func TestReflexiveListLetsAnswersPass(t *testing.T) {
	for _, c := range []struct {
		name          string
		out, in, also Packet // also does not pass
	}{
		{"udp", udp("10.1.1.1", "20.1.1.1", 1000, 53), udp("20.1.1.1", "10.1.1.1", 53, 1000), udp("20.1.1.1", "10.1.1.1", 53, 1001)},
		{"tcp", tcp("10.1.1.1", "20.1.1.1", 1000, 80, flagSYN), tcp("20.1.1.1", "10.1.1.1", 80, 1000, flagSYN|flagACK), udp("20.1.1.1", "10.1.1.1", 80, 1000)},
		{"icmp of every type", icmp("10.1.1.1", "20.1.1.1", 8, 0), icmp("20.1.1.1", "10.1.1.1", 8, 0), icmp("20.1.1.2", "10.1.1.1", 0, 0)},
		{"another protocol", Packet{Src: addr("10.1.1.1"), Dst: addr("20.1.1.1"), Protocol: 50}, Packet{Src: addr("20.1.1.1"), Dst: addr("10.1.1.1"), Protocol: 50}, Packet{Src: addr("20.1.1.1"), Dst: addr("10.1.1.1"), Protocol: 51}},
		{"a later fragment", udp("10.1.1.1", "20.1.1.1", 1000, 53), fragment(udp("20.1.1.1", "10.1.1.1", 53, 1000)), fragment(tcp("20.1.1.1", "10.1.1.1", 53, 1000, 0))},
	} {
		e := newEdge(t, mirrorLists[0], mirrorLists[1])
		if e.enters(c.in) {
			t.Errorf("%s: passes before anything has left", c.name)
		}
		if e.out.Lookup(&c.out); e.enters(c.in) {
			t.Errorf("%s: a question has made an entry", c.name)
		}
		made, ok := e.out.Lookup(&c.out).Reflects(&c.out)
		if r := e.in.LookupAssuming(&c.in, []Reflected{made}); !ok || !r.Passes() || r.Via == nil || e.enters(c.in) {
			t.Errorf("%s: what would be made is %v %v, and the answer %v", c.name, made, ok, r)
		}
		if r := e.in.LookupAssuming(&c.also, []Reflected{made}); r.Passes() {
			t.Errorf("%s: something else would pass, too", c.name)
		}
		if !e.leaves(c.out) || !e.enters(c.in) {
			t.Errorf("%s: the answer does not pass", c.name)
		}
		if e.enters(c.also) {
			t.Errorf("%s: something else passes, too", c.name)
		}
		if _, ok := e.out.Lookup(&c.out).Reflects(&c.out); ok {
			t.Errorf("%s: would be made again", c.name)
		}
		e.clock.pass(DefaultReflexiveTimeout - time.Second)
		if !e.enters(c.in) {
			t.Errorf("%s: does not last", c.name)
		}
		e.clock.pass(DefaultReflexiveTimeout)
		if c.in.Fragment {
			continue // fragments keep nothing alive
		}
		if e.enters(c.in) || e.table.Reflexive.mirrors != 0 {
			t.Errorf("%s: lasts too long", c.name)
		}
	}
}

func TestReflexiveListFollowsConnections(t *testing.T) {
	const a, b = "10.1.1.1", "20.1.1.1"
	out := func(flags uint8) Packet { return tcp(a, b, 1000, 80, flags) }
	in := func(flags uint8) Packet { return tcp(b, a, 80, 1000, flags) }
	begin := func() *edge {
		e := newEdge(t, mirrorLists[0], mirrorLists[1])
		e.leaves(out(flagSYN))
		e.enters(in(flagSYN | flagACK))
		return e
	}
	open := func(e *edge) bool { p := in(flagACK); return e.in.Lookup(&p).Passes() }

	e := begin()
	e.leaves(out(flagFIN | flagACK))
	e.clock.pass(time.Minute)
	if !open(e) {
		t.Error("one FIN ends it")
	}
	e.enters(in(flagFIN | flagACK))
	e.clock.pass(4 * time.Second)
	e.leaves(out(flagACK))
	if !open(e) {
		t.Error("two FINs end it at once")
	}
	e.clock.pass(time.Second)
	if open(e) {
		t.Error("two FINs do not end it")
	}

	e = begin()
	e.enters(in(flagRST))
	if open(e) {
		t.Error("a reset from outside does not end it")
	}
	e = begin()
	e.leaves(out(flagRST | flagACK))
	if open(e) {
		t.Error("a reset from inside does not end it")
	}
	if e.leaves(out(flagRST)); open(e) {
		t.Error("a reset makes an entry")
	}

	e = begin()
	e.leaves(out(flagFIN))
	e.enters(in(flagFIN))
	e.clock.pass(time.Second)
	e.leaves(out(flagSYN))
	e.clock.pass(time.Minute)
	if !open(e) {
		t.Error("a new connection ends with the old one")
	}
}

func TestReflexiveListShows(t *testing.T) {
	e := newEdge(t, []string{"permit tcp any any reflect MIRROR timeout 60", "permit icmp any any reflect MIRROR"}, []string{"evaluate MIRROR"})
	e.table.Reflexive.Timeout = 100 * time.Second
	for range 5 {
		e.leaves(icmp("10.1.1.1", "20.1.1.1", 8, 0))
		e.enters(icmp("20.1.1.1", "10.1.1.1", 0, 0))
	}
	e.leaves(tcp("10.1.1.1", "20.1.1.1", 1000, 80, flagSYN))
	e.clock.pass(1500 * time.Millisecond)
	show := func() string {
		var lines []string
		for _, l := range e.table.Shown() {
			lines = append(lines, l.ShowLines()...)
		}
		return strings.Join(lines, "\n")
	}
	want := `Extended IP access list IN
    10 evaluate MIRROR
Reflexive IP access list MIRROR
     permit icmp host 20.1.1.1 host 10.1.1.1  (10 matches) (time left 98)
     permit tcp host 20.1.1.1 eq www host 10.1.1.1 eq 1000  (1 match) (time left 58)
Extended IP access list OUT
    10 permit tcp any any reflect MIRROR timeout 60 (1 match)
    20 permit icmp any any reflect MIRROR (5 matches)`
	if got := show(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if err := e.out.Resequence(100, 100); err != nil || !strings.Contains(show(), "host 10.1.1.1  (10 matches)") {
		t.Errorf("numbering anew (%v):\n%s", err, show())
	}
	if _, err := e.table.Open("MIRROR", Extended); err != ErrIncompatible {
		t.Errorf("a list of the same name: %v", err)
	}
	if err := e.in.Add(Entry{Kind: Extended, Action: Evaluate, Text: "OUT"}); err != ErrIncompatible {
		t.Errorf("to evaluate what is no reflexive list: %v", err)
	}
	if err := e.out.DeleteSequence(100); err != nil || !strings.Contains(show(), "permit icmp host 20.1.1.1") {
		t.Errorf("without one of its entries (%v):\n%s", err, show())
	}
	if err := e.out.DeleteSequence(200); err != nil || strings.Contains(show(), "time left") || e.clock.running() != 0 {
		t.Errorf("without both (%v):\n%s", err, show())
	}
	if e.out.mirrored != 0 {
		t.Errorf("%d entries are taken for reflecting", e.out.mirrored)
	}
	if e.in.DeleteSequence(10); e.table.Reflexive.Get("MIRROR") != nil {
		t.Error("the list is there when nothing names it")
	}
}

func TestReflexiveListsAreBounded(t *testing.T) {
	e := newEdge(t, mirrorLists[0], mirrorLists[1])
	for i := range MaxMirrors + 100 {
		if !e.leaves(udp("10.1.1.1", fmt.Sprintf("20.1.%d.%d", i>>8&255, i&255), uint16(1000+i>>16), 53)) {
			t.Fatal("a packet does not pass")
		}
	}
	if n := e.table.Reflexive.mirrors; n != MaxMirrors {
		t.Errorf("%d entries", n)
	}
	e.clock.pass(DefaultReflexiveTimeout)
	if x := e.table.Reflexive.Get("MIRROR"); e.table.Reflexive.mirrors != 0 || x.table.size != 0 || x.mirrors.Len() != 0 || len(x.table.shared) != 0 {
		t.Errorf("%d entries are left, %d in the table", e.table.Reflexive.mirrors, x.table.size)
	}
}

// TestMirrorsSpread: with a secret key no pair of hosts has all its entries in one bucket,
// not even one that is chosen by what the hash is made of.
func TestMirrorsSpread(t *testing.T) {
	for _, pair := range [][2]string{{"20.1.1.1", "10.1.1.1"}, {"158.55.121.185", "127.74.124.21"}} {
		table := mirrorTable{hashKey: 0x123456789abcdef}
		for port := range 4096 {
			k := mirrorKey{src: toUint(addr(pair[0])), dst: toUint(addr(pair[1])), srcPort: uint16(port), dstPort: 53, protocol: protoUDP, ports: true}
			table.insert(k, &Rule{})
		}
		longest := 0
		for i := range *table.buckets.Load() {
			length := 0
			for n := (*table.buckets.Load())[i].Load(); n != nil; n = n.next.Load() {
				length++
			}
			longest = max(longest, length)
		}
		if longest > 16 {
			t.Errorf("%v: %d entries in one bucket", pair, longest)
		}
	}
}

// slowEdge remembers all that has passed, and asks it.
type slowEdge struct{ passed []slowPassing }

type slowPassing struct {
	p       Packet
	at      time.Duration
	outward bool
}

// lets reports whether an answer passes at a time, by looking back.
func (s *slowEdge) lets(p Packet, now time.Duration) bool {
	back := p.Reversed()
	for i := len(s.passed) - 1; i >= 0; i-- {
		q := s.passed[i]
		if now-q.at >= DefaultReflexiveTimeout {
			return false
		}
		same := q.p
		if !q.outward {
			same = same.Reversed()
		}
		if same.Src == back.Src && same.Dst == back.Dst && same.SrcPort == back.SrcPort && same.DstPort == back.DstPort {
			if q.outward {
				return true
			}
			now = q.at // it is as good as what has let it pass
		}
	}
	return false
}

// TestReflexiveListAgainstSlowModel has packets leave and come in at random times.
func TestReflexiveListAgainstSlowModel(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(17, 18))}
	passed, refused := 0, 0
	for range 20 {
		e, model := newEdge(t, mirrorLists[0], mirrorLists[1]), slowEdge{}
		for range 1000 {
			e.clock.pass(time.Duration(g.IntN(40)) * time.Second)
			inside, outside := fmt.Sprintf("10.1.1.%d", g.IntN(3)), fmt.Sprintf("20.1.1.%d", g.IntN(3))
			port := uint16(1000 + g.IntN(3))
			if g.IntN(3) == 0 {
				p := udp(inside, outside, port, 53)
				e.leaves(p)
				model.passed = append(model.passed, slowPassing{p, e.clock.now, true})
				continue
			}
			p := udp(outside, inside, 53, port)
			want := model.lets(p, e.clock.now)
			if got := e.enters(p); got != want {
				t.Fatalf("%v at %v: %v, want %v", p, e.clock.now, got, want)
			}
			if want {
				passed++
				model.passed = append(model.passed, slowPassing{p, e.clock.now, false})
			} else {
				refused++
			}
		}
	}
	if min(passed, refused) < 1000 {
		t.Errorf("%d packets pass, %d do not", passed, refused)
	}
}

// TestReflexiveListIsReadWhileItChanges asks beside the loop for an entry that stays, while
// others come and go.
func TestReflexiveListIsReadWhileItChanges(t *testing.T) {
	e := newEdge(t, mirrorLists[0], mirrorLists[1])
	e.leaves(udp("10.1.1.1", "20.1.1.1", 1000, 53))
	snapshot := e.in.Snapshot()
	done, stop := make(chan bool), make(chan struct{})
	go func() {
		ok := true
		for p := udp("20.1.1.1", "10.1.1.1", 53, 1000); ; {
			select {
			case <-stop:
				done <- ok
				return
			default:
				r := snapshot.Lookup(&p)
				r.Count()
				ok = ok && r.Passes()
			}
		}
	}()
	for i := range 20_000 {
		e.leaves(udp("10.1.1.2", "20.1.1.1", uint16(i), 53))
		if i%7000 == 6999 {
			e.clock.pass(DefaultReflexiveTimeout / 2)
			e.leaves(udp("10.1.1.1", "20.1.1.1", 1000, 53))
		}
	}
	close(stop)
	if !<-done {
		t.Error("an entry that stays is not found")
	}
}

// TestReflexiveListIsAskedWithoutAllocation as long as packets change nothing.
func TestReflexiveListIsAskedWithoutAllocation(t *testing.T) {
	e := newEdge(t, mirrorLists[0], mirrorLists[1])
	out, in := udp("10.1.1.1", "20.1.1.1", 1000, 53), udp("20.1.1.1", "10.1.1.1", 53, 1000)
	e.leaves(out)
	inside, outside := e.out.Snapshot(), e.in.Snapshot()
	if n := testing.AllocsPerRun(100, func() {
		r := inside.Lookup(&out)
		also, ok := r.Settled(&out)
		back := outside.Lookup(&in)
		_, settled := back.Settled(&in)
		if !ok || !settled || !back.Passes() {
			t.Error("not settled")
		}
		r.Count()
		also.Hit(1)
		back.Count()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
