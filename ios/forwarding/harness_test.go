package forwarding

import (
	"bytes"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/loop"
)

// world is a lab's loop on the virtual clock, with routers on it.
type world struct{ *loop.Loop }

func newWorld() *world { return &world{loop.New()} }

// router is a stack with a processor that can be busy.
type router struct {
	*Stack
	*loop.Processor
	world *world
	logs  []string
	steps []string // see watch
}

func (w *world) router(name string) *router {
	r := &router{world: w, Processor: loop.NewProcessor(w.Loop)}
	r.Stack = New(name, Env{
		Clock: r.Processor,
		Spend: r.Spend,
		Rand:  bytes.NewReader(make([]byte, 64)),
		Emit:  func(e Event) { r.logs = append(r.logs, fmt.Sprintf("%v %s", r.Now(), inWords(e))) },
	})
	return r
}

// inWords writes an event down.
func inWords(e Event) string {
	switch e := e.(type) {
	case ShutDown:
		return fmt.Sprint(e.Interface, " is shut down")
	case LinkChanged:
		return fmt.Sprint(e.Interface, " is ", e.Status)
	case ProtocolChanged:
		return fmt.Sprint("protocol of ", e.Interface, " up: ", e.Up)
	case AddressTaken:
		return fmt.Sprint(e.Address, " of ", e.Interface, " is taken by ", e.By)
	}
	return fmt.Sprintf("%T", e)
}

func (r *router) watch() {
	r.AddWatch(func(s Step) {
		if s.Outcome != Passed {
			r.steps = append(r.steps, fmt.Sprintf("%s: %v: %s", s.Stage, s.Outcome, s.Reason))
		}
	})
}

func name(t testing.TB, s string) Name {
	t.Helper()
	n, err := ParseName(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// up makes an interface with an address and turns it on.
func (r *router) up(t testing.TB, ifname, prefix string) *Interface {
	t.Helper()
	i := r.AddInterface(name(t, ifname))
	if err := i.SetAddress(netip.MustParsePrefix(prefix)); err != nil {
		t.Fatal(err)
	}
	i.SetShutdown(false)
	return i
}

func (r *router) route(t testing.TB, prefix, via string) {
	t.Helper()
	if err := r.AddStatic(StaticRoute{
		Prefix: netip.MustParsePrefix(prefix), NextHop: addr(via), Distance: 1,
	}); err != nil {
		t.Fatal(err)
	}
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// wire joins two interfaces; what passes is kept, and may be lost.
type wire struct {
	world *world
	seen  [][]byte
	lose  func(frame []byte) bool
}

func (w *world) join(a, b *Interface) *wire {
	l := &wire{world: w}
	end := func(from, to *Interface) {
		from.Attach(func(frame []byte) {
			l.seen = append(l.seen, frame)
			if l.lose != nil && l.lose(frame) {
				return
			}
			w.At(from.stack.env.Clock.Now()+100*time.Microsecond, func() { to.Receive(frame) })
		})
		from.OnSignal(to.SetCarrier)
	}
	end(a, b)
	end(b, a)
	return l
}

// count counts the frames of a type that passed.
func (l *wire) count(etherType uint16) (n int) {
	for _, f := range l.seen {
		if packet.Ethernet(f).Type() == etherType {
			n++
		}
	}
	return n
}

// row is R1 - R2 - R3 with loopbacks at the ends and default routes to the middle.
type row struct {
	*world
	r1, r2, r3 *router
	left       *wire
	right      *wire
}

func newRow(t testing.TB) *row {
	w := newWorld()
	n := &row{world: w, r1: w.router("R1"), r2: w.router("R2"), r3: w.router("R3")}
	n.left = w.join(n.r1.up(t, "fa0/0", "12.12.12.1/24"), n.r2.up(t, "fa0/0", "12.12.12.2/24"))
	n.right = w.join(n.r2.up(t, "fa0/1", "23.23.23.2/24"), n.r3.up(t, "fa0/0", "23.23.23.3/24"))
	n.r1.up(t, "lo0", "10.1.1.1/24")
	n.r3.up(t, "lo0", "20.1.1.1/24")
	n.r1.route(t, "0.0.0.0/0", "12.12.12.2")
	n.r3.route(t, "0.0.0.0/0", "23.23.23.2")
	n.r2.route(t, "10.1.1.0/24", "12.12.12.1")
	n.r2.route(t, "20.1.1.0/24", "23.23.23.3")
	w.Pass(10 * time.Second)
	n.left.seen, n.right.seen = nil, nil
	return n
}

// ping runs a ping to its end and returns its marks.
func (r *router) ping(t testing.TB, params PingParams) (marks string, results []PingResult) {
	t.Helper()
	p := r.StartPing(params)
	for limit := 0; !p.Done(); limit++ {
		if limit > 100000 {
			t.Fatal("the ping does not end")
		}
		r.world.Pass(100 * time.Millisecond)
	}
	for {
		res, ok := p.Next()
		if !ok {
			return marks, results
		}
		marks += string(res.Mark)
		results = append(results, res)
	}
}

func (r *router) traceroute(t testing.TB, params TraceParams) (text string) {
	t.Helper()
	p := r.StartTraceroute(params)
	for limit := 0; !p.Done(); limit++ {
		if limit > 100000 {
			t.Fatal("the traceroute does not end")
		}
		r.world.Pass(100 * time.Millisecond)
	}
	for {
		res, ok := p.Next()
		if !ok {
			return text
		}
		if res.Probe == 0 {
			text += fmt.Sprintf("\n%d", res.TTL)
		}
		mark := res.Mark
		if mark == "" {
			mark = "ok"
		}
		text += fmt.Sprintf(" %v/%s", res.From, mark)
	}
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func addrPort(s string) netip.AddrPort { return netip.MustParseAddrPort(s) }
