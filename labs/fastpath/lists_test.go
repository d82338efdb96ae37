package fastpath

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestEqualOfLists takes the same random packets through gateways with access lists of
// every kind: long ones, with each condition that an entry can have, time ranges that
// begin and end meanwhile, reflexive lists, and reports.
func TestEqualOfLists(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	fast, all := 0, 0
	seen := map[string]int{}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			c := chance{rand.New(rand.NewPCG(seed, 11))}
			configs, bare := c.listConfigs(), c.of(30)
			a, b := newWorld(t, configs, false, bare, 0), newWorld(t, configs, true, bare, 0)
			both := func(f func(w *world)) { f(a); f(b) }
			for step := range 500 {
				n := c.IntN(2)
				frame := c.flowFrame(a.gateways[n])
				wait := pick(c, 0, 0, 0, time.Millisecond, 600*time.Millisecond)
				if c.of(2) {
					wait = time.Duration(c.IntN(100)) * time.Second
				}
				if c.of(30) { // a question changes nothing
					a.gateways[n].ask(inside, frame)
				}
				both(func(w *world) {
					w.gateways[n].feed(inside, append([]byte(nil), frame...))
					w.run(wait)
				})
				if c.IntN(60) == 0 {
					line := pick(c, "clear access-list counters", "configure terminal\nip access-list extended LANIN\nno 20\nend",
						"configure terminal\nip access-list extended LANIN\n25 permit tcp any any reflect BACK timeout 20\nend",
						"configure terminal\nip access-list resequence LANIN 10 10\nend",
						"configure terminal\ntime-range SECOND\nperiodic daily 0:01 to 0:09\nend",
						"configure terminal\nno time-range SECOND\nend", "clock set 00:01:30 1 March 2002")
					both(func(w *world) { w.gateways[n].do(strings.Split(line, "\n")...); w.run(time.Second) })
				}
				for k := range a.gateways {
					for port := range 2 {
						compareFrames(t, fmt.Sprintf("step %d, G%d port %d", step, k, port), a.gateways[k].sent[port], b.gateways[k].sent[port])
					}
				}
				if t.Failed() {
					t.Logf("config:\n%s\nframe in at G%d: % x", configs[n], n, frame)
					return
				}
				if step%100 != 99 {
					continue
				}
				for n := range a.gateways {
					for _, show := range []string{"show access-lists", "show time-range", "show interfaces", "show logging"} {
						x, y := a.gateways[n].do(show), b.gateways[n].do(show)
						if x != y {
							t.Fatalf("step %d, G%d %s:\n%s\n%s", step, n, show, differing(x, y), configs[n])
						}
						for _, what := range []string{"time left", "(active) (", "IPACCESSLOG"} {
							seen[what] += strings.Count(y, what)
						}
					}
				}
			}
			for _, g := range b.gateways {
				fast += len(g.sent[0]) + len(g.sent[1]) - g.punted
				all += len(g.sent[0]) + len(g.sent[1])
			}
		})
	}
	t.Logf("about %d of %d frames by the fast path; shown: %v", fast, all, seen)
	if fast < all/3 || !testing.Short() && (seen["time left"] < 50 || seen["(active) ("] < 10 || seen["IPACCESSLOG"] < 10) {
		t.Errorf("only %d of %d frames by the fast path; shown: %v", fast, all, seen)
	}
}

// listConfigs are two gateways with lists on each interface.
func (c chance) listConfigs() (out [2]string) {
	for n := range out {
		var b strings.Builder
		fmt.Fprintf(&b, "hostname G%d\ninterface FastEthernet0/0\n ip address %s.1 255.255.255.0\n ip access-group LANIN in\n ip access-group LANOUT out\n", n, lans[n])
		fmt.Fprintf(&b, "interface FastEthernet0/1\n ip address 12.12.12.%d 255.255.255.0\n", 1+n)
		for _, line := range []string{"ip access-group WANIN in", "ip access-group 10 out"} {
			if c.of(50) {
				b.WriteString(" " + line + "\n")
			}
		}
		fmt.Fprintf(&b, "ip route 0.0.0.0 0.0.0.0 12.12.12.%d\n", 2-n)
		b.WriteString("time-range FIRST\n periodic daily 0:02 to 0:03\n periodic weekend 0:05 to 0:05\n periodic Friday 0:07 to 0:08\n")
		b.WriteString("time-range SECOND\n absolute start 00:01 1 March 2002 end 00:06 1 March 2002\n")
		b.WriteString("ip access-list extended LANIN\n")
		for range pick(c, 5, 5, 30, 60) {
			b.WriteString(" " + c.listEntry(n) + "\n")
		}
		for _, protocol := range []string{"tcp", "udp", "icmp"} {
			if c.of(70) {
				fmt.Fprintf(&b, " permit %s any any reflect BACK%s\n", protocol, pick(c, "", "", " timeout 30"))
			}
		}
		b.WriteString(" permit ip any any\nip access-list extended LANOUT\n")
		if c.of(50) {
			b.WriteString(" permit udp any range 1002 1004 any\n")
		}
		b.WriteString(" evaluate BACK\n")
		if c.of(85) {
			b.WriteString(pick(c, " permit icmp any any\n", " permit ip any any\n", " permit ip any any\n", " permit tcp any any log\n"))
		}
		b.WriteString("ip access-list extended WANIN\n deny tcp any any eq 1003 time-range SECOND\n permit ip any any dscp ef\n permit ip any any\n")
		fmt.Fprintf(&b, "access-list 10 deny host %s.%d log\naccess-list 10 permit any\n", lans[n], 2+c.IntN(4))
		out[n] = b.String() + "end\n"
	}
	return out
}

// listEntry is an entry that some of the packets of flowFrame meet.
func (c chance) listEntry(n int) string {
	host := func(n int) string {
		return pick(c, "any", fmt.Sprintf("host %s.%d", lans[n], 2+c.IntN(4)), lans[n]+".2 0.0.0.1", "0.0.0.2 255.255.255.1")
	}
	protocol := pick(c, "tcp", "tcp", "udp", "icmp", "ip", "gre")
	from, to, more := host(n), host(1-n), ""
	if protocol == "tcp" || protocol == "udp" {
		ports := func() string {
			return pick(c, "", "", " eq 1001", " eq 1002 1004", " range 1001 1003", " neq 1002", " gt 1003", " lt 1002")
		}
		from, to = from+ports(), to+ports()
	}
	switch protocol {
	case "tcp":
		more = pick(c, "", "", " established", " syn", " match-all +ack -fin")
	case "icmp":
		more = pick(c, "", " echo", " echo-reply", " 3 1")
	case "ip":
		more = pick(c, " dscp ef", " precedence critical", " tos 4", " fragments")
	}
	if c.of(5) {
		more += pick(c, " log", " log-input", " time-range FIRST log")
	} else if c.of(40) {
		more += pick(c, " time-range FIRST", " time-range SECOND", " time-range NONE")
	}
	return pick(c, "permit", "permit", "permit", "permit", "deny") + " " + protocol + " " + from + " " + to + more
}

// flowFrame is a packet of one of few flows between the LANs.
func (c chance) flowFrame(g *gateway) []byte {
	n := g.number
	f := packet.IPv4Fields{
		TOS: pick[uint8](c, 0, 0, 0, 0xb8, 0x08), ID: uint16(c.Uint32()), TTL: 64,
		Protocol: pick[uint8](c, packet.ProtoTCP, packet.ProtoTCP, packet.ProtoUDP, packet.ProtoUDP, packet.ProtoICMP, 47),
		Src:      netip.MustParseAddr(fmt.Sprint(lans[n], ".", 2+c.IntN(3))),
		Dst:      netip.MustParseAddr(fmt.Sprint(lans[1-n], ".", 2+c.IntN(3))),
	}
	src, dst := uint16(1001+c.IntN(3)), uint16(1001+c.IntN(3))
	body := make([]byte, 8+c.IntN(40))
	switch f.Protocol {
	case packet.ProtoTCP:
		body = make([]byte, 20+c.IntN(20))
		body[0], body[1], body[2], body[3] = byte(src>>8), byte(src), byte(dst>>8), byte(dst)
		body[12], body[13] = 5<<4, pick[byte](c, 0x10, 0x10, 0x10, 0x10, 0x18, 0x18, 0x02, 0x12, 0x11, 0x14)
	case packet.ProtoUDP:
		body = packet.BuildUDP(netip.AddrPortFrom(f.Src, src), netip.AddrPortFrom(f.Dst, dst), body)
	case packet.ProtoICMP:
		body = packet.BuildICMP(pick[uint8](c, 8, 8, 0, 3), 0, c.Uint32(), body)
	}
	if c.of(8) {
		f.MF, f.FragmentOffset = c.of(50), 8*c.IntN(3)
	}
	return packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[n], packet.EtherTypeIPv4, packet.BuildIPv4(f, body))
}
