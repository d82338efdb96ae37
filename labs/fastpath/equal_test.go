package fastpath

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/wire"
)

// A world is two gateways with a tunnel between them and a LAN behind each:
//
//	LAN 10.1.1.0 - [0: inside, outside] - 12.12.12.0 - [1: outside, inside] - LAN 20.1.1.0
//
// Its frames go by the loop, or by the fast path, where one is asked for.
type world struct {
	t        testing.TB
	loop     *loop.Loop
	gateways [2]*gateway
	nat      uint16 // what a NAT before gateway 0 adds to its UDP ports; 0: there is none
}

type gateway struct {
	*ios.Router
	world   *world
	number  int
	ports   [2]*forwarding.Port // inside, outside
	sent    [2][][]byte
	screen  strings.Builder
	path    *Path // nil: all by the loop
	workers [2]*worker
	punted  int
}

const inside, outside = 0, 1

var (
	lans     = [2]string{"10.1.1", "20.1.1"}
	stations = [2]packet.MAC{{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}}
)

// newWorld boots both gateways. The inside wires carry bare packets where bare is set;
// nat other than 0 puts a NAT between the two.
func newWorld(t testing.TB, configs [2]string, fast, bare bool, nat uint16) *world {
	t.Helper()
	w := &world{t: t, loop: loop.New(), nat: nat}
	for n := range w.gateways {
		g := &gateway{world: w, number: n}
		w.gateways[n] = g
		store := &ios.MemoryStore{}
		if err := store.Save([]byte(configs[n])); err != nil {
			t.Fatal(err)
		}
		var err error
		g.Router, err = ios.New(ios.Options{
			Name: fmt.Sprint("G", n), Clock: w.loop, Spend: func(time.Duration) {}, NVRAM: store,
			Rand: func(purpose string) io.Reader {
				return rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "%d/%s", n, purpose)))
			},
			Terminal: cli.Options{Script: g, Privilege: cli.PrivilegedLevel},
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range g.ports {
			if g.ports[i], err = g.Attach(fmt.Sprint("FastEthernet0/", i), func(f []byte) { g.leave(i, f) }); err != nil {
				t.Fatal(err)
			}
			g.ports[i].SetCarrier(true)
		}
		problems, err := g.Boot()
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if fast {
			clear := func() bool { return true }
			g.path = New(w.loop, []Wire{
				{Port: g.ports[inside], Out: writer{g, inside, bare}, Bare: bare, Clear: clear},
				{Port: g.ports[outside], Out: writer{g, outside, false}, Clear: clear},
			})
			for i := range g.workers {
				g.workers[i] = newWorker(g.path.Lane(i), 64)
			}
		}
	}
	w.run(20 * time.Second)
	return w
}

func (w *world) run(d time.Duration) { w.loop.RunUntil(w.loop.Now() + d) }

// Echo, Output and Log are the console's.
func (g *gateway) Echo(string, string) {}
func (g *gateway) Output(text string)  { g.screen.WriteString(text) }
func (g *gateway) Log(record string)   { g.screen.WriteString(record + "\n") }

// do types lines and returns what the console showed since the last time.
func (g *gateway) do(lines ...string) string {
	for _, l := range lines {
		g.Console().TypeLine(l)
		for g.Console().Busy() {
			g.world.run(time.Millisecond)
		}
	}
	defer g.screen.Reset()
	return g.screen.String()
}

// writer is where the fast path's frames leave.
type writer struct {
	g    *gateway
	port int
	bare bool
}

func (o writer) Write(bufs [][]byte) int {
	for _, b := range bufs {
		f := bytes.Clone(b[wire.Headroom:])
		if o.bare {
			f = make([]byte, max(60, 14+len(f)))
			packet.PutEthernet(f, stations[o.g.number], o.g.ports[inside].Interface().MAC(), packet.EtherTypeIPv4)
			copy(f[14:], b[wire.Headroom:])
		}
		o.g.leave(o.port, f)
	}
	return len(bufs)
}

// leave is the wire behind a port.
func (g *gateway) leave(port int, frame []byte) {
	g.sent[port] = append(g.sent[port], frame)
	w := g.world
	if port == outside {
		if w.nat != 0 {
			frame = w.translated(frame, g.number)
		}
		w.loop.At(w.loop.Now(), func() { w.gateways[1-g.number].feed(outside, frame) })
		return
	}
	if e := packet.Ethernet(frame); e.Type() == packet.EtherTypeARP {
		a := packet.ARP(e.Payload())
		if a.Op() == packet.ARPRequest && strings.HasPrefix(a.TargetIP().String(), lans[g.number]) && a.TargetIP() != a.SenderIP() {
			mac := stations[g.number]
			reply := packet.BuildEthernet(a.SenderMAC(), mac, packet.EtherTypeARP,
				packet.BuildARP(packet.ARPReply, mac, a.TargetIP(), a.SenderMAC(), a.SenderIP()))
			w.loop.At(w.loop.Now(), func() { g.ports[inside].Receive(reply) })
		}
	}
}

// translated is a frame of a gateway's beyond the NAT.
func (w *world) translated(frame []byte, from int) []byte {
	e := packet.Ethernet(frame)
	p := packet.IPv4(e.Payload())
	if e.Type() != packet.EtherTypeIPv4 || !p.Valid() || p.Protocol() != packet.ProtoUDP || p.FragmentOffset() != 0 {
		return frame
	}
	frame = bytes.Clone(frame)
	u := packet.IPv4(packet.Ethernet(frame).Payload()).Payload()
	if dst := binary.BigEndian.Uint16(u[2:]); from == 0 {
		binary.BigEndian.PutUint16(u, binary.BigEndian.Uint16(u)+w.nat)
	} else if dst >= w.nat {
		binary.BigEndian.PutUint16(u[2:], dst-w.nat)
	}
	u[6], u[7] = 0, 0
	return frame
}

// feed has frames come in, as one batch.
func (g *gateway) feed(port int, frames ...[]byte) {
	if g.path == nil {
		for _, f := range frames {
			g.ports[port].Receive(f)
		}
		return
	}
	g.path.refresh()
	w := g.workers[port]
	n := 0
	for _, f := range frames {
		if g.path.lanes[port].Bare {
			e := packet.Ethernet(f)
			if !e.Valid() || e.Dst() != g.ports[inside].Interface().MAC() || e.Type() != packet.EtherTypeIPv4 {
				g.ports[port].Receive(f) // no TUN device has such
				continue
			}
			f = e.Payload()
		}
		w.sizes[n] = copy(w.bufs[n][readAt:], f)
		n++
	}
	w.decide(n)
	w.crypt()
	w.settle(func(bufs [][]byte, sizes []int) {
		for i, b := range bufs {
			g.punted++
			f := bytes.Clone(b[wire.Headroom:][:sizes[i]])
			if g.path.lanes[port].Bare {
				f = packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[g.number], packet.EtherTypeIPv4, f)
			}
			g.ports[port].Receive(f)
		}
	})
	g.path.attend()
	if ifc := g.ports[inside].Interface(); ifc != nil {
		ifc.Stack().Fold()
	}
}

// chance makes configurations and packets.
type chance struct{ *rand.Rand }

func (c chance) of(percent int) bool { return c.IntN(100) < percent }

func pick[T any](c chance, of ...T) T { return of[c.IntN(len(of))] }

// configs are two gateways' whose lists mirror each other, with more or less about them.
func (c chance) configs() (out [2]string) {
	set := pick(c, "esp-aes", "esp-aes 256", "esp-des", "esp-3des", "esp-null") + " " + pick(c, "esp-md5-hmac", "esp-sha-hmac", "esp-sha256-hmac")
	protocol := pick(c, "ip", "ip", "ip", "tcp", "udp", "icmp")
	kilobytes := pick(c, 4608000, 4608000, 2560)
	for n := range out {
		own, other := lans[n]+".0", lans[1-n]+".0"
		var b strings.Builder
		fmt.Fprintf(&b, "hostname G%d\ncrypto isakmp policy 1\n authentication pre-share\n group 1\ncrypto isakmp key k address 0.0.0.0 0.0.0.0\n", n)
		fmt.Fprintf(&b, "crypto ipsec transform-set T %s\ncrypto ipsec security-association lifetime kilobytes %d\n", set, kilobytes)
		if c.of(20) { // an entry before, whose deny passes on to the next
			fmt.Fprintf(&b, "crypto map M 5 ipsec-isakmp\n set peer 12.12.12.%d\n set transform-set T\n match address 105\n", 2-n)
			fmt.Fprintf(&b, "access-list 105 deny ip %s 0.0.0.255 %s 0.0.0.255\naccess-list 105 permit ip host 9.9.9.9 any\n", own, other)
		}
		fmt.Fprintf(&b, "crypto map M 10 ipsec-isakmp\n set peer 12.12.12.%d\n set transform-set T\n match address 110\n", 2-n)
		for _, direction := range []string{"in", "out"} {
			if c.of(20) {
				fmt.Fprintf(&b, " set ip access-group 123 %s\n", direction)
			}
		}
		fmt.Fprintf(&b, "access-list 110 permit %s %s 0.0.0.255 %s 0.0.0.255\n", protocol, own, other)
		fmt.Fprintf(&b, "interface FastEthernet0/0\n ip address %s.1 255.255.255.0\n", lans[n])
		for _, line := range []string{"no ip redirects", "no ip unreachables", "ip mtu 1400", "ip access-group 120 in", "ip access-group 121 out", "ip policy route-map WAY"} {
			if c.of(25) {
				b.WriteString(" " + line + "\n")
			}
		}
		fmt.Fprintf(&b, "interface FastEthernet0/1\n ip address 12.12.12.%d 255.255.255.0\n", 1+n)
		for _, line := range []string{"ip mtu 1450", "ip access-group 122 in", "ip access-group 122 out", "ip policy route-map WAY"} {
			if c.of(25) {
				b.WriteString(" " + line + "\n")
			}
		}
		if c.of(95) {
			b.WriteString(" crypto map M\n")
		}
		fmt.Fprintf(&b, "ip route 0.0.0.0 0.0.0.0 12.12.12.%d\nip route 30.1.1.0 255.255.255.0 %s.7\nip route 40.0.0.0 255.0.0.0 Null0\n", 2-n, lans[n])
		for list := 120; list <= 121; list++ {
			for range c.IntN(4) {
				fmt.Fprintf(&b, "access-list %d %s %s any any%s\n", list, pick(c, "permit", "permit", "deny"),
					pick(c, "tcp", "udp", "icmp"), pick(c, "", "", " log", " precedence flash"))
			}
			if c.of(80) {
				fmt.Fprintf(&b, "access-list %d permit ip any any\n", list)
			}
		}
		for _, entry := range []string{"deny udp any any lt 1000", "permit udp any any", "deny tcp any any log", "permit icmp any any log", "permit ip any any"} {
			if c.of(60) {
				b.WriteString("access-list 123 " + entry + "\n")
			}
		}
		if c.of(30) {
			b.WriteString("access-list 122 deny ip any any precedence flash\n")
		}
		if c.of(80) {
			b.WriteString("access-list 122 permit udp any eq 4500 any\naccess-list 122 permit udp any any\naccess-list 122 permit esp any any\naccess-list 122 permit ip any any\n")
		}
		b.WriteString(c.policy(n))
		if c.of(60) {
			b.WriteString(c.natLines(n))
		}
		out[n] = b.String() + "end\n"
	}
	return out
}

// policy is what there is of policy routing at a gateway: its interfaces may name the
// route-map, and it has a loopback to lead packets around by.
func (c chance) policy(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "interface Loopback0\n ip address 9.9.%d.1 255.255.255.0\n", n)
	if c.of(30) {
		b.WriteString("ip local policy route-map WAY\n")
	}
	fmt.Fprintf(&b, "ip prefix-list HOPS deny 12.12.12.2/32\nip prefix-list HOPS permit 12.0.0.0/8 le 32\naccess-list 1 permit 12.12.12.0 0.0.0.255\naccess-list 130 deny tcp any any\naccess-list 130 %s %s any any\naccess-list 131 permit %s any any\n",
		pick(c, "permit", "deny"), pick(c, "udp", "icmp"), pick(c, "udp", "icmp", "tcp"))
	for entry := range c.IntN(4) {
		fmt.Fprintf(&b, "route-map WAY %s %d\n", pick(c, "permit", "permit", "deny"), 10+entry)
		for _, match := range []string{"ip address 130", "ip address 131 130", "ip address 139", "interface FastEthernet0/1", "ip next-hop 1", "ip next-hop prefix-list HOPS", "length 60 1000"} {
			if c.of(15) {
				b.WriteString(" match " + match + "\n")
			}
		}
		for _, set := range []string{
			fmt.Sprintf("ip next-hop 77.7.7.7 12.12.12.%d", 2-n), "ip next-hop " + lans[n] + ".3", fmt.Sprintf("ip next-hop 9.9.%d.2", n), "interface Null0",
			"interface FastEthernet0/1", fmt.Sprintf("ip default next-hop 12.12.12.%d", 2-n), "default interface Loopback0",
			"ip precedence flash", "ip tos max-throughput", "ip df 0", "ip df 1",
		} {
			if c.of(15) {
				b.WriteString(" set " + set + "\n")
			}
		}
	}
	return b.String()
}

// natLines are NAT on a gateway: PAT to its interface or a pool, with or without an
// exemption for the tunnel, and more or less about it.
func (c chance) natLines(n int) string {
	own, other := lans[n]+".0", lans[1-n]+".0"
	var b strings.Builder
	b.WriteString("interface FastEthernet0/0\n ip nat inside\ninterface FastEthernet0/1\n ip nat outside\n")
	if c.of(60) {
		fmt.Fprintf(&b, "access-list 140 deny ip %s 0.0.0.255 %s 0.0.0.127\n", own, other)
	}
	fmt.Fprintf(&b, "access-list 140 permit ip %s 0.0.0.255 any\n", own)
	if c.of(60) {
		b.WriteString("ip nat inside source list 140 interface FastEthernet0/1 overload\n")
	} else {
		fmt.Fprintf(&b, "ip nat pool P 12.12.12.%d 12.12.12.%d prefix-length 24\nip nat inside source list 140 pool P\n", 100+20*n, 103+20*n)
	}
	if c.of(50) {
		fmt.Fprintf(&b, "ip nat inside source static %s.3 12.12.12.%d\n", lans[n], 50+n)
	}
	if c.of(30) {
		fmt.Fprintf(&b, "ip nat outside source static %s.4 60.1.1.4\n", lans[1-n])
	}
	if c.of(30) {
		fmt.Fprintf(&b, "ip nat inside source static udp %s.2 2000 interface FastEthernet0/1 2000\n", lans[n])
	}
	if c.of(20) {
		b.WriteString("ip nat translation max-entries 20\nip nat translation udp-timeout 2\n")
	}
	return b.String()
}

// answer is what a station might send on a frame that it has got; nil where that is none
// to answer.
func (c chance) answer(g *gateway, frame []byte) []byte {
	p := packet.IPv4(packet.Ethernet(frame).Payload())
	if packet.Ethernet(frame).Type() != packet.EtherTypeIPv4 || !p.Valid() || p.IsFragment() || len(p.Payload()) < packet.UDPHeader {
		return nil
	}
	f := packet.IPv4Fields{ID: uint16(c.Uint32()), TTL: 64, Protocol: p.Protocol(), Src: p.Dst(), Dst: p.Src()}
	body := bytes.Clone(p.Payload())
	switch f.Protocol {
	case packet.ProtoTCP:
		copy(body, p.Payload()[2:4])
		copy(body[2:], p.Payload()[:2])
	case packet.ProtoUDP:
		u := packet.UDP(p.Payload())
		body = packet.BuildUDP(netip.AddrPortFrom(f.Src, u.DstPort()), netip.AddrPortFrom(f.Dst, u.SrcPort()), []byte("an answer"))
	case packet.ProtoICMP:
		m := packet.ICMP(p.Payload())
		if c.of(20) { // it could not be delivered
			body = packet.BuildICMP(packet.ICMPUnreachable, pick[uint8](c, 0, 1, 3, 4, 13), 0, p[:min(len(p), 28+c.IntN(20))])
			break
		}
		body = packet.BuildICMP(packet.ICMPEchoReply, 0, uint32(m.ID())<<16|uint32(m.Seq()), m.Payload())
	}
	return packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[g.number], packet.EtherTypeIPv4, packet.BuildIPv4(f, body))
}

// next is what comes to a gateway next, and where: something new, something again or an
// answer. What is new is kept.
func (c chance) next(g *gateway, kept *[][]byte) (frame []byte, port int) {
	seen, got := g.world.gateways[1-g.number].sent[outside], g.sent[inside]
	switch {
	case c.of(10) && len(seen) > 0: // again, or with a fault
		frame = bytes.Clone(seen[max(0, len(seen)-1-c.IntN(80))])
		if c.of(50) {
			frame[c.IntN(len(frame))] ^= byte(1 << c.IntN(8))
		}
		return frame, outside
	case c.of(25) && len(*kept) > 0:
		return (*kept)[max(0, len(*kept)-1-c.IntN(20))], inside
	case c.of(35) && len(got) > 0:
		if frame = c.answer(g, got[max(0, len(got)-1-c.IntN(20))]); frame != nil {
			return frame, inside
		}
	}
	frame = c.frame(g)
	*kept = append(*kept, frame)
	return frame, inside
}

// frame is one that a station on the LAN of a gateway might send.
func (c chance) frame(g *gateway) []byte {
	n := g.number
	f := packet.IPv4Fields{
		TOS: pick[uint8](c, 0, 0, 0xb8), ID: uint16(c.Uint32()), DF: c.of(30), TTL: pick[uint8](c, 64, 64, 64, 255, 2, 1),
		Protocol: pick[uint8](c, packet.ProtoTCP, packet.ProtoUDP, packet.ProtoUDP, packet.ProtoICMP, packet.ProtoICMP, packet.ProtoESP, 47),
		Src:      netip.MustParseAddr(fmt.Sprint(lans[n], ".", 2+c.IntN(4))),
		Dst:      netip.MustParseAddr(fmt.Sprint(lans[1-n], ".", 2+c.IntN(4))),
	}
	switch c.IntN(20) {
	case 0:
		f.Dst = netip.MustParseAddr(pick(c, "12.12.12.1", "12.12.12.2", "10.1.1.1", "20.1.1.1", "30.1.1.1", "40.1.1.1", "255.255.255.255",
			"10.1.1.255", "20.1.1.0", "224.0.0.5", "127.0.0.1", "0.0.0.0", "12.12.12.99", "50.0.0.1"))
	case 4, 5, 6: // what NAT has an address for
		f.Dst = netip.MustParseAddr(pick(c, "12.12.12.1", "12.12.12.2", "12.12.12.50", "12.12.12.51", "12.12.12.100", "12.12.12.121",
			"60.1.1.4", lans[1-n]+".200"))
	case 1:
		f.Src = netip.MustParseAddr(pick(c, "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.1.1.255", "9.9.9.9", "20.1.1.9", "12.12.12.1"))
	case 2:
		f.Options = pick(c, []byte{1, 1, 1, 1}, []byte{148, 4, 0, 0})
	case 3:
		f.MF, f.FragmentOffset = c.of(50), 8*c.IntN(3)
	}
	body := make([]byte, pick(c, 8+c.IntN(20), c.IntN(200), 1300+c.IntN(180)))
	for i := range body {
		body[i] = byte(c.Uint32())
	}
	switch {
	case f.FragmentOffset != 0:
	case f.Protocol == packet.ProtoUDP:
		body = packet.BuildUDP(netip.AddrPortFrom(f.Src, uint16(1+c.IntN(5000))), netip.AddrPortFrom(f.Dst, uint16(1+c.IntN(5000))), body)
	case f.Protocol == packet.ProtoICMP:
		body = packet.BuildICMP(pick[uint8](c, 8, 8, 0, 3), 0, c.Uint32(), body)
	}
	p := packet.BuildIPv4(f, body)
	switch c.IntN(60) {
	case 0:
		p[c.IntN(20)] ^= byte(1 << c.IntN(8))
	case 1:
		p = p[:c.IntN(len(p))]
	}
	to := g.ports[inside].Interface().MAC()
	if c.IntN(40) == 0 {
		to = pick(c, packet.Broadcast, packet.MAC{2, 9, 9, 9, 9, 9}, packet.MAC{1, 0, 0x5e, 0, 0, 5})
	}
	e := packet.BuildEthernet(to, stations[n], packet.EtherTypeIPv4, p)
	switch c.IntN(60) {
	case 0:
		binary.BigEndian.PutUint16(e[12:], 0x86dd)
	case 1:
		e = e[:c.IntN(len(e))]
	}
	if len(e) < 60 && c.of(80) {
		e = append(e, make([]byte, 60-len(e))...)
	}
	return e
}

// shows are what a person would compare.
var shows = []string{
	"show interfaces", "show ip interface brief", "show access-lists", "show crypto ipsec sa", "show crypto isakmp sa", "show ip arp", "show route-map", "show ip prefix-list detail", "show logging",
	"show ip nat translations verbose", "show ip nat statistics", "show ip aliases",
}

// TestEqual takes the same random packets through the same random gateways by the loop
// and by the fast path. Each wire carries the same frames in both, and the routers show
// the same.
func TestEqual(t *testing.T) {
	rounds := 24
	if testing.Short() {
		rounds = 8
	}
	fast, all, inUDP := 0, 0, 0
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			c := chance{rand.New(rand.NewPCG(seed, 9))}
			configs, bare, nat := c.configs(), c.of(30), []uint16{0, 0, 40000}[seed%3]
			a, b := newWorld(t, configs, false, bare, nat), newWorld(t, configs, true, bare, nat)
			both := func(f func(w *world)) { f(a); f(b) }
			for n := range a.gateways { // so that there are SAs
				for range 2 {
					both(func(w *world) {
						g := w.gateways[n]
						for i := range 3 {
							p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: uint8([]int{1, 6, 17}[i]),
								Src: netip.MustParseAddr(lans[n] + ".2"), Dst: netip.MustParseAddr(lans[1-n] + ".2")}, make([]byte, 20))
							g.feed(inside, packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[n], packet.EtherTypeIPv4, p))
							w.run(8 * time.Second)
						}
					})
				}
			}
			var kept [2][][]byte
			for step := range 250 {
				n := c.IntN(2)
				frame, port := c.next(a.gateways[n], &kept[n])
				wait := pick(c, 0, 0, 0, time.Millisecond, 600*time.Millisecond)
				both(func(w *world) {
					w.gateways[n].feed(port, bytes.Clone(frame))
					w.run(wait)
				})
				if c.IntN(40) == 0 {
					line := pick(c, "clear counters", "clear crypto sa counters", "clear ip nat translation *", "clear ip nat statistics", "clear ip arp", "clear access-list counters",
						"clear crypto sa", "configure terminal\naccess-list 121 permit tcp any any\nend",
						"configure terminal\nno access-list 122\nend", "configure terminal\ninterface FastEthernet0/0\nshutdown\nno shutdown\nend",
						"configure terminal\ninterface FastEthernet0/0\nip access-group 120 in\nend",
						"configure terminal\nroute-map WAY permit 11\nset ip precedence critical\nend", "configure terminal\nno route-map WAY\nend",
						"configure terminal\naccess-list 130 permit ip any any\nend", "configure terminal\ninterface FastEthernet0/1\nip mtu 1300\nend")
					both(func(w *world) { w.gateways[n].do(strings.Split(line, "\n")...); w.run(time.Second) })
				}
				if nat != 0 && c.IntN(30) == 0 { // it has forgotten
					both(func(w *world) { w.nat += 100 })
				}
				for k := range a.gateways {
					for port := range 2 {
						compareFrames(t, fmt.Sprintf("step %d, G%d port %d", step, k, port), a.gateways[k].sent[port], b.gateways[k].sent[port])
					}
				}
				if t.Failed() {
					t.Logf("config:\n%s\nframe in at G%d port %d: % x", configs[n], n, port, frame)
					return
				}
			}
			for n := range a.gateways {
				for _, show := range shows {
					x, y := a.gateways[n].do(show), b.gateways[n].do(show)
					if x != y {
						t.Errorf("G%d %s:\n%s\n%s", n, show, differing(x, y), configs[n])
						return
					}
				}
				fast += len(b.gateways[n].sent[0]) + len(b.gateways[n].sent[1]) - b.gateways[n].punted
				all += len(b.gateways[n].sent[0]) + len(b.gateways[n].sent[1])
				for _, f := range b.gateways[n].sent[outside] {
					if p := packet.IPv4(packet.Ethernet(f).Payload()); p.Valid() && p.Protocol() == packet.ProtoUDP {
						if esp, ok := forwarding.ESPOf(p); ok && nat != 0 && esp.SPI() != 0 {
							inUDP++
						}
					}
				}
			}
		})
	}
	t.Logf("about %d of %d frames by the fast path", fast, all)
	if inUDP < 100 {
		t.Errorf("only %d packets of ESP in UDP", inUDP)
	}
	if fast < all/3 {
		t.Errorf("only %d of %d frames by the fast path", fast, all)
	}
}

func compareFrames(t *testing.T, where string, a, b [][]byte) {
	t.Helper()
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			t.Fatalf("%s: frame %d\nby the loop      % x\nby the fast path % x", where, i, a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%s: %d frames by the loop, %d by the fast path", where, len(a), len(b))
	}
}

// differing are the lines that are not the same.
func differing(a, b string) string {
	var out strings.Builder
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			if i < len(x) {
				out.WriteString("loop: " + x[i] + "\n")
			}
			if i < len(y) {
				out.WriteString("fast: " + y[i] + "\n")
			}
		}
	}
	return out.String()
}
