package forwarding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// told is what a step tells of the packets of one router.
func told(s Step) string {
	return fmt.Sprintf("%d<%d %v: %v: %v", s.Number, s.Parent, s.Stage, s.Outcome, s.Reason)
}

// TestStepsStandInOrder has R1 send a ping through a tunnel that it does not fit, and R3
// answer it. Each packet's steps follow the step that made it.
func TestStepsStandInOrder(t *testing.T) {
	n, _, _ := tunnel(t)
	var steps []string
	for _, r := range []*router{n.r1, n.r3} {
		first := r.lastNumber
		r.AddWatch(func(s Step) {
			s.Number -= first
			if s.Parent != 0 {
				s.Parent -= first
			}
			if s.Reason != NoReason && s.Reason != Fits {
				steps = append(steps, fmt.Sprint("R", r.Interfaces()[0].Address().Addr().As4()[3], " ", told(s)))
			}
		})
	}
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1, Size: 1500})
	want := strings.Split(`R1 1<0 route: passed: a route leads there
R1 1<0 crypto map: passed: selected by the crypto map
R1 1<0 fragment before encryption: taken: fragmented
R1 2<1 encrypt: taken: encrypted
R1 3<2 route of the IPsec packet: passed: a route leads there
R1 3<2 transmit: taken: sent
R1 4<1 encrypt: taken: encrypted
R1 5<4 route of the IPsec packet: passed: a route leads there
R1 5<4 transmit: taken: sent
R3 1<0 clear text: passed: IKE or IPsec of this router itself
R3 1<0 decrypt: taken: decrypted
R3 2<1 reassemble inside: taken: a fragment, which waits for the others
R3 3<0 clear text: passed: IKE or IPsec of this router itself
R3 3<0 decrypt: taken: decrypted
R3 4<3 reassemble inside: taken: whole again
R3 5<4 deliver: taken: echo answered
R3 6<5 route: passed: a route leads there
R3 6<5 crypto map: passed: selected by the crypto map
R3 6<5 fragment before encryption: taken: fragmented
R3 7<6 encrypt: taken: encrypted
R3 8<7 route of the IPsec packet: passed: a route leads there
R3 8<7 transmit: taken: sent
R3 9<6 encrypt: taken: encrypted
R3 10<9 route of the IPsec packet: passed: a route leads there
R3 10<9 transmit: taken: sent
R1 6<0 clear text: passed: IKE or IPsec of this router itself
R1 6<0 decrypt: taken: decrypted
R1 7<6 reassemble inside: taken: a fragment, which waits for the others
R1 8<0 clear text: passed: IKE or IPsec of this router itself
R1 8<0 decrypt: taken: decrypted
R1 9<8 reassemble inside: taken: whole again
R1 10<9 deliver: taken: echo reply`, "\n")
	if !slices.Equal(steps, want) {
		t.Errorf("got\n%s", strings.Join(steps, "\n"))
	}
}

// TestWhatIsSentBecauseOfAPacket: an ICMP error and a redirect name the packet that they
// are about, and are told of after the step that sends them.
func TestWhatIsSentBecauseOfAPacket(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	for _, c := range []struct {
		name string
		ttl  uint8
		dst  string
		want []string
	}{
		{"time exceeded", 1, "20.1.1.1", []string{"1<0 time to live: dropped: time to live exceeded", "2<1 transmit: taken: sent"}},
		{"no route", 9, "50.1.1.1", []string{"1<0 route: dropped: no route", "2<1 transmit: taken: sent"}},
		{"redirect", 9, "12.12.12.99", []string{"1<0 redirect: passed: the sender is told of a shorter way", "2<1 transmit: taken: sent",
			"1<0 transmit: dropped: the neighbour's hardware address is asked for"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var steps []string
			first := n.r2.lastNumber
			remove := n.r2.AddWatch(func(s Step) {
				s.Number -= first
				if s.Parent != 0 {
					s.Parent -= first
				}
				if s.Outcome != Passed || s.Reason == Redirected {
					steps = append(steps, told(s))
				}
			})
			defer remove()
			n.r2.arrive(packet.BuildIPv4(packet.IPv4Fields{
				TTL: c.ttl, Protocol: packet.ProtoUDP, Src: addr("12.12.12.1"), Dst: addr(c.dst),
			}, packet.BuildUDP(addrPort("12.12.12.1:9"), addrPort(c.dst+":9"), nil)))
			equal(t, "steps", steps, c.want)
		})
	}
}

// state is all that a packet could leave behind in a router, and what waits on the clock.
func (r *router) state() string {
	var b strings.Builder
	for _, i := range r.Interfaces() {
		fmt.Fprintln(&b, i, i.Counters(), i.in, i.out, i.sender)
	}
	for _, n := range r.sorted() {
		fmt.Fprintln(&b, n.addr, n.mac, n.complete, n.confirmed, n.lastUsed, n.lastAsked, n.asked, n.idle, len(n.held))
	}
	fmt.Fprintln(&b, r.lastNumber, r.cause, r.unreachable, r.expired, r.redirected, r.swept, r.packetID, r.probeID, len(r.pings), len(r.traces))
	fmt.Fprintln(&b, len(r.reassembly.held), r.reassembly.room, r.logs, r.Now(), r.world.Loop)
	return b.String()
}

// TestAskChangesNothing asks about packets of all kinds, and compares the router before
// and after. That the answers are right is TestAskLeavesNoTrace's of package fastpath.
func TestAskChangesNothing(t *testing.T) {
	n, v1, _ := tunnel(t)
	pieces := fragments(sample(3000, nil), 1500)
	n.r1.arrive(pieces[0])
	n.r1.arrive(pieces[1])
	packets := []packet.IPv4{nil, {0x45}, pieces[0], pieces[1], pieces[2], sample(100, nil)}
	for _, dst := range []string{"12.12.12.1", "12.12.12.9", "10.1.1.1", "20.1.1.1", "12.12.12.255", "255.255.255.255", "224.0.0.1", "127.0.0.1", "0.0.0.0"} {
		for _, ttl := range []uint8{1, 9} {
			for _, df := range []bool{false, true} {
				for _, protocol := range []uint8{packet.ProtoICMP, packet.ProtoUDP, packet.ProtoTCP, packet.ProtoESP, 99} {
					for _, body := range [][]byte{nil, packet.BuildICMP(packet.ICMPEcho, 0, 1, random(1472)), append(make([]byte, 8), sample(1400, nil)...)} {
						for _, src := range []string{"20.1.1.7", "10.1.1.7"} {
							packets = append(packets, packet.BuildIPv4(packet.IPv4Fields{
								TTL: ttl, DF: df, Protocol: protocol, Src: addr(src), Dst: addr(dst),
							}, body))
						}
					}
				}
			}
		}
	}
	packets = append(packets, packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: addr("20.1.1.7"), Dst: addr("12.12.12.1")},
		packet.BuildUDP(addrPort("20.1.1.7:9"), addrPort("12.12.12.1:9"), nil)))
	before := n.r1.state()
	sealed := v1.sealed
	told := map[Reason]int{}
	for _, p := range packets {
		for _, in := range append([]*Interface{nil}, n.r1.Interfaces()...) {
			was := slices.Clone(p)
			n.r1.Ask(nil, in, p, func(s Step) { told[s.Reason]++ })
			if !slices.Equal(p, was) {
				t.Fatalf("% x became % x", was, p)
			}
		}
	}
	equal(t, "the router", n.r1.state(), before)
	equal(t, "sealed", v1.sealed, sealed)
	for _, why := range []Reason{Reassembled, FragmentRepeated, EchoAnswered, TTLExceeded, Encrypted, Fragmented, NeighbourUnknown, PortClosed, TooBigForTunnel, Decrypted, Selected} {
		if told[why] == 0 {
			t.Errorf("nothing was %q", why)
		}
	}
}

func TestTextsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for r := range numReasons {
		if s := r.String(); seen[s] || s == "" != (r == NoReason) {
			t.Errorf("reason %d is %q", r, s)
		}
		seen[r.String()] = true
	}
	for s := range numStages {
		if s.String() == "" {
			t.Errorf("stage %d has no name", s)
		}
	}
	for o := range numOutcomes {
		if o.String() == "" {
			t.Errorf("outcome %d has no name", o)
		}
	}
}
