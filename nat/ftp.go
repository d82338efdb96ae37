package nat

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// FTP tells within its control channel where a data connection is to go (RFC 959): the
// client by PORT, the server by its answer 227. The address becomes the one that the
// other end sees, and a door is opened for the connection: an entry for a port of an
// inside host, by which one outside host may reach it. A command that is split over
// segments is not put together.

// doorTimeout is how long a door stays open that is not used.
const doorTimeout = time.Minute

// ftp is what is kept of a control channel: the shifts of what goes out and comes in.
type ftp struct{ out, in shift }

// isFTP reports whether a conversation is the control channel of a server.
func (n *NAT) isFTP(e *Entry) bool {
	if e.protocol != packet.ProtoTCP {
		return false
	}
	for _, s := range n.services.FTP {
		server := e.og
		if e.ogID != uint32(s.Port) {
			if server = e.il; e.ilID != uint32(s.Port) {
				continue
			}
		}
		if s.List == "" || permits(n.env.List(s.List), server) {
			return true
		}
	}
	return false
}

// inspectFTP puts a segment of a control channel right.
func (q *question) inspectFTP(e *Entry, ip packet.IPv4) packet.IPv4 {
	t := packet.TCP(ip.Payload())
	if !t.Valid() {
		return ip
	}
	if e.ftp == nil {
		e.ftp = new(ftp)
	}
	own, other := &e.ftp.in, &e.ftp.out
	if q.outbound {
		own, other = other, own
	}
	seq := t.Seq()
	line, changed := q.translateLine(e, t.Payload())
	if changed && soundTransport(ip) {
		if n := len(line) - len(t.Payload()); n != 0 {
			q.after = append(q.after, func() { own.edit(seq, int32(n)) })
		}
		ip = replacePayload(ip, line)
		t = packet.TCP(ip.Payload())
	}
	shiftSegment(t, own, other)
	return ip
}

// replacePayload returns the packet with other data in its segment.
func replacePayload(ip packet.IPv4, data []byte) packet.IPv4 {
	t := packet.TCP(ip.Payload())
	header := ip.HeaderLen() + len(t) - len(t.Payload())
	ip = append(append(make(packet.IPv4, 0, header+len(data)), ip[:header]...), data...)
	var d delta
	d.put16(ip[2:], uint16(len(ip)))
	d.mend(ip[10:])
	sumTransport(ip, tcpChecksum)
	return ip
}

// translateLine translates the address of a command or answer.
func (q *question) translateLine(e *Entry, data []byte) (line []byte, changed bool) {
	before, told, after, ok := cutAddress(data)
	if !ok {
		return data, false
	}
	to := netip.AddrPort{}
	switch {
	case q.outbound && told.Addr() == address(e.il):
		door := q.door(e, told.Port())
		if door == nil {
			return data, false
		}
		to = netip.AddrPortFrom(address(door.ig), uint16(door.igID))
	case !q.outbound && told.Addr() == address(e.og):
		to = netip.AddrPortFrom(address(e.ol), told.Port())
	default:
		return data, false
	}
	if to == told {
		return data, false
	}
	a := to.Addr().As4()
	text := fmt.Sprintf("%d,%d,%d,%d,%d,%d", a[0], a[1], a[2], a[3], to.Port()>>8, to.Port()&0xff)
	return slices.Concat(before, []byte(text), after), true
}

// cutAddress finds the address that a whole line of FTP tells, and what is around it.
func cutAddress(line []byte) (before []byte, told netip.AddrPort, after []byte, ok bool) {
	if !bytes.HasSuffix(line, []byte("\n")) {
		return nil, told, nil, false
	}
	from := 0
	switch {
	case len(line) > 5 && bytes.EqualFold(line[:5], []byte("PORT ")):
		from = 5
	case bytes.HasPrefix(line, []byte("227 ")):
		from = 4 + bytes.IndexAny(line[4:], "0123456789")
		if from < 4 {
			return nil, told, nil, false
		}
	default:
		return nil, told, nil, false
	}
	n := len(line[from:]) - len(bytes.TrimLeft(line[from:], "0123456789,"))
	told, ok = parseAddress(string(line[from : from+n]))
	return line[:from], told, line[from+n:], ok
}

// parseAddress reads the six numbers of an address and port.
func parseAddress(s string) (netip.AddrPort, bool) {
	words := strings.Split(s, ",")
	if len(words) != 6 {
		return netip.AddrPort{}, false
	}
	var b [6]byte
	for i, w := range words {
		n, err := strconv.ParseUint(w, 10, 8)
		if err != nil {
			return netip.AddrPort{}, false
		}
		b[i] = byte(n)
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[:4])), uint16(b[4])<<8|uint16(b[5])), true
}

// door returns the entry by which the other end of a control channel reaches a port of
// the inside end: one that is open, or that would be opened. It is nil where no port is
// free.
func (q *question) door(e *Entry, inside uint16) *Entry {
	d := &Entry{
		shape: door, protocol: packet.ProtoTCP, origin: e.origin, inside: e.inside, outside: e.outside,
		il: e.il, ilID: uint32(inside), ig: e.ig, igID: uint32(inside), ol: e.ol, og: e.og,
	}
	k := d.key(byInsideLocalPort)
	if open := q.each(k, func(o *Entry) bool { return o.shape == door && o.og == d.og }); open != nil {
		q.after = append(q.after, func() { q.touch(open) })
		return open
	}
	switch {
	case !q.room(d.il, 1):
		return nil
	case d.pooled() && d.shares():
		if !q.bind(d.origin.pool, d) {
			return nil
		}
	case d.inside != nil && d.inside.shape == port:
		if !q.freePort(d, groupOf(d.ilID)) {
			return nil
		}
	}
	q.after = append(q.after, func() { q.add(d) })
	return d
}
