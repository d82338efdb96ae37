package tcp

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// oldMTU is what a router's link is taken for that does not say what it carries.
const oldMTU = 576

// ICMP takes an ICMP error about a packet that this host sent. Of the packet, quote
// has the header and the eight bytes after it at least. A connection that is being made
// fails by it; one that has been made goes on (RFC 5461, RFC 5927).
func (s *Stack) ICMP(quote packet.IPv4, m packet.ICMP) {
	b := packet.TCP(quote[quote.HeaderLen():])
	k := key{netip.AddrPortFrom(quote.Src(), b.SrcPort()), netip.AddrPortFrom(quote.Dst(), b.DstPort())}
	c := s.conns[k]
	if c == nil {
		return
	}
	if at := seq(b.Seq()); at.before(c.una) || !at.before(c.sent) {
		return // not under way: a guess of a third party
	}
	s.do(func() { c.icmp(m) })
}

func (c *Conn) icmp(m packet.ICMP) {
	switch {
	case m.Type() == packet.ICMPSourceQuench: // RFC 6633
		return
	case m.Type() == packet.ICMPUnreachable && m.Code() == packet.UnreachNeedFrag:
		c.tooBig(m.MTU())
		return
	}
	err := error(&Unreachable{m.Type(), m.Code()})
	if m.Type() == packet.ICMPUnreachable && m.Code() == packet.UnreachPort {
		err = ErrRefused
	}
	if c.state == SynSent {
		c.fail(err)
		return
	}
	c.trouble = err
}

// tooBig makes segments smaller and sends again what is lost (RFC 1191).
func (c *Conn) tooBig(mtu int) {
	if mtu == 0 {
		mtu = oldMTU
	}
	if size := max(mtu-headers, minMSS); size < c.mss && c.state.sends() {
		c.mss = size
		c.nxt = c.una
		c.rtt.timing = false
		c.flush()
	}
}
