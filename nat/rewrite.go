package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// ends are the addresses and ports that a packet is to have.
type ends struct {
	src, dst     uint32
	srcID, dstID uint32
}

// outward is what a packet of the entry has outside; inward what it has inside.
func (e *Entry) outward() ends { return ends{e.ig, e.og, e.igID, e.ogID} }
func (e *Entry) inward() ends  { return ends{e.ol, e.il, e.olID, e.ilID} }

func (e *Entry) ends(outbound bool) ends {
	if outbound {
		return e.outward()
	}
	return e.inward()
}

// rewrite gives a packet its new ends, and mends its checksums by what has changed
// (RFC 1624). Where ports is false it is a later fragment, or has no ports.
func rewrite(ip packet.IPv4, to ends, ports bool) {
	var d delta
	d.put32(ip[12:], to.src)
	d.put32(ip[16:], to.dst)
	d.mend(ip[10:])
	if ip.FragmentOffset() != 0 {
		return
	}
	d.rewriteTransport(ip.Protocol(), ip.Payload(), to, ports)
}

// Places of checksums.
const (
	tcpChecksum  = 16
	udpChecksum  = 6
	icmpChecksum = 2
)

// rewriteTransport gives what a packet carries its new ports, and mends its checksum,
// where it is long enough to have them. d is what the pseudo header has changed by.
func (d delta) rewriteTransport(protocol uint8, b []byte, to ends, ports bool) {
	const icmpID = 4
	switch protocol {
	case packet.ProtoTCP, packet.ProtoUDP:
		if ports && len(b) >= 4 {
			d.put16(b, uint16(to.srcID))
			d.put16(b[2:], uint16(to.dstID))
		}
		switch {
		case protocol == packet.ProtoTCP && len(b) >= tcpChecksum+2:
			d.mend(b[tcpChecksum:])
		case protocol == packet.ProtoUDP && len(b) >= udpChecksum+2:
			d.mendUDP(b[udpChecksum:])
		}
	case packet.ProtoICMP:
		if ports && len(b) >= packet.ICMPHeader {
			d = 0
			d.put16(b[icmpID:], uint16(to.srcID))
			d.mend(b[icmpChecksum:])
		}
	}
}

// delta is the sum of what a checksum does not know yet: old words turned over, and new.
type delta uint32

func (d *delta) put16(b []byte, v uint16) {
	*d += delta(^binary.BigEndian.Uint16(b)) + delta(v)
	binary.BigEndian.PutUint16(b, v)
}

func (d *delta) put32(b []byte, v uint32) {
	d.put16(b, uint16(v>>16))
	d.put16(b[2:], uint16(v))
}

// putAt is put32 for bytes at that place in what is summed, which may be odd.
func (d *delta) putAt(at int, b []byte, v uint32) {
	var own delta
	own.put32(b, v)
	if at%2 != 0 { // a sum of swapped words is the swapped sum
		own = own&0xffff + own>>16
		own = own&0xffff + own>>16
		own = own<<8&0xff00 | own>>8
	}
	*d += own
}

// mend brings a checksum up to date: HC' = ~(~HC + ~m + m').
func (d delta) mend(b []byte) {
	sum := uint32(^binary.BigEndian.Uint16(b)) + uint32(d)
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	binary.BigEndian.PutUint16(b, ^uint16(sum))
}

// mendUDP is mend for UDP, where zero means that there is no checksum.
func (d delta) mendUDP(b []byte) {
	if b[0] == 0 && b[1] == 0 {
		return
	}
	d.mend(b)
	if b[0] == 0 && b[1] == 0 {
		b[0], b[1] = 0xff, 0xff
	}
}
