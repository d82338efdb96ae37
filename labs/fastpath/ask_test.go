package fastpath

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// TestAskLeavesNoTrace takes the same random packets through two worlds that are the
// same. In one each packet is asked about, twice, before it comes. The answers are the
// steps that it then takes, and all that the routers send, count, log and show stays
// the same in both worlds.
func TestAskLeavesNoTrace(t *testing.T) {
	rounds := 16
	if testing.Short() {
		rounds = 6
	}
	asked := 0
	reasons := map[forwarding.Reason]bool{}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			c := chance{rand.New(rand.NewPCG(seed, 10))}
			configs, nat := c.configs(), []uint16{0, 0, 40000}[seed%3]
			a, b := newWorld(t, configs, false, false, nat), newWorld(t, configs, false, false, nat)
			both := func(f func(w *world)) { f(a); f(b) }
			steps := 200
			var kept [2][][]byte
			for step := range steps {
				n := c.IntN(2)
				frame, port := c.next(a.gateways[n], &kept[n])
				if step < 6 { // so that there are SAs
					frame, port = a.gateways[n].numbered(step, 100), inside
				}
				g := a.gateways[n]
				answers := g.ask(port, frame)
				if again := g.ask(port, frame); !slices.Equal(answers, again) {
					t.Fatalf("step %d: asked twice:\n%v\n%v", step, answers, again)
				}
				taken := g.watched(func() { g.feed(port, bytes.Clone(frame)) })
				if answers != nil {
					asked++
					for _, s := range taken {
						reasons[s.reason] = true
					}
					if x, y := texts(answers), texts(taken); x != y {
						t.Fatalf("step %d, G%d port %d:\n%s\n%s\nframe % x", step, n, port, differing(y, x), configs[n], frame)
					}
				}
				b.gateways[n].feed(port, bytes.Clone(frame))
				wait := pick(c, 0, 0, 0, time.Millisecond, 600*time.Millisecond)
				if step < 6 {
					wait = 8 * time.Second
				}
				both(func(w *world) { w.run(wait) })
				for k := range a.gateways {
					for port := range 2 {
						compareFrames(t, fmt.Sprintf("step %d, G%d port %d", step, k, port), b.gateways[k].sent[port], a.gateways[k].sent[port])
					}
				}
				if t.Failed() {
					return
				}
			}
			for n := range a.gateways {
				for _, show := range shows {
					if x, y := b.gateways[n].do(show), a.gateways[n].do(show); x != y {
						t.Errorf("G%d %s:\n%s\n%s", n, show, differing(x, y), configs[n])
						return
					}
				}
			}
		})
	}
	for _, why := range []forwarding.Reason{forwarding.Translated, forwarding.NotTranslated, forwarding.NoTranslation, forwarding.TooManyTranslations} {
		if !testing.Short() && !reasons[why] {
			t.Errorf("nothing was %q", why)
		}
	}
	if !testing.Short() && (asked < rounds*150 || len(reasons) < 25) {
		t.Errorf("%d packets asked about, with %d reasons", asked, len(reasons))
	}
}

// toldStep is what a step says, so that it can be compared.
type toldStep struct {
	reason forwarding.Reason
	text   string
}

func texts(steps []toldStep) (text string) {
	for _, s := range steps {
		text += s.text + "\n"
	}
	return text
}

// telling collects steps of packets that have come in on an interface, but for those
// of the router itself that a loopback has brought back. Packets are numbered as they come.
type telling struct {
	steps   []toldStep
	numbers map[uint64]int
	made    map[uint64]bool
}

func newTelling() *telling {
	return &telling{numbers: map[uint64]int{}, made: map[uint64]bool{}}
}

func (k *telling) step(s forwarding.Step) {
	if s.In == nil || k.made[s.Parent] {
		k.made[s.Number] = true
	}
	if k.made[s.Number] {
		return
	}
	if k.numbers[s.Number] == 0 {
		k.numbers[s.Number] = len(k.numbers) + 1
	}
	out := ""
	if s.Out != nil {
		out = s.Out.String()
	}
	header := bytes.Clone(s.Packet[:min(len(s.Packet), packet.MinIPv4Header)])
	if len(header) == packet.MinIPv4Header { // the identification of a second IPsec packet is not known before the first is sealed
		header[4], header[5], header[10], header[11] = 0, 0, 0, 0
	}
	k.steps = append(k.steps, toldStep{s.Reason, fmt.Sprintf("%d of %d: %v: %v: %v: %d bytes % x by %s to %v", k.numbers[s.Number],
		k.numbers[s.Parent], s.Stage, s.Outcome, s.Reason, len(s.Packet), header, out, s.NextHop)})
}

// ask asks about the packet in a frame; nil where there is none for the gateway.
func (g *gateway) ask(port int, frame []byte) []toldStep {
	ifc := g.ports[port].Interface()
	e := packet.Ethernet(frame)
	if !e.Valid() || e.Dst() != ifc.MAC() || e.Type() != packet.EtherTypeIPv4 || !ifc.ProtocolUp() || len(e.Payload()) > 1500 {
		return nil
	}
	k := newTelling()
	ifc.Stack().Ask(nil, ifc, e.Payload(), k.step)
	return k.steps
}

// watched returns the steps of what f has come in.
func (g *gateway) watched(f func()) []toldStep {
	k := newTelling()
	remove := g.ports[inside].Interface().Stack().AddWatch(k.step)
	f()
	remove()
	return k.steps
}
