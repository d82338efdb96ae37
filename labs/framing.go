package labs

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/loop"
)

// framing stands between a link, which carries frames, and a TUN device, which
// carries packets.
type framing interface {
	// strip returns the packet of a frame that leaves; nil where it has none.
	strip(frame []byte) []byte
	// frame returns a frame for a packet that comes in; nil where there can be none.
	frame(p []byte) []byte
}

var limitedBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// farMAC is the hardware address of all that is behind a TUN device: locally
// administered, and the same on every machine.
var farMAC = packet.MAC{0x02, 0x00, 0x00, 't', 'u', 'n'}

const (
	// introduction is how long a station of the host's goes without asking for the
	// router's hardware address, as Linux asks from time to time.
	introduction = time.Minute
	// maxStations bounds those that are remembered.
	maxStations = 256
)

// ethernetFraming is the far end of an Ethernet whose other stations are the host's:
// it answers for all of their addresses, and asks before they send, by which the
// router learns of them.
type ethernetFraming struct {
	port     *forwarding.Port
	now      func() time.Duration
	send     func(frame []byte)
	stations map[netip.Addr]time.Duration // when each has asked last
}

func newEthernetFraming(l *loop.Loop, port *forwarding.Port, end *link.End) *ethernetFraming {
	return &ethernetFraming{
		port: port, now: l.Now, stations: map[netip.Addr]time.Duration{},
		send: func(frame []byte) { end.Send(l.Now(), frame) },
	}
}

func (f *ethernetFraming) strip(frame []byte) []byte {
	e := packet.Ethernet(frame)
	if !e.Valid() {
		return nil
	}
	switch e.Type() {
	case packet.EtherTypeARP:
		f.answerARP(e.Payload())
	case packet.EtherTypeIPv4:
		return unpadded(e.Payload())
	}
	return nil
}

// answerARP answers for every address, so that the router sends everything to the TUN
// device. A router that asks for its own address is probing for a duplicate: that gets
// no answer.
func (f *ethernetFraming) answerARP(a packet.ARP) {
	if !a.Valid() || a.Op() != packet.ARPRequest || a.TargetIP() == a.SenderIP() {
		return
	}
	reply := packet.BuildARP(packet.ARPReply, farMAC, a.TargetIP(), a.SenderMAC(), a.SenderIP())
	f.send(packet.BuildEthernet(a.SenderMAC(), farMAC, packet.EtherTypeARP, reply))
}

func (f *ethernetFraming) frame(p []byte) []byte {
	etherType, ok := packetType(p)
	if !ok {
		return nil
	}
	to := f.port.MAC()
	if etherType == packet.EtherTypeIPv4 {
		f.introduce(packet.IPv4(p).Src())
		switch dst := packet.IPv4(p).Dst(); {
		case dst == limitedBroadcast:
			to = packet.Broadcast
		case dst.IsMulticast(): // RFC 1112, 6.4
			b := dst.As4()
			to = packet.MAC{0x01, 0x00, 0x5e, b[1] & 0x7f, b[2], b[3]}
		}
	}
	return packet.BuildEthernet(to, farMAC, etherType, p)
}

// introduce has a neighbour of the router ask for it.
func (f *ethernetFraming) introduce(src netip.Addr) {
	router := f.port.Address()
	now := f.now()
	if last, known := f.stations[src]; known && now-last < introduction || !router.Contains(src) || src == router.Addr() {
		return
	}
	if len(f.stations) >= maxStations {
		clear(f.stations)
	}
	f.stations[src] = now
	ask := packet.BuildARP(packet.ARPRequest, farMAC, src, packet.MAC{}, router.Addr())
	f.send(packet.BuildEthernet(packet.Broadcast, farMAC, packet.EtherTypeARP, ask))
}

// serialFraming is the other end of a serial line.
type serialFraming struct{}

func (serialFraming) strip(frame []byte) []byte {
	h := packet.HDLC(frame)
	if !h.Valid() || h.Type() != packet.EtherTypeIPv4 {
		return nil
	}
	return unpadded(h.Payload())
}

func (serialFraming) frame(p []byte) []byte {
	etherType, ok := packetType(p)
	if !ok {
		return nil
	}
	return packet.BuildHDLC(etherType, p)
}

// packetType is the Ethernet type of a packet by its version.
func packetType(p []byte) (uint16, bool) {
	switch {
	case len(p) >= packet.MinIPv4Header && p[0]>>4 == 4:
		return packet.EtherTypeIPv4, true
	case len(p) > 0 && p[0]>>4 == 6:
		return packet.EtherTypeIPv6, true
	}
	return 0, false
}

// unpadded is a packet without what its frame was padded with; nil where it is none.
func unpadded(p packet.IPv4) []byte {
	if !p.Valid() {
		return nil
	}
	return p[:p.TotalLen()]
}
