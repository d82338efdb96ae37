package slow

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// Random is where chance comes from, such as a *rand.Rand.
type Random interface{ Intn(n int) int }

// world is what NAT and the model have around them.
type world struct {
	Clock
	Random
	lists acl.Table
	out   netip.Addr // of the outside interface
}

// routeMap permits what a list permits and goes by an interface.
type routeMap struct {
	list *acl.Snapshot
	out  string // "" is every interface
}

// Permits implements nat.RouteMap.
func (m routeMap) Permits(p *acl.Packet, _ int, way nat.Way) (matches, permit bool, hit *acl.Rule) {
	r := m.list.Lookup(p)
	permit = r.Selects() && (m.out == "" || m.out == way.Out)
	return permit, permit, r.Rule
}

func (w *world) routeMap(name string) nat.RouteMap {
	if name == "NONE" {
		return nil
	}
	return routeMap{w.lists.Get("10" + name[1:]).Snapshot(), map[byte]string{'1': "", '2': "Out"}[name[1]]}
}

func (w *world) address(ifc string) netip.Addr {
	if ifc == "Out" {
		return w.out
	}
	return netip.Addr{}
}

// pick is one of some values.
func pick[T any](r Random, from ...T) T { return from[r.Intn(len(from))] }

// chance reports true once in n times.
func (w *world) chance(n int) bool { return w.Intn(n) == 0 }

func ip(a, b, c, d int) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(a), byte(b), byte(c), byte(d)})
}

// inside and outside are hosts of both sides.
func (w *world) insideHost() netip.Addr  { return ip(10, 0, w.Intn(2), 1+w.Intn(6)) }
func (w *world) outsideHost() netip.Addr { return ip(20, 0, 0, 1+w.Intn(4)) }

// global is an address that might be an inside global one, localOutside one that might be
// an outside local one.
func (w *world) global() netip.Addr       { return ip(200, 0, 0, 1+w.Intn(20)) }
func (w *world) localOutside() netip.Addr { return ip(172, 16, 0, 1+w.Intn(6)) }

func (w *world) port() uint16 {
	if w.chance(3) {
		return uint16(1 + w.Intn(511))
	}
	return pick[uint16](w, 0, 1, 21, 53, 80, 500, 511, 512, 600, 1023, 1024, 1025, 1723, 4500, 65535)
}

// edit changes a list.
func (w *world) edit() {
	name := pick(w, "1", "2", "101", "102")
	kind := acl.Extended
	if len(name) == 1 {
		kind = acl.Standard
	}
	if w.chance(4) {
		w.lists.Delete(name)
	}
	l, err := w.lists.Open(name, kind)
	if err != nil {
		panic(err)
	}
	e, err := acl.ParseEntry(strings.Fields(w.line(kind)), kind)
	if err != nil {
		panic(err)
	}
	l.Add(e) // one that is there already is refused
}

func (w *world) line(kind acl.Kind) string {
	action := pick(w, "permit", "permit", "permit", "deny")
	src := pick(w, "any", "10.0.0.0 0.0.0.255", "10.0.0.0 0.0.255.255", "host "+w.insideHost().String(), "host "+w.outsideHost().String(), "host "+w.global().String())
	if kind == acl.Standard {
		return action + " " + strings.TrimPrefix(src, "host ")
	}
	protocol := pick(w, "ip", "ip", "tcp", "udp", "icmp")
	dst := pick(w, "any", "any", "host "+w.outsideHost().String(), "host "+w.localOutside().String(), "20.0.0.0 0.0.0.1")
	line := fmt.Sprintf("%s %s %s %s", action, protocol, src, dst)
	if (protocol == "tcp" || protocol == "udp") && w.chance(2) {
		line += fmt.Sprintf(" eq %d", w.port())
	}
	return line
}

// build makes the bytes of a packet.
func build(p Packet) packet.IPv4 {
	f := packet.IPv4Fields{TTL: 64, Protocol: p.Protocol, Src: p.Src.Addr, Dst: p.Dst.Addr}
	switch p.Protocol {
	case packet.ProtoTCP:
		return packet.BuildIPv4(f, packet.BuildTCP(f.Src, f.Dst, packet.TCPFields{SrcPort: p.Src.ID, DstPort: p.Dst.ID, Flags: p.Flags}, nil))
	case packet.ProtoUDP:
		return packet.BuildIPv4(f, packet.BuildUDP(netip.AddrPortFrom(f.Src, p.Src.ID), netip.AddrPortFrom(f.Dst, p.Dst.ID), nil))
	case packet.ProtoICMP:
		return packet.BuildIPv4(f, packet.BuildICMP(packet.ICMPEcho, 0, uint32(p.Src.ID)<<16, nil))
	}
	return packet.BuildIPv4(f, []byte("another protocol"))
}

// read is the other way round; ok is false where a checksum is wrong.
func read(b packet.IPv4) (p Packet, ok bool) {
	p = Packet{Protocol: b.Protocol(), Src: End{Addr: b.Src()}, Dst: End{Addr: b.Dst()}}
	ok = b.Valid()
	t := b.Payload()
	switch p.Protocol {
	case packet.ProtoTCP:
		p.Flags = t[13]
		ok = ok && packet.TCP(t).ChecksumOK(b.Src(), b.Dst())
	case packet.ProtoUDP:
		ok = ok && packet.UDP(t).ChecksumOK(b.Src(), b.Dst())
	case packet.ProtoICMP:
		p.Src.ID = binary.BigEndian.Uint16(t[4:])
		p.Dst.ID = p.Src.ID
		return p, ok && packet.ICMP(t).Valid()
	default:
		return p, ok
	}
	p.Src.ID, p.Dst.ID = binary.BigEndian.Uint16(t), binary.BigEndian.Uint16(t[2:])
	return p, ok
}
