package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// content is what is looked into of what a conversation carries.
type content uint8

const (
	nothing content = iota
	ftpControl
	dnsMessages
	ikeCookies // IKE of several hosts at one port
)

// contentOf is what is looked into of a conversation that begins.
func (n *NAT) contentOf(e *Entry) content {
	switch {
	case e.leavesPayload():
		return nothing
	case n.isFTP(e):
		return ftpControl
	case e.protocol == packet.ProtoUDP && e.hasPort(portDNS) && !n.services.NoDNS:
		return dnsMessages
	}
	return nothing
}

// leavesPayload reports whether a static has `no-payload`.
func (e *Entry) leavesPayload() bool {
	return e.inside != nil && e.inside.origin.static.NoPayload || e.outside != nil && e.outside.origin.static.NoPayload
}

// inspect looks into a packet that has its new ends already.
func (q *question) inspect(e *Entry, ip packet.IPv4) packet.IPv4 {
	if ip.IsFragment() {
		return ip
	}
	switch e.content {
	case ftpControl:
		return q.inspectFTP(e, ip)
	case dnsMessages:
		q.inspectDNS(ip)
	case ikeCookies:
		q.noteCookie(e)
	}
	return ip
}

// soundTransport reports whether the checksum of TCP or UDP is right. What comes with a bad
// one is not changed, or the change would hide it.
func soundTransport(ip packet.IPv4) bool { return transportSum(ip) == 0 }

// transportSum is the checksum over pseudo header and payload as they are.
func transportSum(ip packet.IPv4) uint16 {
	b := ip.Payload()
	sum := make([]byte, 12, 12+len(b))
	copy(sum, ip[12:20])
	sum[9] = ip.Protocol()
	binary.BigEndian.PutUint16(sum[10:], uint16(len(b)))
	return packet.Checksum(append(sum, b...))
}

// sumTransport computes the checksum of TCP or UDP, which lies at that place, anew.
func sumTransport(ip packet.IPv4, at int) {
	b := ip.Payload()[at:]
	b[0], b[1] = 0, 0
	sum := transportSum(ip)
	if sum == 0 && ip.Protocol() == packet.ProtoUDP {
		sum = 0xffff
	}
	binary.BigEndian.PutUint16(b, sum)
}
