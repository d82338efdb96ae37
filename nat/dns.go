package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

const (
	dnsHeader  = 12
	dnsTypeA   = 1
	dnsClassIN = 1
)

// inspectDNS translates the addresses in an answer of DNS (RFC 1035) by statics and simple
// entries, not by PAT: the host that asked sees others as packets from and to them will
// show them. The time to live of what is changed becomes zero, since the entry may go.
func (q *question) inspectDNS(ip packet.IPv4) {
	u := packet.UDP(ip.Payload())
	if !u.Valid() || q.talk.srcID != portDNS {
		return
	}
	summed := u[udpChecksum] != 0 || u[udpChecksum+1] != 0
	if summed && !soundTransport(ip) {
		return
	}
	changed := false
	eachA(u.Payload(), func(ttl, a []byte) {
		if to, ok := q.named(binary.BigEndian.Uint32(a)); ok {
			binary.BigEndian.PutUint32(a, to)
			clear(ttl)
			changed = true
		}
	})
	if changed && summed {
		sumTransport(ip, udpChecksum)
	}
}

// named is what an address that DNS has told is for those that the message goes to.
func (q *question) named(a uint32) (to uint32, ok bool) {
	inside, outside := byInsideGlobal, byOutsideGlobal
	if q.outbound {
		inside, outside = byInsideLocal, byOutsideLocal
	}
	for _, by := range [...]keyKind{inside, outside} {
		e := q.find(key{by: by, a: a})
		if e == nil || e.static && (e.origin.static.RouteMap != "" || e.origin.static.NoPayload) {
			continue
		}
		switch by {
		case byInsideGlobal:
			return e.il, true
		case byInsideLocal:
			return e.ig, true
		case byOutsideGlobal:
			return e.ol, true
		default:
			return e.og, true
		}
	}
	return 0, false
}

// eachA calls f for each address record of an answer: the bytes of its time to live and
// of its address. What is not sound ends it.
func eachA(m []byte, f func(ttl, a []byte)) {
	if len(m) < dnsHeader || m[2]&0x80 == 0 { // a question
		return
	}
	count := func(at int) int { return int(binary.BigEndian.Uint16(m[at:])) }
	at, ok := dnsHeader, true
	for range count(4) {
		if at, ok = skipName(m, at); !ok || at+4 > len(m) {
			return
		}
		at += 4
	}
	for range count(6) + count(8) + count(10) {
		if at, ok = skipName(m, at); !ok || at+10 > len(m) {
			return
		}
		r := m[at:]
		length := int(binary.BigEndian.Uint16(r[8:]))
		if at += 10 + length; at > len(m) {
			return
		}
		if length == 4 && binary.BigEndian.Uint16(r) == dnsTypeA && binary.BigEndian.Uint16(r[2:]) == dnsClassIN {
			f(r[4:8], r[10:14])
		}
	}
}

// skipName returns the place behind a name, which may end in a pointer.
func skipName(m []byte, at int) (int, bool) {
	for at < len(m) {
		switch n := int(m[at]); {
		case n == 0:
			return at + 1, true
		case n >= 0xc0:
			return at + 2, at+2 <= len(m)
		case n >= 0x40: // not of RFC 1035
			return 0, false
		default:
			at += 1 + n
		}
	}
	return 0, false
}
