package tcp

import (
	"net/netip"
	"time"
)

// A Handler is what is told of a connection. Each function may be nil, and may call the
// connection's methods.
type Handler struct {
	// Connected: the peer has answered. It is not called for an accepted connection.
	Connected func()
	// Data takes bytes from the peer, which are good until it returns, and returns how
	// many it has taken. The others are offered again with more data, or by Resume. Where
	// it is nil all is thrown away.
	Data func(b []byte) (taken int)
	// Ended: the peer has closed its direction, and all data has been taken.
	Ended func()
	// Room: there is room again after a Write that did not take all.
	Room func()
	// Closed: the connection is over. err is nil where both sides have closed it; else
	// ErrRefused, ErrReset, ErrTimeout or an *Unreachable. It is called once, and last;
	// not after Abort.
	Closed func(err error)
}

// A Conn is one connection. Its sequence numbers are called as RFC 9293 §3.3.1 does, in
// short.
type Conn struct {
	// NoDelay has small segments sent at once, without Nagle's algorithm.
	NoDelay bool

	stack    *Stack
	key      key
	handler  Handler
	listener *Listener // nil where this side has begun
	state    State

	// What is sent.
	una, nxt, sent       seq // not acknowledged; next; highest ever sent
	peerWindow, widest   int // the peer's window in bytes, and its largest so far
	windowSeq, windowAck seq // of the segment that named it (WL1, WL2)
	out                  []byte
	outSeq               seq  // of the first byte of out
	shut                 bool // Close was called: a FIN follows out
	full                 bool // a Write did not take all
	mss                  int
	net                  congestion
	rtt                  roundTrip
	tries, probes        int

	// What is received.
	irs, next, edge seq // the peer's first; the next; the end of the window
	in              []byte
	pieces          pieces
	fin             seq // the place of the peer's FIN
	finKnown        bool
	ackNow          bool
	unacked         int // bytes since the last ACK
	delivering      bool

	trouble    error // what ICMP said last
	finished   bool  // both FINs have been acknowledged
	toldEnded  bool
	toldClosed bool

	resend, delayed, life timer
	probing               bool // resend is for a probe
}

func (s *Stack) newConn(k key, state State) *Conn {
	c := &Conn{stack: s, key: k, state: state, mss: defaultMSS}
	iss := s.firstSeq(k)
	c.una, c.nxt, c.sent, c.outSeq = iss, iss, iss, iss+1
	c.rtt.rto = firstRTO
	return c
}

// Local is this end.
func (c *Conn) Local() netip.AddrPort { return c.key.local }

// Remote is the other end.
func (c *Conn) Remote() netip.AddrPort { return c.key.remote }

// State is the connection's state.
func (c *Conn) State() State { return c.state }

// Queued is how many bytes that were written have not been acknowledged.
func (c *Conn) Queued() int { return len(c.out) }

// Waiting is how many bytes have come and have not been taken.
func (c *Conn) Waiting() int { return len(c.in) }

// Write has bytes sent and returns how many of them it could take: fewer while the
// buffer is full, none once Close was called or the connection is over.
func (c *Conn) Write(b []byte) (taken int) {
	switch c.state {
	case SynSent, SynReceived, Established, CloseWait:
	default:
		return 0
	}
	if c.shut {
		return 0
	}
	taken = min(len(b), bufferSize-len(c.out))
	c.full = taken < len(b)
	c.out = append(c.out, b[:taken]...)
	c.stack.do(c.flush)
	return taken
}

// Close has the sending direction end after what was written, also where the connection
// has not come about yet. What the peer sends still comes in.
func (c *Conn) Close() {
	if c.shut || c.state == Closed {
		return
	}
	c.shut = true
	c.stack.do(func() {
		c.turn(closed)
		c.flush()
	})
}

// Abort ends the connection at once: the peer gets a reset, and the handler is not told.
func (c *Conn) Abort() { c.stack.do(c.abort) }

func (c *Conn) abort() {
	c.toldClosed = true
	switch c.state {
	case SynReceived, Established, FinWait1, FinWait2, CloseWait:
		c.sendReset()
	}
	c.turn(ended)
}

// Resume has what Data did not take offered again.
func (c *Conn) Resume() {
	c.stack.do(func() {
		c.deliver()
		if c.state.receives() && c.edge.to(c.next+seq(c.room())) >= min(c.stack.env.Window/2, 2*c.largest()) {
			c.ackNow = true // the window opens
		}
		c.flush()
	})
}

// fail ends the connection and tells the handler why.
func (c *Conn) fail(err error) {
	c.turn(ended)
	c.over(err)
}

func (c *Conn) over(err error) {
	if c.toldClosed {
		return
	}
	c.toldClosed = true
	if c.handler.Closed != nil {
		c.handler.Closed(err)
	}
}

func (c *Conn) timeoutError() error {
	if c.trouble != nil {
		return c.trouble
	}
	return ErrTimeout
}

// A timer is one of a connection's.
type timer struct{ stop func() }

func (t *timer) set(s *Stack, d time.Duration, f func()) {
	t.clear()
	t.stop = s.env.Clock.After(d, func() {
		t.stop = nil
		s.do(f)
	})
}

func (t *timer) clear() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

func (t *timer) running() bool { return t.stop != nil }

func (c *Conn) stopTimers() {
	c.resend.clear()
	c.delayed.clear()
	c.life.clear()
}
