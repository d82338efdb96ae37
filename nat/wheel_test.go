package nat

import (
	"math/rand"
	"testing"
	"time"
)

// TestWheel: each entry comes at its tick, whatever was added and removed meanwhile.
func TestWheel(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var w wheel
	due := make(map[*Entry]int64)
	spans := []int64{3, 255, 256, 257, 300, 65_535, 65_536, 70_000, 1 << 20, 1<<24 - 1, 1 << 24, 1<<24 + 1, 1 << 26}
	add := func() {
		e := new(Entry)
		at := w.at + 1 + random.Int63n(spans[random.Intn(len(spans))])
		w.add(e, at)
		due[e] = at
	}
	for range 5000 {
		switch random.Intn(4) {
		case 0, 1:
			add()
		case 2:
			for e := range due {
				w.remove(e)
				delete(due, e)
				break
			}
		default:
			to := w.at + random.Int63n(spans[random.Intn(len(spans))])
			next, ok := w.due()
			first := int64(1 << 62)
			for _, at := range due {
				first = min(first, at)
			}
			if ok != (len(due) > 0) || ok && (next > first || next <= w.at) {
				t.Fatalf("at %d the next is %d, %v; the first entry is due at %d", w.at, next, ok, first)
			}
			w.advance(to, func(e *Entry) {
				if due[e] != w.at {
					t.Fatalf("an entry of %d comes at %d", due[e], w.at)
				}
				delete(due, e)
				if random.Intn(3) == 0 {
					add()
				}
			})
			for _, at := range due {
				if at <= to {
					t.Fatalf("one of %d has not come by %d", at, to)
				}
			}
		}
	}
}

// TestTimeouts: each kind of entry goes after its own time, counted from the last packet in
// either direction.
func TestTimeouts(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []string
		timeout time.Duration
	}{
		{"udp", []string{"> udp 10.0.0.1:4000 20.1.1.1:4000"}, 300 * time.Second},
		{"dns", []string{"> udp 10.0.0.1:4000 20.1.1.1:53"}, 60 * time.Second},
		{"icmp", []string{"> icmp 10.0.0.1 20.1.1.1 7", "< icmp 20.1.1.1 200.1.1.1 7 reply"}, 60 * time.Second},
		{"syn", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 syn", "> tcp 10.0.0.1:4000 20.1.1.1:80 syn"}, 60 * time.Second},
		{"tcp", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 syn", "< tcp 20.1.1.1:80 200.1.1.1:4000 syn ack"}, 24 * time.Hour},
		{"tcp in its middle", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 ack"}, 24 * time.Hour},
		{"fin", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 ack", "< tcp 20.1.1.1:80 200.1.1.1:4000 fin ack"}, 60 * time.Second},
		{"after fin", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 fin ack", "< tcp 20.1.1.1:80 200.1.1.1:4000 ack"}, 60 * time.Second},
		{"rst", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 syn", "< tcp 20.1.1.1:80 200.1.1.1:4000 rst ack"}, 60 * time.Second},
		{"ports used again", []string{"> tcp 10.0.0.1:4000 20.1.1.1:80 rst", "> tcp 10.0.0.1:4000 20.1.1.1:80 syn", "< tcp 20.1.1.1:80 200.1.1.1:4000 syn ack"}, 24 * time.Hour},
		{"pptp", []string{"> tcp 10.0.0.1:4000 20.1.1.1:1723 ack"}, 20 * time.Hour},
		{"a port's own", []string{"> tcp 10.0.0.1:4000 20.1.1.1:8080 ack"}, 5 * time.Second},
		{"a port's own of UDP", []string{"> udp 10.0.0.1:4000 20.1.1.1:8081"}, 6 * time.Second},
		{"another protocol", []string{"> 99 10.0.0.1 20.1.1.1"}, 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := patRig(t)
			x := DefaultTimeouts()
			x.PPTP = 20 * time.Hour
			x.TCPPorts, x.UDPPorts = map[uint16]time.Duration{8080: 5 * time.Second}, map[uint16]time.Duration{8081: 6 * time.Second}
			r.SetTimeouts(x)
			for _, p := range c.packets {
				r.wait(500 * time.Millisecond)
				if got := r.step(p); got == "untouched" || got == "refused" {
					t.Fatal(p, got)
				}
			}
			got := r.Translations()[0]
			closing := c.timeout == 60*time.Second && got.Protocol == 6 && c.name != "syn"
			if got.Timeout != c.timeout || got.Left != c.timeout || got.TimingOut != closing {
				t.Errorf("%+v", got)
			}
			r.wait(c.timeout - 500*time.Millisecond)
			if len(r.Translations()) != 1 {
				t.Fatal("it went too early")
			}
			r.wait(time.Second)
			if len(r.Translations()) != 0 || r.Statistics().Expired != 1 || len(r.timers) > 1 {
				t.Error(r.Translations(), r.Statistics().Expired, len(r.timers))
			}
		})
	}
}

// TestNever: a timeout of zero keeps entries, and one that comes later ends them.
func TestNever(t *testing.T) {
	r := patRig(t)
	x := DefaultTimeouts()
	x.UDP = 0
	r.SetTimeouts(x)
	r.step("> udp 10.0.0.1:4000 20.1.1.1:4000")
	r.wait(1000 * time.Hour)
	if got := r.Translations(); len(got) != 1 || got[0].Timeout != 0 || got[0].Left != 0 {
		t.Fatal(got)
	}
	x.UDP = time.Minute
	r.SetTimeouts(x)
	r.wait(time.Second)
	r.shows()
}

// TestSimpleEntriesOutliveTheirConversations: they stay as long as one of these does, and
// count their time from the last packet of any.
func TestSimpleEntriesOutliveTheirConversations(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit any")
	r.pool("P", "200.1.1.10", "200.1.1.10", 24)
	r.rule(Rule{List: "1", Pool: "P"})
	x := DefaultTimeouts()
	x.Simple = 10 * time.Second
	r.SetTimeouts(x)
	r.step("> icmp 10.0.0.1 20.1.1.1 7")
	r.wait(60 * time.Second)
	r.shows("--- 200.1.1.10 10.0.0.1 --- ---") // in the next second it goes, too
	r.wait(time.Second)
	r.shows()
	r.step("> icmp 10.0.0.1 20.1.1.1 7")
	r.Clear(Selector{Protocol: 1, InsideLocal: Endpoint{addr("10.0.0.1"), 7}})
	r.wait(9 * time.Second)
	r.shows("--- 200.1.1.10 10.0.0.1 --- ---")
	r.wait(time.Second)
	r.shows()
}
