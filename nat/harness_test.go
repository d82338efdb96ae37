package nat

import (
	"container/heap"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// rig is a NAT with a clock that the test moves, and what it needs of a router.
type rig struct {
	*NAT
	t      testing.TB
	now    time.Duration
	timers timers
	lists  acl.Table
	maps   map[string]RouteMap
	ifcs   map[string]netip.Addr
	events []Event
	quiet  bool
}

type timer struct {
	at      time.Duration
	f       func()
	stopped bool
}

type timers []*timer

func (t timers) Len() int           { return len(t) }
func (t timers) Less(i, j int) bool { return t[i].at < t[j].at }
func (t timers) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *timers) Push(x any)        { *t = append(*t, x.(*timer)) }
func (t *timers) Pop() any {
	x := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return x
}

func newRig(t testing.TB) *rig {
	r := &rig{t: t, maps: make(map[string]RouteMap), ifcs: map[string]netip.Addr{"Out": addr("200.1.1.1")}}
	r.NAT = New(Env{
		Now: func() time.Duration { return r.now },
		After: func(d time.Duration, f func()) func() {
			if d < 0 {
				t.Fatal("a timer in the past")
			}
			x := &timer{at: r.now + d, f: f}
			heap.Push(&r.timers, x)
			return func() { x.stopped = true }
		},
		Emit:     func(e Event) { r.events = append(r.events, e) },
		Wants:    func() bool { return !r.quiet },
		List:     r.lists.Get,
		RouteMap: func(name string) RouteMap { return r.maps[name] },
		Address:  func(ifc string) netip.Addr { return r.ifcs[ifc] },
		HashKey:  1,
	})
	return r
}

// wait moves the clock on.
func (r *rig) wait(d time.Duration) {
	to := r.now + d
	for len(r.timers) > 0 && r.timers[0].at <= to {
		x := heap.Pop(&r.timers).(*timer)
		if r.now = x.at; !x.stopped {
			x.f()
		}
	}
	r.now = to
}

func (r *rig) list(name string, lines ...string) {
	r.t.Helper()
	kind := acl.Extended
	if len(name) < 3 {
		kind = acl.Standard
	}
	l, err := r.lists.Open(name, kind)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, line := range lines {
		e, err := acl.ParseEntry(strings.Fields(line), kind)
		if err != nil {
			r.t.Fatal(err)
		}
		if err := l.Add(e); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *rig) pool(name, start, end string, bits int) {
	r.t.Helper()
	if err := r.SetPool(Pool{Name: name, Ranges: []Range{{addr(start), addr(end)}}, Bits: bits}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) rule(x Rule) {
	r.t.Helper()
	if err := r.AddRule(x); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) fixed(s Static) {
	r.t.Helper()
	if err := r.AddStatic(s); err != nil {
		r.t.Fatal(err)
	}
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// pkt makes a packet of a text as `tcp 10.1.1.1:5000 20.1.1.1:80 syn`, `icmp 10.1.1.1
// 20.1.1.1 7`, `47 10.1.1.1 20.1.1.1`.
func pkt(s string) packet.IPv4 {
	w := strings.Fields(s)
	f := packet.IPv4Fields{TTL: 64, ID: 5}
	var b []byte
	switch w[0] {
	case "tcp", "udp":
		src, dst := netip.MustParseAddrPort(w[1]), netip.MustParseAddrPort(w[2])
		f.Src, f.Dst = src.Addr(), dst.Addr()
		if w[0] == "udp" {
			f.Protocol = packet.ProtoUDP
			b = packet.BuildUDP(src, dst, []byte("data"))
			break
		}
		f.Protocol = packet.ProtoTCP
		flags := uint8(0)
		for _, x := range w[3:] {
			flags |= map[string]uint8{"syn": packet.TCPSyn, "ack": packet.TCPAck, "fin": packet.TCPFin, "rst": packet.TCPRst}[x]
		}
		b = packet.BuildTCP(f.Src, f.Dst, packet.TCPFields{SrcPort: src.Port(), DstPort: dst.Port(), Flags: flags}, []byte("data"))
	case "icmp":
		f.Protocol, f.Src, f.Dst = packet.ProtoICMP, addr(w[1]), addr(w[2])
		var id uint32
		fmt.Sscan(w[3], &id)
		typ := uint8(packet.ICMPEcho)
		if len(w) > 4 {
			typ = packet.ICMPEchoReply
		}
		b = packet.BuildICMP(typ, 0, id<<16, []byte("data"))
	case "esp":
		f.Protocol, f.Src, f.Dst = packet.ProtoESP, addr(w[1]), addr(w[2])
		spi, _ := strconv.ParseUint(w[3], 16, 32)
		b = binary.BigEndian.AppendUint32(nil, uint32(spi))
		b = append(b, "sequence number and more"...)
	default:
		fmt.Sscan(w[0], &f.Protocol)
		f.Src, f.Dst = addr(w[1]), addr(w[2])
		b = []byte("data of another protocol")
	}
	return packet.BuildIPv4(f, b)
}

// text is the packet as pkt reads it.
func text(p packet.IPv4) string {
	c := read(p)
	switch c.protocol {
	case packet.ProtoTCP, packet.ProtoUDP:
		name := map[uint8]string{packet.ProtoTCP: "tcp", packet.ProtoUDP: "udp"}[c.protocol]
		s := fmt.Sprintf("%s %v:%d %v:%d", name, p.Src(), c.srcID, p.Dst(), c.dstID)
		for i, flag := range []string{"fin", "syn", "rst", "psh", "ack"} {
			if c.flags>>i&1 != 0 {
				s += " " + flag
			}
		}
		return s
	case packet.ProtoICMP:
		s := fmt.Sprintf("icmp %v %v %d", p.Src(), p.Dst(), c.srcID)
		if p.Payload()[0] == packet.ICMPEchoReply {
			s += " reply"
		}
		return s
	}
	if c.protocol == packet.ProtoESP {
		return fmt.Sprintf("esp %v %v %X", p.Src(), p.Dst(), c.dstID)
	}
	return fmt.Sprintf("%d %v %v", c.protocol, p.Src(), p.Dst())
}

// check fails if a checksum of the packet is wrong.
func check(t testing.TB, p packet.IPv4) {
	t.Helper()
	if !p.Valid() {
		t.Fatalf("not valid: %x", []byte(p))
	}
	if p.IsFragment() {
		return
	}
	switch p.Protocol() {
	case packet.ProtoTCP:
		if !packet.TCP(p.Payload()).ChecksumOK(p.Src(), p.Dst()) {
			t.Fatalf("%s: bad TCP checksum", text(p))
		}
	case packet.ProtoUDP:
		if !packet.UDP(p.Payload()).ChecksumOK(p.Src(), p.Dst()) {
			t.Fatalf("%s: bad UDP checksum", text(p))
		}
	case packet.ProtoICMP:
		if !packet.ICMP(p.Payload()).Valid() {
			t.Fatalf("%s: bad ICMP checksum", text(p))
		}
	}
}

// pass sends a packet through and returns what becomes of it: the packet, "untouched",
// "refused" or "held".
func (r *rig) pass(p packet.IPv4, outbound bool, way Way) string {
	r.t.Helper()
	before := append(packet.IPv4(nil), p...)
	ask := r.Inbound
	if outbound {
		ask = r.Outbound
	}
	d := ask(p, way)
	if string(before) != string(p) {
		r.t.Fatalf("%s: was changed", text(p))
	}
	if d.Apply != nil {
		d.Apply()
	}
	switch d.Verdict {
	case Untouched:
		return "untouched"
	case Refused:
		return "refused"
	case Held:
		return "held"
	}
	for _, p := range d.Packets {
		check(r.t, p)
	}
	return text(d.Packets[0])
}

// step sends the packet of a text as `> tcp 10.1.1.1:5000 20.1.1.1:80`, outbound, or with
// `<` inbound.
func (r *rig) step(s string) string {
	r.t.Helper()
	return r.pass(pkt(s[2:]), s[0] == '>', Way{Out: "Out"})
}

// expect sends packets and compares what becomes of them: pairs of texts.
func (r *rig) expect(steps ...string) {
	r.t.Helper()
	for i := 0; i < len(steps); i += 2 {
		if got := r.step(steps[i]); got != steps[i+1] {
			r.t.Errorf("%s:\n got %s\nwant %s", steps[i], got, steps[i+1])
		}
	}
}

// row is a translation as one line of show ip nat translations, with one blank between.
func row(t Translation) string {
	name := map[uint8]string{0: "---", 1: "icmp", 6: "tcp", 17: "udp", 47: "gre", 50: "esp"}[t.Protocol]
	if name == "" {
		name = fmt.Sprint(t.Protocol)
	}
	for _, e := range []Endpoint{t.InsideGlobal, t.InsideLocal, t.OutsideLocal, t.OutsideGlobal} {
		switch {
		case !e.Addr.IsValid():
			name += " ---"
		case t.Protocol == 0:
			name += " " + e.Addr.String()
		case t.Protocol == packet.ProtoESP:
			name += fmt.Sprintf(" %v:%X", e.Addr, e.ID)
		default:
			name += fmt.Sprintf(" %v:%d", e.Addr, e.ID)
		}
	}
	return name
}

// shows compares the table.
func (r *rig) shows(want ...string) {
	r.t.Helper()
	var got []string
	for _, t := range r.Translations() {
		got = append(got, row(t))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		r.t.Errorf("the table is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func addrPort(a netip.Addr, port uint32) netip.AddrPort { return netip.AddrPortFrom(a, uint16(port)) }
