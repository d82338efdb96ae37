package tcp

import (
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// flush sends what may be sent now, and sees to it that what may not is thought of later.
func (c *Conn) flush() {
	if c.state == Closed || c.state == SynSent {
		return
	}
	if c.state.sends() {
		c.sendData()
	}
	if c.ackNow {
		c.sendACK()
	} else if c.unacked > 0 && !c.delayed.running() {
		c.delayed.set(c.stack, maxDelay, c.sendACK)
	}
	c.arm()
}

// sendData sends segments as far as the windows go.
func (c *Conn) sendData() {
	for {
		at := c.outSeq.to(c.nxt)
		left := len(c.out) - at
		room := min(c.peerWindow, c.net.window) - c.una.to(c.nxt)
		n := max(min(left, c.mss, room), 0)
		fin := c.shut && n == left && room > n
		if n == 0 && !fin || n < c.mss && !fin && !c.maySendSmall(n, left) {
			return
		}
		c.sendAt(at, n, fin)
	}
}

// maySendSmall keeps small segments back where more is likely to follow (RFC 9293
// §3.7.4 and §3.8.6.2.1).
func (c *Conn) maySendSmall(n, left int) bool {
	return c.nxt.before(c.sent) || n == left && (c.NoDelay || c.nxt == c.una) || n >= c.widest/2
}

// unsent reports whether data or the FIN has still to be sent.
func (c *Conn) unsent() bool {
	left := len(c.out) - c.outSeq.to(c.nxt)
	return c.state.sends() && (left > 0 || left == 0 && c.shut)
}

// sendAt sends n bytes of out from there on, and the FIN with them.
func (c *Conn) sendAt(at, n int, fin bool) {
	start := c.outSeq + seq(at)
	end := start + seq(n)
	flags := uint8(packet.TCPAck)
	if at+n == len(c.out) && n > 0 {
		flags |= packet.TCPPsh
	}
	if fin {
		flags |= packet.TCPFin
		end++
	}
	if !start.before(c.sent) {
		c.rtt.begin(end, c.stack.env.Clock.Now())
	}
	c.transmit(start, flags, nil, c.out[at:at+n])
	c.nxt, c.sent = later(c.nxt, end), later(c.sent, end)
}

// sendFirst sends the first segment that is not acknowledged once more.
func (c *Conn) sendFirst() {
	at := max(c.outSeq.to(c.una), 0)
	n := min(len(c.out)-at, c.mss, c.una.to(c.sent))
	if n < 0 { // the FIN is acknowledged, too
		return
	}
	c.rtt.timing = false
	c.sendAt(at, n, c.shut && at+n == len(c.out) && c.una.to(c.sent) > n)
}

// sendSYN sends the SYN of this side, with an ACK where the peer's has come.
func (c *Conn) sendSYN() {
	flags := uint8(packet.TCPSyn)
	if c.state == SynReceived {
		flags |= packet.TCPAck
	}
	iss := c.outSeq - 1
	end := c.outSeq
	if c.sent == iss {
		c.rtt.begin(end, c.stack.env.Clock.Now())
	}
	c.transmit(iss, flags, mssOption(c.largest()), nil)
	c.nxt, c.sent = end, later(c.sent, end)
	c.arm()
}

// sendACK sends no data, and so has the number after all that was ever sent: the peer
// ignores older ones.
func (c *Conn) sendACK() { c.transmit(c.sent, packet.TCPAck, nil, nil) }

func (c *Conn) sendReset() {
	c.stack.send(c.key, packet.TCPFields{Seq: uint32(c.sent), Ack: uint32(c.next), Flags: packet.TCPRst | packet.TCPAck}, nil)
}

// challenge answers what a peer would hardly have sent, so that it shows whether it did
// (RFC 5961).
func (c *Conn) challenge() {
	if c.stack.mayChallenge() {
		c.sendACK()
	}
}

// transmit sends a segment. An ACK in it is one that need not be sent any more.
func (c *Conn) transmit(start seq, flags uint8, options, data []byte) {
	f := packet.TCPFields{Seq: uint32(start), Flags: flags, Window: uint16(c.stack.env.Window), Options: options}
	if flags&packet.TCPAck != 0 {
		f.Ack, f.Window = uint32(c.next), uint16(c.window())
		c.ackNow, c.unacked = false, 0
		c.delayed.clear()
	}
	c.stack.send(c.key, f, data)
}

// largest is the largest segment that fits the way's first link.
func (c *Conn) largest() int {
	return max(c.stack.env.MTU(c.key.remote.Addr())-headers, minMSS)
}

// arm sets the timer for what is under way, or for what waits for the peer's window.
func (c *Conn) arm() {
	switch {
	case c.una != c.nxt:
		if !c.resend.running() || c.probing {
			c.probing = false
			c.resend.set(c.stack, c.rtt.rto, c.timedOut)
		}
	case c.unsent():
		if !c.resend.running() || !c.probing {
			c.probing = true
			c.resend.set(c.stack, c.probeInterval(), c.probe)
		}
	default:
		c.resend.clear()
	}
}

func (c *Conn) probeInterval() time.Duration {
	return min(c.rtt.rto<<min(c.probes, 6), maxRTO)
}

// timedOut sends again what has not been acknowledged in time (RFC 6298 §5).
func (c *Conn) timedOut() {
	c.tries++
	if c.tries > maxTries || c.state == SynReceived && c.tries > answerTries {
		c.fail(c.timeoutError())
		return
	}
	first := c.tries == 1
	c.rtt.backOff()
	if !c.state.sends() {
		c.rtt.retransmitted = true
		c.sendSYN()
		return
	}
	c.net.timedOut(first, c.una.to(c.nxt), c.mss, c.sent)
	c.nxt = c.una
	c.flush()
}

// probe asks a peer whose window is closed, by an old number that it must answer, as
// Linux does; or sends the little that its window has had room for all the time (RFC
// 9293 §3.8.6.1).
func (c *Conn) probe() {
	c.probes++
	if c.tries++; c.tries > maxTries {
		c.fail(c.timeoutError())
		return
	}
	at := c.outSeq.to(c.nxt)
	if n := min(len(c.out)-at, c.mss, c.peerWindow); n > 0 {
		c.sendAt(at, n, false)
	} else {
		c.transmit(c.una-1, packet.TCPAck, nil, nil)
	}
	c.arm()
}
