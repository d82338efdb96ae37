package forwarding

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/prefixlist"
	"github.com/ioslab/ioslab/ios/routemap"
	"github.com/ioslab/ioslab/nat"
)

// An edge is R2 of the row, between inside (R1 with 10.1.1.0/24 behind it) and outside
// (R3 with 20.1.1.0/24). Of inside, 10.1.1.1 is 23.23.23.50 outside, and UDP port 2000 of
// the interface outside is 10.1.1.2. Of outside, 20.1.1.9 is 50.1.1.9 inside. R3 is an
// IPsec peer; no crypto map is on an interface yet. The MTU outside is 1500.
type edge struct {
	*row
	*vault
	in, out, other *Interface // other leads to 34.34.34.4
	counts         int        // of what a row counts
}

func newEdge(t testing.TB) *edge {
	t.Helper()
	n := newRow(t)
	e := &edge{row: n, in: n.r2.Interfaces()[0], out: n.r2.Interfaces()[1], other: n.r2.up(t, "fa1/0", "34.34.34.2/24")}
	n.join(e.other, n.router("R4").up(t, "fa0/0", "34.34.34.4/24"))
	n.Pass(10 * time.Second)
	n.r2.route(t, "50.1.1.0/24", "23.23.23.3")
	n.r2.UnreachableInterval = 0
	e.in.NAT, e.out.NAT = Inside, Outside
	x := n.r2.withNAT(t)
	for _, s := range []nat.Static{
		{Kind: nat.InsideSource, Local: addr("10.1.1.1"), Global: addr("23.23.23.50")},
		{Kind: nat.InsideSource, Protocol: packet.ProtoUDP, Local: addr("10.1.1.2"), LocalPort: 2000, Interface: "FastEthernet0/1", GlobalPort: 2000},
		{Kind: nat.OutsideSource, Local: addr("50.1.1.9"), Global: addr("20.1.1.9")},
	} {
		if err := x.AddStatic(s); err != nil {
			t.Fatal(err)
		}
	}
	e.vault = &vault{local: "23.23.23.2", remote: "23.23.23.3", protects: anyPacket, ready: true}
	n.r2.Crypto = e.vault
	for _, dst := range []string{"12.12.12.1", "23.23.23.3", "34.34.34.4"} {
		n.r2.ping(t, PingParams{Dst: addr(dst), Count: 2})
	}
	return e
}

// deny is an access list that denies what denied is true for, and counts what it is asked.
func (e *edge) deny(denied func(packet.IPv4) bool) Filter {
	return filterFunc(func(p packet.IPv4) bool {
		e.counts++
		return !denied(p)
	})
}

// protect puts a crypto map that selects what the function is true for on interfaces.
func (e *edge) protect(selects func(packet.IPv4) bool, on ...*Interface) {
	e.protects = selects
	for _, i := range on {
		i.CryptoMap = true
	}
}

// steer has policy routing send what an extended entry permits another way.
func (e *edge) steer(t testing.TB, in *Interface, entry string, set routemap.Set) {
	t.Helper()
	list := acl.NewList("100", acl.Extended)
	parsed, err := acl.ParseEntry(strings.Fields(entry), acl.Extended)
	if err != nil {
		t.Fatal(err)
	}
	if err := list.Add(parsed); err != nil {
		t.Fatal(err)
	}
	m := named{routemap.NewTable(routemap.Lists{
		Access: func(string) *acl.List { return list }, Prefix: func(string) *prefixlist.List { return nil },
	})}
	x := m.table.Open("M", 10, false)
	x.Match.Lists, x.Set = []string{"100"}, set
	x.Changed()
	in.RouteMap = m
}

// listen counts the datagrams to UDP port 9.
func (e *edge) listen() { e.r2.Listen(9, func(Datagram) { e.counts++ }) }

func anyPacket(packet.IPv4) bool { return true }
func isPiece(p packet.IPv4) bool { return p.IsFragment() }
func isUDP(p packet.IPv4) bool   { return p.Protocol() == packet.ProtoUDP }
func isESP(p packet.IPv4) bool   { return p.Protocol() == packet.ProtoESP }

// names returns what is true for packets with that address at an end.
func names(a string) func(packet.IPv4) bool {
	return func(p packet.IPv4) bool { return p.Src() == addr(a) || p.Dst() == addr(a) }
}

// udp is a datagram of so many bytes of payload.
func udp(src, dst string, size int) packet.IPv4 {
	from, to := addrPort(src), addrPort(dst)
	return packet.BuildIPv4(packet.IPv4Fields{ID: 7, TTL: 9, Protocol: packet.ProtoUDP, Src: from.Addr(), Dst: to.Addr()},
		packet.BuildUDP(from, to, make([]byte, size)))
}

// dying is a packet at the end of its time to live.
func dying(p packet.IPv4) packet.IPv4 {
	p[8] = 1
	p.UpdateChecksum()
	return p
}

// sealed is p as R3 sends it to R2.
func sealed(p packet.IPv4) packet.IPv4 {
	peer := &vault{local: "23.23.23.3", remote: "23.23.23.2"}
	outer := peer.Outline(p)
	peer.Seal(outer, p)
	return outer
}

// sealedPieces are the fragments of p, each as R3 sends it to R2.
func sealedPieces(p packet.IPv4) (list []packet.IPv4) {
	for _, f := range fragments(p, 1400) {
		list = append(list, sealed(f))
	}
	return list
}

// An orderRow is what becomes of packets that show in which order two stages stand, or
// more of them.
type orderRow struct {
	name    string
	before  func(e *edge)
	outside bool // where the packets come in
	packets []packet.IPv4
	want    string
}

// orderRows are the rows of the order of operations, by their numbers from inside to
// outside and back, and what else depends on where a stage stands.
func orderRows(t testing.TB) []orderRow {
	aside := routemap.Set{NextHops: []netip.Addr{addr("34.34.34.4")}}
	toPeer := []packet.IPv4{udp("10.1.1.1:9", "20.1.1.1:9", 9)}
	toGlobal := []packet.IPv4{udp("20.1.1.1:9", "23.23.23.50:9", 9)}
	return []orderRow{
		{"no list is asked about a martian", func(e *edge) { e.in.AccessIn = e.deny(anyPacket) }, false,
			[]packet.IPv4{udp("127.0.0.1:9", "20.1.1.1:9", 9)}, ""},
		{"1: the list in sees local addresses", func(e *edge) { e.in.AccessIn = e.deny(names("23.23.23.50")) }, false,
			toPeer, "Fa0/1 > 23.23.23.3: udp 23.23.23.50 to 20.1.1.1, 1 counted"},
		{"1: the list in sees global addresses", func(e *edge) { e.out.AccessIn = e.deny(names("10.1.1.1")) }, true,
			toGlobal, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1, 1 counted"},
		{"1: the list in sees the IPsec packet as it is", func(e *edge) { e.out.AccessIn = e.deny(func(p packet.IPv4) bool { return !isESP(p) }) }, true,
			[]packet.IPv4{sealed(toGlobal[0])}, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1, 1 counted"},
		{"1, 2: who is denied is told so, though it should have been encrypted", func(e *edge) {
			e.in.AccessIn = e.deny(anyPacket)
			e.protect(isUDP, e.in)
		}, false, toPeer, "Fa0/0 > 12.12.12.1: icmp 3/13 12.12.12.2 to 10.1.1.1, 1 counted"},
		{"2: clear fragments are refused, not kept", func(e *edge) { e.protect(anyPacket, e.out) }, true,
			fragments(udp("20.1.1.1:9", "23.23.23.2:9", 2000), 1500), "2 refused"},
		{"2, 5: what should have been encrypted is known by global addresses", func(e *edge) { e.protect(names("23.23.23.50"), e.out) }, true,
			toGlobal, "1 refused"},
		{"3: an IPsec packet in fragments is opened", func(e *edge) {}, true,
			fragments(sealed(udp("20.1.1.1:9", "23.23.23.50:9", 1460)), 1500), "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1"},
		{"3: fragments in IPsec packets are put together", (*edge).listen, true,
			sealedPieces(udp("20.1.1.1:9", "12.12.12.2:9", 2000)), "1 counted"},
		{"4: the crypto map's list in sees whole packets", func(e *edge) {
			e.r2.Listen(9, func(Datagram) {})
			e.vault.in = e.deny(isPiece)
		}, true, sealedPieces(udp("20.1.1.1:9", "12.12.12.2:9", 2000)), "1 counted"},
		{"4, 5: the crypto map's list in sees global addresses", func(e *edge) { e.vault.in = e.deny(names("10.1.1.1")) }, true,
			[]packet.IPv4{sealed(toGlobal[0])}, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1, 1 counted"},
		{"5: what comes to the router's address is asked for by NAT first", func(e *edge) {}, true,
			[]packet.IPv4{udp("20.1.1.1:9", "23.23.23.2:2000", 9)}, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.2"},
		{"5: policy routing sees local addresses", func(e *edge) { e.steer(t, e.in, "permit ip host 10.1.1.1 any", aside) }, false,
			toPeer, "Fa1/0 > 34.34.34.4: udp 10.1.1.1 to 20.1.1.1"},
		{"5, 6: policy routing sees local addresses of what comes in, too", func(e *edge) { e.steer(t, e.out, "permit ip any host 10.1.1.1", aside) }, true,
			toGlobal, "Fa1/0 > 34.34.34.4: udp 20.1.1.1 to 10.1.1.1"},
		{"5, 6: policy routing needs no route", func(e *edge) { e.steer(t, e.in, "permit ip any any", aside) }, false,
			[]packet.IPv4{udp("10.1.1.1:9", "99.9.9.9:9", 9)}, "Fa1/0 > 34.34.34.4: udp 10.1.1.1 to 99.9.9.9"},
		{"no policy is asked in a router that does not route", func(e *edge) {
			e.r2.AddInterface(name(t, "null0"))
			e.steer(t, e.in, "permit ip any any", routemap.Set{Interfaces: []string{"Null0"}})
			e.r2.Routing = false
		}, false, toPeer, ""},
		{"5, 7: the way in is by the inside local address", func(e *edge) {
			e.r2.AddStatic(StaticRoute{Prefix: prefix("23.23.23.50/32"), NextHop: addr("34.34.34.4"), Distance: 1})
		}, true,
			toGlobal, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1"},
		{"what is to a router that does not route is delivered", func(e *edge) {
			e.listen()
			e.r2.Routing = false
		}, false, []packet.IPv4{udp("10.1.1.3:9", "12.12.12.2:9", 9)}, "1 counted"},
		{"a router that does not route does not tell that it has no route", func(e *edge) { e.r2.Routing = false }, false,
			[]packet.IPv4{udp("10.1.1.3:9", "99.9.9.9:9", 9)}, ""},
		{"6, 7: the way out is by the outside local address", func(e *edge) {
			e.r2.AddStatic(StaticRoute{Prefix: prefix("20.1.1.9/32"), NextHop: addr("34.34.34.4"), Distance: 1})
		}, false,
			[]packet.IPv4{udp("10.1.1.1:9", "50.1.1.9:9", 9)}, "Fa0/1 > 23.23.23.3: udp 23.23.23.50 to 20.1.1.9"},
		{"6: without a route the time to live does not matter", func(e *edge) {}, false,
			[]packet.IPv4{dying(udp("10.1.1.3:9", "99.9.9.9:9", 9))}, "Fa0/0 > 12.12.12.1: icmp 3/1 12.12.12.2 to 10.1.1.3"},
		{"what is at its end makes no redirect", func(e *edge) {}, false,
			[]packet.IPv4{dying(udp("12.12.12.1:9", "10.1.1.3:9", 9))}, "Fa0/0 > 12.12.12.1: icmp 11/0 12.12.12.2 to 12.12.12.1"},
		{"7: what is at its end makes no translation", func(e *edge) {
			e.r2.AddWatch(func(s Step) {
				if s.Reason == Translated {
					e.counts++
				}
			})
		}, false, []packet.IPv4{dying(udp("10.1.1.1:9", "20.1.1.1:9", 9))}, "Fa0/0 > 12.12.12.1: icmp 11/0 12.12.12.2 to 10.1.1.1"},
		{"7, 8: the crypto list names global addresses", func(e *edge) { e.protect(names("23.23.23.50"), e.out) }, false,
			toPeer, "Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3"},
		{"8, 9: the crypto map's list out sees what is selected", func(e *edge) {
			e.protect(anyPacket, e.out)
			e.vault.out = e.deny(anyPacket)
		}, false, toPeer, "1 counted"},
		{"8: the crypto map's list out sees whole packets", func(e *edge) {
			e.protect(anyPacket, e.out)
			e.vault.out = e.deny(isPiece)
		}, false, []packet.IPv4{udp("10.1.1.1:9", "20.1.1.1:9", 1472)},
			"Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3, Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3, 1 counted"},
		{"9: what would not fit is cut before", func(e *edge) { e.protect(anyPacket, e.out) }, false,
			[]packet.IPv4{udp("10.1.1.1:9", "20.1.1.1:9", 1472)},
			"Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3, Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3"},
		{"9: the IPsec packet is routed", func(e *edge) {
			e.protect(anyPacket, e.out)
			e.remote = "34.34.34.4"
		}, false, toPeer, "Fa1/0 > 34.34.34.4: esp 23.23.23.2 to 34.34.34.4"},
		{"9, 10: the list out is that of the IPsec packet's way", func(e *edge) {
			e.protect(anyPacket, e.out)
			e.remote = "34.34.34.4"
			e.out.AccessOut = e.deny(anyPacket)
		}, false, toPeer, "Fa1/0 > 34.34.34.4: esp 23.23.23.2 to 34.34.34.4"},
		{"10: the list out sees the IPsec packet", func(e *edge) {
			e.protect(anyPacket, e.out)
			e.out.AccessOut = e.deny(func(p packet.IPv4) bool { return !isESP(p) })
		}, false, toPeer, "Fa0/1 > 23.23.23.3: esp 23.23.23.2 to 23.23.23.3, 1 counted"},
		{"10: the list out sees global addresses", func(e *edge) { e.out.AccessOut = e.deny(names("10.1.1.1")) }, false,
			toPeer, "Fa0/1 > 23.23.23.3: udp 23.23.23.50 to 20.1.1.1, 1 counted"},
		{"10: the list out sees whole packets", func(e *edge) {
			e.out.SetIPMTU(1000)
			e.out.AccessOut = e.deny(isPiece)
		}, false, []packet.IPv4{udp("10.1.1.1:9", "20.1.1.1:9", 1472)},
			"Fa0/1 > 23.23.23.3: piece of udp 23.23.23.50 to 20.1.1.1, Fa0/1 > 23.23.23.3: piece of udp 23.23.23.50 to 20.1.1.1, 1 counted"},
		{"8: the crypto map of the interface inside names local addresses", func(e *edge) {
			e.protect(names("10.1.1.1"), e.in)
			e.local, e.remote = "12.12.12.2", "12.12.12.1"
		}, true, toGlobal, "Fa0/0 > 12.12.12.1: esp 12.12.12.2 to 12.12.12.1"},
		{"9: the list out of the interface inside sees local addresses", func(e *edge) { e.in.AccessOut = e.deny(names("23.23.23.50")) }, true,
			toGlobal, "Fa0/0 > 12.12.12.1: udp 20.1.1.1 to 10.1.1.1, 1 counted"},
		{"5, 9: outside addresses, too", func(e *edge) { e.in.AccessOut = e.deny(names("20.1.1.9")) }, true,
			[]packet.IPv4{udp("20.1.1.9:9", "23.23.23.50:9", 9)}, "Fa0/0 > 12.12.12.1: udp 50.1.1.9 to 10.1.1.1, 1 counted"},
	}
}

// outcome is what R2 sends and counts for the row's packets when its stages are changed
// so; nil changes nothing.
func (r orderRow) outcome(t *testing.T, change func([]stage) []stage) (text string) {
	e := newEdge(t)
	r.before(e)
	if change != nil {
		e.r2.fromWire, e.r2.fromSelf, e.r2.toSelf = change(e.r2.fromWire), change(e.r2.fromSelf), change(e.r2.toSelf)
	}
	var list []string
	e.r2.AddWatch(func(s Step) {
		if s.Stage == StageTransmit && s.Reason == Sent {
			list = append(list, fmt.Sprintf("%s > %v: %s %v to %v", s.Out.Name().Short(), s.NextHop, protocolOf(s.Packet), s.Packet.Src(), s.Packet.Dst()))
		}
	})
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint("panic: ", p)
		}
	}()
	in := e.in
	if r.outside {
		in = e.out
	}
	for _, p := range r.packets {
		in.Receive(packet.BuildEthernet(in.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, p))
	}
	if e.counts > 0 {
		list = append(list, fmt.Sprint(e.counts, " counted"))
	}
	if e.refused > 0 {
		list = append(list, fmt.Sprint(e.refused, " refused"))
	}
	return strings.Join(list, ", ")
}

func protocolOf(p packet.IPv4) string {
	piece := ""
	if p.IsFragment() {
		piece = "piece of "
	}
	switch p.Protocol() {
	case packet.ProtoUDP:
		return piece + "udp"
	case packet.ProtoESP:
		return piece + "esp"
	case packet.ProtoICMP:
		m := packet.ICMP(p.Payload())
		return fmt.Sprintf("icmp %d/%d", m.Type(), m.Code())
	}
	return fmt.Sprint(p.Protocol())
}

func TestOrderOfOperations(t *testing.T) {
	for _, r := range orderRows(t) {
		t.Run(r.name, func(t *testing.T) { equal(t, "outcome", r.outcome(t, nil), r.want) })
	}
}

// apart are stages that never both concern one packet, so that their order does not
// matter, with the reason why.
var apart = map[[2]Stage]string{
	{StageRedirect, StageNATOut}: "a packet that goes back over its interface does not cross from inside to outside",
}

// TestEachStageHasItsPlace: where two stages that follow one another change places, a row
// of the order of operations fails.
func TestEachStageHasItsPlace(t *testing.T) {
	whole, _, _ := paths()
	for at := range len(whole) - 1 {
		first, second := whole[at].name, whole[at+1].name
		to := at
		for to > 0 && apart[[2]Stage{whole[to].name, second}] != "" {
			to--
		}
		t.Run(fmt.Sprintf("%v before %v", second, whole[to].name), func(t *testing.T) {
			move := func(stages []stage) []stage {
				from := slices.IndexFunc(stages, func(s stage) bool { return s.name == second })
				to := slices.IndexFunc(stages, func(s stage) bool { return s.name == whole[to].name })
				if from < 0 || to < 0 {
					return stages
				}
				moved := stages[from]
				return slices.Insert(slices.Delete(slices.Clone(stages), from, from+1), to, moved)
			}
			for _, r := range orderRows(t) {
				if r.outcome(t, move) != r.want {
					return
				}
			}
			t.Errorf("no row fails with %v and %v in the other order", first, second)
		})
	}
}
