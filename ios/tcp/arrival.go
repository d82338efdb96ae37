package tcp

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// arrive takes a segment of the connection (RFC 9293 §3.10.7).
func (c *Conn) arrive(g *segment) {
	if c.state == SynSent {
		c.arriveAtSYN(g)
	} else {
		c.arriveInOrder(g)
	}
	c.deliver()
	c.flush()
}

// arriveAtSYN takes a segment after the SYN of this side (§3.10.7.3).
func (c *Conn) arriveAtSYN(g *segment) {
	if g.has(packet.TCPAck) && g.ack != c.nxt {
		if !g.has(packet.TCPRst) {
			c.stack.reset(c.key, g)
		}
		return
	}
	switch {
	case g.has(packet.TCPRst):
		if g.has(packet.TCPAck) {
			c.fail(ErrRefused)
		}
		return
	case !g.has(packet.TCPSyn):
		return
	}
	c.takeSYN(g)
	if !g.has(packet.TCPAck) { // both sides have begun (§3.5, figure 7)
		c.turn(synTaken)
		c.sendSYN()
		return
	}
	c.establish(g)
	c.ackNow = true
	c.trim(g)
	c.take(g)
}

// takeSYN learns what the peer's SYN says.
func (c *Conn) takeSYN(g *segment) {
	c.irs, c.next, c.edge = g.seq, g.seq+1, g.seq+1+seq(c.stack.env.Window)
	c.mss = defaultMSS
	if g.mss > 0 {
		c.mss = g.mss
	}
	c.mss = min(max(c.mss, minMSS), c.largest())
	c.setWindow(g)
}

func (c *Conn) setWindow(g *segment) {
	c.peerWindow, c.windowSeq, c.windowAck = g.window, g.seq, g.ack
	c.widest = max(c.widest, g.window)
	if g.window > 0 {
		c.probes = 0
	}
}

// establish takes the acknowledgment of the SYN.
func (c *Conn) establish(g *segment) {
	c.rtt.acked(g.ack, c.stack.env.Clock.Now())
	if c.rtt.retransmitted {
		c.rtt.rto = lostSYNRTO // RFC 6298 §5.7
	}
	c.una, c.tries = c.outSeq, 0
	c.nxt = later(c.nxt, c.una)
	c.net.begin(c.mss, c.una, c.rtt.retransmitted)
	c.setWindow(g)
	c.resend.clear()
	c.life.clear()
	c.stack.opened(c)
	c.turn(synAcked)
	if c.listener != nil {
		c.handler = c.listener.accept(c)
	} else if c.handler.Connected != nil {
		c.handler.Connected()
	}
	if c.shut {
		c.turn(closed)
	}
}

// arriveInOrder takes a segment in any state after SYN-SENT (§3.10.7.4, with the
// checks of RFC 5961).
func (c *Conn) arriveInOrder(g *segment) {
	if !c.acceptable(g) && !c.allowed(g) {
		c.refuse(g)
		return
	}
	switch {
	case g.has(packet.TCPRst):
		c.takeReset(g)
		return
	case g.has(packet.TCPSyn) && !g.seq.before(c.next):
		c.challenge()
		return
	}
	c.trim(g)
	if !g.has(packet.TCPAck) || !c.takeACK(g) {
		return
	}
	if c.state.receives() {
		c.take(g)
	}
	if c.state == FinWait2 {
		c.awaitFIN()
	}
}

// allowed lets the ACK of a segment in, whose data a closed window has no room for.
func (c *Conn) allowed(g *segment) bool {
	if c.next != c.edge || g.seq != c.next || g.has(packet.TCPSyn) {
		return false
	}
	g.data = nil
	g.flags &^= packet.TCPFin
	c.ackNow = true
	return true
}

// refuse answers a segment that is not in the window.
func (c *Conn) refuse(g *segment) {
	again := g.has(packet.TCPSyn) && g.seq == c.irs
	switch {
	case g.has(packet.TCPRst):
	case c.state == SynReceived && again && !g.has(packet.TCPAck):
		c.sendSYN() // the answer was lost
	case c.state == SynReceived && again && g.ack == c.outSeq: // both sides have begun
		c.establish(g)
	case c.state == TimeWait && g.has(packet.TCPFin):
		c.wait()
		c.ackNow = true
	case g.end() != g.seq:
		c.ackNow = true
	default:
		c.challenge()
	}
}

// takeReset ends the connection by a reset that is exactly where it must be; of others
// it asks whether they are meant (RFC 5961 §3.2).
func (c *Conn) takeReset(g *segment) {
	switch {
	case g.seq != c.next:
		c.challenge()
	case c.state == TimeWait: // RFC 1337
	case c.state == SynReceived:
		c.fail(ErrRefused)
	default:
		c.fail(ErrReset)
	}
}

// takeACK takes the acknowledgment of a segment, and reports whether the rest of it is
// to be looked at.
func (c *Conn) takeACK(g *segment) bool {
	if c.state == SynReceived {
		if g.ack != c.outSeq {
			c.stack.reset(c.key, g)
			return false
		}
		c.establish(g)
		return c.state != Closed
	}
	if c.sent.before(g.ack) || g.ack.before(c.una-seq(c.widest)) { // RFC 5961 §5.2
		c.challenge()
		return false
	}
	if c.probing {
		c.tries = 0 // the peer is there
	}
	if c.una.before(g.ack) {
		c.acked(g)
	} else if g.ack == c.una && len(g.data) == 0 && !g.has(packet.TCPFin) && g.window == c.peerWindow && c.una != c.nxt {
		if c.net.duplicate(c.una.to(c.nxt), c.mss, c.una, c.sent) {
			c.sendFirst()
		}
	}
	if !g.ack.before(c.una) && (c.windowSeq.before(g.seq) || c.windowSeq == g.seq && !g.ack.before(c.windowAck)) {
		c.setWindow(g)
	}
	return c.state != Closed
}

// acked takes the acknowledgment of something new.
func (c *Conn) acked(g *segment) {
	n := c.una.to(g.ack)
	c.rtt.acked(g.ack, c.stack.env.Clock.Now())
	c.una = g.ack
	c.nxt = later(c.nxt, c.una)
	c.tries = 0
	c.resend.clear()
	gone := min(c.outSeq.to(g.ack), len(c.out))
	fin := c.outSeq.to(g.ack) > len(c.out)
	if c.out = c.out[gone:]; len(c.out) == 0 {
		c.out = nil
	}
	c.outSeq += seq(gone)
	if c.net.acked(n, c.una.to(c.nxt), c.mss, g.ack) && c.una.before(c.sent) {
		c.sendFirst()
	}
	if fin {
		c.turn(finAcked)
	}
	if c.full && gone > 0 {
		c.full = false
		if c.handler.Room != nil && !c.toldClosed {
			c.handler.Room()
		}
	}
}

// awaitFIN gives up a peer that does not end its direction, and sends nothing either.
func (c *Conn) awaitFIN() {
	c.life.set(c.stack, finWait, func() { c.fail(c.timeoutError()) })
}

// wait begins TIME-WAIT, or begins it anew.
func (c *Conn) wait() {
	c.life.set(c.stack, timeWait, func() { c.turn(ended) })
}

// reusable reports whether a SYN begins a new connection in the place of one that only
// waits for its time to be over (RFC 9293 §3.6.1).
func (c *Conn) reusable(g *segment) bool {
	return c.state == TimeWait && g.has(packet.TCPSyn) && g.flags&(packet.TCPAck|packet.TCPRst) == 0 && c.next.before(g.seq)
}
