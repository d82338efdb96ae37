package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// An ICMP error quotes the packet that it is about. It is translated by the conversation
// of that packet, whose ends are put back as its sender knows them (RFC 5508, section 4).
// No entry is made for an error, and none lives longer for it.

// isError reports whether a packet that is whole, or a first fragment, is an ICMP error,
// whose type has a quotation.
func isError(ip packet.IPv4) bool {
	b := ip.Payload()
	if ip.Protocol() != packet.ProtoICMP || len(b) < packet.ICMPHeader {
		return false
	}
	switch b[0] {
	case packet.ICMPUnreachable, packet.ICMPSourceQuench, packet.ICMPRedirect, packet.ICMPTimeExceeded, packet.ICMPParameter:
		return true
	}
	return false
}

// minQuoted is how much of what it carries an error must quote of a packet, in bytes.
const minQuoted = 8

// quoted returns the packet that an error quotes, which is most often cut.
func quoted(b []byte) (packet.IPv4, bool) {
	if len(b) < packet.MinIPv4Header || b[0]>>4 != 4 {
		return nil, false
	}
	p := packet.IPv4(b)
	h := p.HeaderLen()
	return p, h >= packet.MinIPv4Header && len(b) >= h+minQuoted && p.FragmentOffset() == 0
}

// readQuoted is read for a packet that may be cut.
func readQuoted(p packet.IPv4) conversation {
	c := conversation{src: binary.BigEndian.Uint32(p[12:]), dst: binary.BigEndian.Uint32(p[16:]), protocol: p.Protocol()}
	b := p[p.HeaderLen():]
	switch c.protocol {
	case packet.ProtoTCP, packet.ProtoUDP:
		c.srcID, c.dstID = uint32(binary.BigEndian.Uint16(b)), uint32(binary.BigEndian.Uint16(b[2:]))
	default:
		c.readTransport(b)
	}
	return c
}

// decideError decides about an ICMP error.
func (q *question) decideError() Decision {
	m := packet.ICMP(q.ip.Payload())
	about, ok := quoted(m.Payload())
	switch {
	case !ok:
		return q.leave()
	case q.ip.MF() || !m.Valid():
		return q.refuse(NotCarried)
	}
	e := q.about(readQuoted(about))
	if e == nil {
		return q.leave()
	}
	ip := append(packet.IPv4(nil), q.ip...)
	to := q.errorEnds(e)
	rewriteError(ip, to, q.quotedEnds(e), !e.portless)
	return Decision{
		Verdict: Translated, Packets: []packet.IPv4{ip}, Entry: e.translation(),
		Apply: func() {
			q.asked.count()
			q.counts.Hits++
			q.countSwitched()
			q.tellTranslated(to, false)
		},
	}
}

// about finds the conversation of a quoted packet, or what translates its addresses: nil
// where nothing does. A packet that comes back from outside quotes one that went out.
func (q *question) about(c conversation) *Entry {
	k := c.globalKey()
	if q.outbound {
		k = c.reversed().localKey()
	}
	if e := q.find(k); e != nil {
		return e
	}
	answer := *q
	answer.talk, answer.parents = c.reversed(), nil
	answer.seen = answer.talk.seen()
	e, inside, outside := answer.begin(), false, false
	if q.outbound {
		inside, outside = answer.insideByEntry(e), answer.outsideFromLocal(e)
	} else {
		inside, outside = answer.insideByGlobal(e), answer.outsideByGlobal(e)
	}
	if !inside && !outside {
		return nil
	}
	return e
}

// quotedEnds are the new ends of the quoted packet.
func (q *question) quotedEnds(e *Entry) ends {
	if q.outbound {
		return ends{e.og, e.ig, e.ogID, e.igID}
	}
	return ends{e.il, e.ol, e.ilID, e.olID}
}

// errorEnds are the new addresses of the error itself. It may come from the other end of
// the conversation, or from a router on the way. That router has an address of its own
// outside; what is inside is hidden behind the address of the conversation, but for this
// router.
func (q *question) errorEnds(e *Entry) ends {
	to := ends{src: q.talk.src, dst: q.talk.dst}
	if q.outbound {
		to.dst = e.og
		if s := q.find(key{by: byInsideLocal, a: to.src}); s != nil {
			to.src = s.ig
		} else if !q.way.Self {
			to.src = e.ig
		}
		return to
	}
	to.dst = e.il
	if to.src == e.og {
		to.src = e.ol
	} else if s := q.find(key{by: byOutsideGlobal, a: to.src}); s != nil {
		to.src = s.ol
	}
	return to
}

// rewriteError gives an error and the packet that it quotes their new ends.
func rewriteError(ip packet.IPv4, to, about ends, ports bool) {
	rewrite(ip, to, false)
	m := packet.ICMP(ip.Payload())
	p, _ := quoted(m.Payload())
	rewriteQuoted(p, about, ports)
	m[2], m[3] = 0, 0
	binary.BigEndian.PutUint16(m[2:], packet.Checksum(m))
}

// rewriteQuoted is rewrite for a packet that may be cut in front of its checksum.
func rewriteQuoted(p packet.IPv4, to ends, ports bool) {
	var d delta
	d.put32(p[12:], to.src)
	d.put32(p[16:], to.dst)
	d.mend(p[10:])
	d.rewriteTransport(p.Protocol(), p[p.HeaderLen():], to, ports)
}
