package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/routemap"
	"github.com/ioslab/ioslab/nat"
)

// Room is what a packet may gain in front on its way: the headers of a tunnel and
// that of a link. Behind it, it may gain RoomBehind.
const (
	Room       = packet.MinIPv4Header + packet.UDPHeader + packet.ESPHeader + 16 + packet.EthernetHeader
	RoomBehind = 64
)

// fastStep is what a stage of the fast path says.
type fastStep uint8

const (
	goOn   fastStep = iota
	punt            // the loop is to see to it
	ignore          // it is for another station on the link
	pause           // it is to be opened first
	onWire          // it is ready to leave
)

// A Fate is what is to be done with a packet.
type Fate uint8

// The fates. A packet that is punted is the frame that it was; one that was opened
// before is a packet that goes on behind the stage "decrypt".
const (
	Punted Fate = iota
	PuntedOpened
	Ignored // it is for another station on the link
	ToOpen  // call Opener().OpenAll, then Settle
	ToSeal  // call Tunnel().SealAll, then Settle
	ToSend  // call Settle
	Lost    // it is counted; where Opening has an error, that is why
	Ready   // call Finish: the frame leaves by Out
)

// maxHits is how many entries of lists one packet may hit on the fast path.
const maxHits = 8

// A Flight is one packet on the fast path. It is used again for another packet.
type Flight struct {
	buffer []byte // the frame lies somewhere in its middle
	at     int    // where the packet begins, or the frame that leaves
	packet packet.IPv4
	length int // of the frame that came, as counters see it

	in, out *portView
	nextHop netip.Addr
	mac     packet.MAC
	acl     acl.Packet // of the packet that leaves, once that is known
	self    bool       // it ends in this router
	opened  bool
	aged    bool // its time to live is to be taken down
	used    neighbourView
	total   int // length of the packet that leaves

	policed       *routemap.Rule // that policy routing has found
	policedLength int            // of the packet, when it was found
	steered       bool           // its way is the rule's

	hits    [maxHits]routemap.Hit
	numHits int

	entry    *nat.Entry // by which the packet is translated
	outbound bool       // from inside to outside

	inbound FastInbound
	Opening Opening
	tunnel  FastTunnel
	access  filterView // the crypto map's own list for what is in the tunnel
	failed  bool
	seq     uint32
}

// The ways of a packet that comes from a wire, of one that the router makes, and of what
// it sends itself.
var wireStages, ownStages, deliveryStages = paths()

// openedStages is that of one that came out of a tunnel.
var openedStages = after(wireStages, StageDecrypt)

// The same as the fast path walks it.
var (
	fastStages       = fastOf(wireStages)
	fastOpenedStages = fastOf(openedStages)
)

func fastOf(stages []stage) (fast []func(*View, *Flight) fastStep) {
	for _, s := range stages {
		fast = append(fast, s.fast)
	}
	return fast
}

// Arrive takes a frame, at buffer[at:][:length], that came in on the interface. Where
// bare is set it is a packet alone. Everything is decided, and nothing changed, yet.
func (v *View) Arrive(f *Flight, in *Interface, buffer []byte, at, length int, bare bool) Fate {
	*f = Flight{buffer: buffer, at: at, in: &v.ports[in.index], length: length}
	if !f.in.up || !f.in.beside || f.in.ifc != in {
		return Punted
	}
	if bare {
		f.length += in.link.header()
	} else {
		switch in.link.arrive(in, buffer[at:][:length]) {
		case goOn:
			f.at += in.link.header()
		case ignore:
			return Ignored
		default:
			return Punted
		}
	}
	f.packet = packet.IPv4(buffer[f.at : at+length])
	if len(f.packet) > f.in.maxIn {
		return Punted
	}
	return v.walk(f, fastStages)
}

// walk takes a packet through stages.
func (v *View) walk(f *Flight, stages []func(*View, *Flight) fastStep) Fate {
	for _, decide := range stages {
		switch decide(v, f) {
		case goOn:
		case pause:
			return ToOpen
		case onWire:
			return v.commit(f)
		default:
			return f.punted()
		}
	}
	return f.punted()
}

func (f *Flight) punted() Fate {
	if f.opened {
		return PuntedOpened
	}
	return Punted
}

// commit is where a packet becomes the fast path's. Sequence numbers are taken in the
// order of packets.
func (v *View) commit(f *Flight) Fate {
	if f.tunnel != nil {
		var ok bool
		if f.seq, ok = f.tunnel.Next(len(f.packet)); !ok {
			return f.punted()
		}
	}
	if f.used.used != nil && !f.used.used.Load() { // all workers read it, one writes
		f.used.used.Store(true)
	}
	if f.policed != nil {
		mark(f.packet, f.policed)
	}
	if f.aged {
		f.packet.DecrementTTL()
	}
	if f.entry != nil {
		v.nat.Touch(f.entry)
		f.entry.Rewrite(f.packet, f.outbound)
	}
	if f.tunnel != nil {
		return ToSeal
	}
	return ToSend
}

// Restrict notes the crypto map's own list for what goes into the tunnel, nil for none.
func (f *Flight) Restrict(access *acl.Snapshot) { f.access.list = access }

// Opener is the SA of a packet that is to be opened.
func (f *Flight) Opener() FastInbound { return f.inbound }

// Tunnel is the SA of a packet that is to be sealed.
func (f *Flight) Tunnel() FastTunnel { return f.tunnel }

// Size is the length of the packet that is to be sealed or opened.
func (f *Flight) Size() int { return len(f.packet) }

// Packet is the packet as it is by now.
func (f *Flight) Packet() packet.IPv4 { return f.packet }

// Seal gives room for the tunnel packet, in which inner lies where it is to be, and
// the sequence number. The flight carries the tunnel packet from now on.
func (f *Flight) Seal() (outer, inner packet.IPv4, seq uint32) {
	total, before := f.tunnel.Length(len(f.packet))
	inner = f.packet
	f.at -= before
	f.packet = packet.IPv4(f.buffer[f.at:][:total])
	return f.packet, inner, f.seq
}

// Settle is the end of a packet's way on the fast path. It is called in the order in
// which packets came, after what its fate asked for, and counts what is certain.
func (v *View) Settle(f *Flight, fate Fate, t *Tally) Fate {
	switch fate {
	case ToOpen:
		before := f.numHits
		if fate = v.accept(f); fate == Punted {
			return Punted
		}
		t.arrived(f)
		if fate != Lost {
			t.carried(f.inbound)
		}
		if fate == PuntedOpened {
			f.numHits, f.policed, f.entry = before, nil, nil // the loop asks the other lists, and NAT, anew
		}
	case ToSeal:
		t.arrived(f)
		if fate = ToSend; f.failed {
			fate = Lost
		} else {
			t.carried(f.tunnel)
		}
	case ToSend:
		t.arrived(f)
	default:
		return fate
	}
	t.decided(f)
	if fate == ToSend {
		t.left(f)
		fate = Ready
	}
	return fate
}

// Fail is told of a packet whose tunnel has gone since it was chosen.
func (f *Flight) Fail() { f.failed = true }

// accept has an opened packet go on.
func (v *View) accept(f *Flight) Fate {
	if !f.Opening.Verified {
		return Punted
	}
	inner, err := f.inbound.Accept(f.Opening)
	if err != nil {
		f.Opening.Err = err
		return Lost
	}
	f.at += cap(f.buffer[f.at:]) - cap(inner)
	f.packet, f.opened = inner, true
	return v.walk(f, fastOpenedStages)
}

// Finish makes the frame of a packet that leaves; where bare is set, the packet alone
// is what leaves. It lies at buffer[at:][:length] of the buffer that Arrive was given.
func (f *Flight) Finish(bare bool) (at, length int) {
	if bare {
		return f.at, len(f.packet)
	}
	return f.out.ifc.link.putHeader(f)
}

// Out is the interface that the packet leaves by.
func (f *Flight) Out() *Interface { return f.out.ifc }

// Hit notes that an entry of a list has decided the packet; false where there are
// too many.
func (f *Flight) Hit(r *acl.Rule) bool { return r == nil || f.note(r) }

// note is Hit for an entry of any list.
func (f *Flight) note(h routemap.Hit) bool {
	if f.numHits == maxHits {
		return false
	}
	f.hits[f.numHits] = h
	f.numHits++
	return true
}
