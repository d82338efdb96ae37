package labs

import (
	"context"
	"encoding/binary"
	"fmt"
	"net/netip"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/judges/netlab"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/topology"
	"github.com/ioslab/ioslab/labs/wire"
)

// A station is a machine at the far end of a udp: wire, which has every address.
type station struct {
	t      *testing.T
	device wire.Device
	mac    packet.MAC
	router chan packet.MAC // whose frames came in
	got    chan int        // numbers of packets
}

func newStation(t *testing.T, n int, spec string) *station {
	t.Helper()
	s, err := wire.Parse(spec)
	if err != nil {
		t.Fatal(err)
	}
	d, err := wire.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return &station{t: t, device: d, mac: packet.MAC{2, 0, 0, 0, 0, byte(n)}, router: make(chan packet.MAC, 1), got: make(chan int, 4096)}
}

// attend answers ARP and notes packets until the device is closed.
func (s *station) attend() {
	bufs, sizes := [][]byte{make([]byte, wire.BufferSize)}, make([]int, 1)
	for {
		if _, err := s.device.Read(bufs, sizes, wire.Headroom); err != nil {
			if err != os.ErrClosed {
				s.t.Error(err)
			}
			return
		}
		e := packet.Ethernet(bufs[0][wire.Headroom:][:sizes[0]])
		if e.Type() == packet.EtherTypeIPv4 {
			s.got <- int(binary.BigEndian.Uint32(packet.IPv4(e.Payload()).Payload()))
			continue
		}
		if a := packet.ARP(e.Payload()); a.Op() == packet.ARPRequest && a.TargetIP() != a.SenderIP() {
			s.send(packet.BuildEthernet(a.SenderMAC(), s.mac, packet.EtherTypeARP,
				packet.BuildARP(packet.ARPReply, s.mac, a.TargetIP(), a.SenderMAC(), a.SenderIP())))
		}
		select {
		case s.router <- e.Src():
		default:
		}
	}
}

func (s *station) send(frame []byte) {
	if _, err := s.device.Write([][]byte{append(make([]byte, wire.Headroom), frame...)}, wire.Headroom); err != nil {
		s.t.Error(err)
	}
}

// expect waits for packets of these numbers, in order.
func (s *station) expect(from, to int) {
	s.t.Helper()
	late := time.After(20 * time.Second)
	for want := from; want < to; want++ {
		select {
		case n := <-s.got:
			if n == 0 { // of those that were to find the way
				want--
			} else if n != want {
				s.t.Errorf("packet %d came, want %d", n, want)
				return
			}
		case <-late:
			s.t.Errorf("packet %d does not come", want)
			return
		}
	}
}

// TestBulkPassesBesideTheLoop: what is settled passes from wire to wire while the loop
// is at work on something else, and all of it where a tap sees the frames.
func TestBulkPassesBesideTheLoop(t *testing.T) {
	p := netlab.FreePorts(t, 4)
	file, err := topology.Parse("bulk.clab.yml", fmt.Appendf(nil, `name: bulk
topology:
  nodes:
    R1:
      kind: cisco_iol
      startup-config: |
        interface FastEthernet0/0
         ip address 10.1.1.1 255.255.255.0
         ip access-group 100 in
        interface FastEthernet0/1
         ip address 20.1.1.1 255.255.255.0
        access-list 100 permit udp any any
  links:
    - endpoints: ["R1:FastEthernet0/0"]
      vars: {wire: "udp:%d:127.0.0.1:%d"}
    - endpoints: ["R1:FastEthernet0/1"]
      vars: {wire: "udp:%d:127.0.0.1:%d"}
`, p[0], p[1], p[2], p[3]), nil)
	if err != nil {
		t.Fatal(err)
	}
	lab, err := New(file, Options{Entropy: loop.Seeded(1), Terminal: func(*Node) cli.Options { return cli.Options{} }})
	if err != nil {
		t.Fatal(err)
	}
	if err := lab.Boot(); err != nil {
		t.Fatal(err)
	}
	a := newStation(t, 1, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[1], p[0]))
	b := newStation(t, 2, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[3], p[2]))
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(a.attend)
	all.Go(b.attend)
	lab.Bind()
	all.Go(func() { lab.Loop.Run(ctx) })
	onLoop := func(f func()) {
		done := make(chan struct{})
		lab.Loop.Do(func() { f(); close(done) })
		<-done
	}
	defer all.Wait()
	defer func() {
		onLoop(lab.Close)
		cancel()
		a.device.Close()
		b.device.Close()
	}()

	// A asks for the router, as a host would.
	a.send(packet.BuildEthernet(packet.Broadcast, a.mac, packet.EtherTypeARP,
		packet.BuildARP(packet.ARPRequest, a.mac, netip.MustParseAddr("10.1.1.2"), packet.MAC{}, netip.MustParseAddr("10.1.1.1"))))
	var router packet.MAC
	select {
	case router = <-a.router:
	case <-time.After(20 * time.Second):
		t.Fatal("the router does not answer")
	}
	number := func(n int) []byte {
		body := binary.BigEndian.AppendUint32(nil, uint32(n))
		return packet.BuildEthernet(router, a.mac, packet.EtherTypeIPv4, packet.BuildIPv4(packet.IPv4Fields{
			TTL: 64, Protocol: packet.ProtoUDP, Src: netip.MustParseAddr("10.1.1.2"), Dst: netip.MustParseAddr("20.1.1.2"),
		}, append(body, make([]byte, 100)...)))
	}
	for arrived := false; !arrived; { // the first ones are lost while the router asks for B
		a.send(number(0))
		select {
		case <-b.got:
			arrived = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	seen := 0
	for _, step := range []struct {
		name   string
		tapped bool
	}{{"beside the loop", false}, {"by the loop", true}, {"beside the loop again", false}} {
		t.Run(step.name, func(t *testing.T) {
			seen = 0
			remove := func() {}
			onLoop(func() {
				if step.tapped {
					remove, err = lab.Tap(topology.Endpoint{Node: "R1", Interface: "FastEthernet0/1"}, func(_ time.Duration, sent bool, _ []byte) {
						if sent {
							seen++
						}
					})
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			onLoop(func() {}) // a round is over
			send := func() {
				for n := range 200 {
					a.send(number(1000 + n))
				}
				b.expect(1000, 1200)
			}
			if step.tapped {
				send()
			} else {
				onLoop(send)
			}
			onLoop(func() { remove() })
			if want := map[bool]int{true: 200}[step.tapped]; seen != want {
				t.Errorf("the tap saw %d frames, want %d", seen, want)
			}
		})
	}
	// A batch is counted when it has left.
	counted := uint64(0)
	for late := time.Now().Add(20 * time.Second); counted < 601 && time.Now().Before(late); {
		onLoop(func() {
			counted = lab.ports[topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}].Interface().Counters().InPackets
		})
	}
	if counted < 601 {
		t.Errorf("%d packets are counted", counted)
	}
}
