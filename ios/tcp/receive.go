package tcp

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// room is how much the buffer can take, in bytes.
func (c *Conn) room() int { return c.stack.env.Window - len(c.in) }

// window is the window to be told to the peer. It is never taken back, and does not
// grow by little (RFC 9293 §3.8.6.2.2).
func (c *Conn) window() int {
	if end := c.next + seq(c.room()); c.edge.to(end) >= min(c.stack.env.Window/2, c.largest()) {
		c.edge = end
	}
	return max(c.next.to(c.edge), 0)
}

// acceptable is the first check of a segment (RFC 9293 §3.10.7.4).
func (c *Conn) acceptable(g *segment) bool {
	window := c.next.to(c.edge)
	if g.end() == g.seq {
		return g.seq == c.next || window > 0 && c.inWindow(g.seq)
	}
	return window > 0 && (c.inWindow(g.seq) || c.inWindow(g.end()-1))
}

func (c *Conn) inWindow(at seq) bool { return !at.before(c.next) && at.before(c.edge) }

// trim cuts off what lies outside the window.
func (c *Conn) trim(g *segment) {
	if cut := g.seq.to(c.next); cut > 0 {
		if g.has(packet.TCPSyn) {
			g.flags &^= packet.TCPSyn
			g.seq++
			cut--
		}
		cut = min(cut, len(g.data))
		g.data, g.seq = g.data[cut:], g.seq+seq(cut)
	}
	if over := c.edge.to(g.seq + seq(len(g.data))); over >= 0 {
		g.data = g.data[:max(len(g.data)-over, 0)]
		g.flags &^= packet.TCPFin
	}
}

// take keeps the data of a segment and the place of its FIN, and moves on as far as all
// is here.
func (c *Conn) take(g *segment) {
	if g.has(packet.TCPFin) && !c.finKnown {
		c.fin, c.finKnown = g.seq+seq(len(g.data)), true
		c.ackNow = true
	}
	if len(g.data) > 0 {
		c.takeData(g)
	}
	if c.finKnown && c.next == c.fin {
		c.next++
		c.pieces = nil
		c.ackNow = true
		c.turn(finTaken)
	}
}

func (c *Conn) takeData(g *segment) {
	if c.finKnown {
		g.data = g.data[:max(min(len(g.data), g.seq.to(c.fin)), 0)]
	}
	if g.seq != c.next {
		c.pieces.add(g.seq, g.data)
		c.ackNow = true // the peer learns of the gap (RFC 5681 §4.2)
		return
	}
	filled := len(c.pieces) > 0
	c.keep(g.data)
	for data := c.pieces.take(c.next); data != nil; data = c.pieces.take(c.next) {
		c.keep(data)
	}
	c.unacked += len(g.data)
	if filled || c.unacked >= 2*min(c.mss, c.largest()) {
		c.ackNow = true
	}
}

func (c *Conn) keep(data []byte) {
	c.in = append(c.in, data...)
	c.next += seq(len(data))
}

// ended reports whether all that the peer sends is here.
func (c *Conn) ended() bool { return c.finKnown && c.fin.before(c.next) }

// deliver offers to the handler what has come, and tells it of the end.
func (c *Conn) deliver() {
	if c.delivering {
		return
	}
	c.delivering = true
	for len(c.in) > 0 && !c.toldClosed {
		n := len(c.in)
		if c.handler.Data != nil {
			n = min(c.handler.Data(c.in), n)
		}
		if n <= 0 {
			break
		}
		c.in = c.in[n:]
	}
	c.delivering = false
	if len(c.in) > 0 || c.toldClosed {
		return
	}
	c.in = nil
	if c.ended() && !c.toldEnded {
		c.toldEnded = true
		if c.handler.Ended != nil {
			c.handler.Ended()
		}
	}
	if c.finished && c.toldEnded {
		c.over(nil)
	}
}
