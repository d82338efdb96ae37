package forwarding

import (
	"math"

	"github.com/ioslab/ioslab/ios/packet"
)

// hdlcLink is Cisco's HDLC on serial lines: from point to point, and without addresses.
type hdlcLink struct{}

func (hdlcLink) encapsulation() string  { return "HDLC" }
func (hdlcLink) addressed() bool        { return false }
func (hdlcLink) discards() bool         { return false }
func (hdlcLink) header() int            { return packet.HDLCHeader }
func (hdlcLink) length(n int) int       { return packet.HDLCHeader + n }
func (hdlcLink) largest(*Interface) int { return math.MaxInt }

func (hdlcLink) open(i *Interface, frame []byte) (p payload, ok bool) {
	h := packet.HDLC(frame)
	if !h.Valid() {
		i.badFrame(&i.counters.Runts)
		return p, false
	}
	return payload{etherType: h.Type(), bytes: h.Payload()}, true
}

func (hdlcLink) transmit(*Stack, *transit) verdict { return taken(Sent) }

func (hdlcLink) send(_ *Stack, t *transit, _ verdict) {
	t.out.transmit(t.Identity, packet.BuildHDLC(packet.EtherTypeIPv4, t.packet))
}

func (hdlcLink) arrive(_ *Interface, frame []byte) fastStep {
	if h := packet.HDLC(frame); !h.Valid() || h.Type() != packet.EtherTypeIPv4 {
		return punt
	}
	return goOn
}

func (hdlcLink) depart(*View, *Flight) fastStep { return onWire }

func (hdlcLink) putHeader(f *Flight) (at, length int) {
	f.at -= packet.HDLCHeader
	packet.PutHDLC(f.buffer[f.at:], packet.EtherTypeIPv4)
	return f.at, len(f.packet) + packet.HDLCHeader
}
