package isakmp

import (
	"net/netip"
	"time"
)

// timers is a clock that stands, and whose timers do not run.
type timers struct {
	still
	made int
	due  map[int]time.Duration // by their numbers
}

func newTimers(now time.Duration) *timers {
	return &timers{still: still{now}, due: map[int]time.Duration{}}
}

func (c *timers) After(d time.Duration, _ func()) (stop func()) {
	c.made++
	n := c.made
	c.due[n] = c.now + d
	return func() { delete(c.due, n) }
}

// played is a key engine that says what the pairs carry, and notes what it is told.
type played struct {
	KeyEngine
	sent, received uint64
	moved          []netip.AddrPort
	failed         []uint32
	installed      []SAPair
	dead           int
}

func (p *played) Traffic(_, _ netip.AddrPort) (sent, received uint64) { return p.sent, p.received }
func (p *played) PeerMoved(_, _, to netip.AddrPort)                   { p.moved = append(p.moved, to) }
func (p *played) RequestFailed(_, _ netip.Addr, spi uint32)           { p.failed = append(p.failed, spi) }
func (p *played) PeerDead(_, _ netip.AddrPort)                        { p.dead++ }
func (p *played) InitializeSAs(SAPair)                                {}
func (p *played) InstallSAs(pair SAPair)                              { p.installed = append(p.installed, pair) }

// scene is an engine with everything around it played, and what it said and sent.
type scene struct {
	*Engine
	clock  *timers
	ipsec  *played
	config *Config
	events []Event
	sent   [][]byte
}

// newScene has a key for 2.2.2.2, and one policy.
func newScene() *scene {
	policy := NewPolicy(10)
	policy.Auth = PreShared
	n := &scene{clock: newTimers(time.Hour), ipsec: &played{}}
	n.config = &Config{Keys: []PresharedKey{key("cisco", "2.2.2.2")}, Policies: []Policy{policy}}
	n.Engine = bare(n.clock, n.config)
	n.env.IPsec = n.ipsec
	n.env.Rand = ones{}
	n.env.Emit = func(e Event) { n.events = append(n.events, e) }
	n.env.Send = func(_, _ netip.AddrPort, m []byte) { n.sent = append(n.sent, m) }
	return n
}

// ones is randomness in which every octet is another one than zero.
type ones struct{}

func (ones) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 0xff
	}
	return len(b), nil
}

// times counts the events of a type.
func times[E Event](n *scene) (count int) {
	for _, e := range n.events {
		if _, is := e.(E); is {
			count++
		}
	}
	return count
}
