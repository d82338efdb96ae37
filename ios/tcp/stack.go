package tcp

import (
	"io"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// A Clock is the time that a stack lives in. What After runs is run on the loop.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}

// Env is the world of a stack.
type Env struct {
	Clock Clock
	// Rand gives the secret of the sequence numbers and the first port.
	Rand io.Reader
	// Send sends a segment in an IP packet that is not fragmented on its way. It may hand
	// one to this stack's own Input.
	Send func(src, dst netip.Addr, segment packet.TCP)
	// MTU is the largest IP packet that the first link towards dst carries, in bytes.
	MTU func(dst netip.Addr) int
	// Window is how many bytes that have not been taken a connection keeps: the largest
	// window that it tells its peer. 0 is 65,535, which is the most.
	Window int
	// Changed, where it is set, is told that a connection is in another state.
	Changed func(c *Conn, from State)
}

// A Stack is the TCP of one host or router.
type Stack struct {
	env       Env
	secret    [16]byte
	port      uint16 // that was given last to a connection without one
	closed    bool
	listeners map[uint16]*Listener
	conns     map[key]*Conn
	halfOpen  []*Conn // oldest first
	waiting   []*Conn // those in TIME-WAIT, oldest first

	depth   int // of calls from outside, see do
	sending bool
	outbox  []outgoing

	challenges     int // challenge ACKs in the second that began then
	challengeSince time.Duration
}

// key is what a connection is known by.
type key struct{ local, remote netip.AddrPort }

type outgoing struct {
	src, dst netip.Addr
	segment  packet.TCP
}

// New returns a stack without connections.
func New(env Env) *Stack {
	if env.Window == 0 {
		env.Window = bufferSize
	}
	s := &Stack{env: env, listeners: map[uint16]*Listener{}, conns: map[key]*Conn{}}
	s.seed()
	return s
}

// Close ends the stack as a power cut does: its peers and handlers are not told.
func (s *Stack) Close() {
	s.closed = true
	for _, c := range s.conns {
		c.stopTimers()
	}
	clear(s.conns)
	clear(s.listeners)
	s.halfOpen, s.waiting, s.outbox = nil, nil, nil
}

// do runs what happens to the stack from outside. Segments are sent when it is over: they
// may come back at once, where the peer is this stack, too.
func (s *Stack) do(f func()) {
	if s.closed {
		return
	}
	s.depth++
	f()
	s.depth--
	if s.depth > 0 || s.sending {
		return
	}
	s.sending = true
	for len(s.outbox) > 0 {
		o := s.outbox[0]
		s.outbox = s.outbox[1:]
		s.env.Send(o.src, o.dst, o.segment)
	}
	s.outbox, s.sending = nil, false
}

func (s *Stack) send(k key, f packet.TCPFields, data []byte) {
	f.SrcPort, f.DstPort = k.local.Port(), k.remote.Port()
	src, dst := k.local.Addr(), k.remote.Addr()
	s.outbox = append(s.outbox, outgoing{src, dst, packet.BuildTCP(src, dst, f, data)})
}

// Takes reports whether a segment that has come for an address of this host is for a
// connection, or for a port that is open. It changes nothing.
func (s *Stack) Takes(src, dst netip.Addr, t packet.TCP) bool {
	return s.conns[keyOf(src, dst, t)] != nil || s.listeners[t.DstPort()] != nil
}

func keyOf(src, dst netip.Addr, t packet.TCP) key {
	return key{netip.AddrPortFrom(dst, t.DstPort()), netip.AddrPortFrom(src, t.SrcPort())}
}

// Input takes a segment that has come for an address of this host. It is not kept.
// What is not valid, or comes from an address that is no host's, is ignored.
func (s *Stack) Input(src, dst netip.Addr, t packet.TCP) {
	if !t.Valid() || !t.ChecksumOK(src, dst) || src.IsUnspecified() || src.IsMulticast() || t.SrcPort() == 0 || t.DstPort() == 0 {
		return
	}
	s.do(func() { s.arrive(keyOf(src, dst, t), read(t)) })
}

func (s *Stack) arrive(k key, g segment) {
	if c := s.conns[k]; c != nil {
		if !c.reusable(&g) {
			c.arrive(&g)
			return
		}
		c.turn(ended)
	}
	switch l := s.listeners[k.local.Port()]; {
	case g.has(packet.TCPRst):
	case l == nil || g.has(packet.TCPAck):
		s.reset(k, &g)
	case g.has(packet.TCPSyn):
		l.arrive(k, &g)
	}
}

// reset answers a segment that belongs to nothing (RFC 9293 §3.10.7.1).
func (s *Stack) reset(k key, g *segment) {
	f := packet.TCPFields{Flags: packet.TCPRst, Seq: uint32(g.ack)}
	if !g.has(packet.TCPAck) {
		f = packet.TCPFields{Flags: packet.TCPRst | packet.TCPAck, Ack: uint32(g.end())}
	}
	s.send(k, f, nil)
}

// mayChallenge counts the challenge ACKs of a second.
func (s *Stack) mayChallenge() bool {
	now := s.env.Clock.Now()
	if now-s.challengeSince >= time.Second {
		s.challenges, s.challengeSince = 0, now
	}
	s.challenges++
	return s.challenges <= maxChallenges
}

// add makes room for a connection and puts it in, or reports that there is none.
func (s *Stack) add(c *Conn) bool {
	if len(s.conns) >= maxConns && len(s.waiting) > 0 {
		s.waiting[0].turn(ended)
	}
	if len(s.conns) >= maxConns {
		return false
	}
	s.conns[c.key] = c
	return true
}

// forget takes a connection out.
func (s *Stack) forget(c *Conn) {
	c.stopTimers()
	if s.conns[c.key] == c {
		delete(s.conns, c.key)
	}
	s.opened(c)
	s.waiting = slices.DeleteFunc(s.waiting, func(o *Conn) bool { return o == c })
}

// opened takes a connection out of those that are half open.
func (s *Stack) opened(c *Conn) {
	s.halfOpen = slices.DeleteFunc(s.halfOpen, func(o *Conn) bool { return o == c })
}

// Conns returns the connections in the order of their addresses.
func (s *Stack) Conns() []*Conn {
	list := make([]*Conn, 0, len(s.conns))
	for _, c := range s.conns {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *Conn) int {
		if n := a.key.local.Compare(b.key.local); n != 0 {
			return n
		}
		return a.key.remote.Compare(b.key.remote)
	})
	return list
}
