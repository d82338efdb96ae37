package labs

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/judges/netlab"
	"github.com/ioslab/ioslab/labs/topology"
)

// onWall runs a lab of one router on the wall clock, its interface on a wire, until
// end is called.
func onWall(t *testing.T, name, ifc, address, wire string) (l *testLab, end func()) {
	t.Helper()
	config := fmt.Sprintf("hostname %s\ninterface %s\n ip address %s 255.255.255.0\n no shutdown\nend\n", name, ifc, address)
	file, err := topology.Single(name+".cfg", []byte(config), []string{ifc + "=" + wire})
	if err != nil {
		t.Fatal(err)
	}
	l = startLab(t, file, Options{})
	l.Bind()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.Loop.Run(ctx)
	}()
	return l, func() { stop(); <-ended; l.Close() }
}

// onLoop types a line at the lab's router and waits until the console shows a match.
func (l *testLab) onLoop(t *testing.T, line, pattern string) string {
	t.Helper()
	n := l.Nodes()[0]
	shown := make(chan string, 1)
	l.Loop.Do(func() {
		n.Watch(regexp.MustCompile(pattern), func() { shown <- l.screens[n.Name].String() })
		n.Do(func() { n.Console().TypeLine(line) })
	})
	select {
	case text := <-shown:
		return text
	case <-time.After(30 * time.Second):
		t.Fatalf("%s never shows a match of /%s/ after %q", n.Name, pattern, line)
		return ""
	}
}

// TestTwoLabsByUDP: two labs joined by wires, over Ethernet and over a serial line.
func TestTwoLabsByUDP(t *testing.T) {
	for _, ifc := range []string{"FastEthernet0/0", "Serial0/0"} {
		t.Run(strings.ReplaceAll(ifc, "/", "."), func(t *testing.T) {
			p := netlab.FreePorts(t, 2)
			one, end := onWall(t, "R1", ifc, "192.0.2.1", fmt.Sprintf("udp:%d:127.0.0.1:%d", p[0], p[1]))
			defer end()
			_, end = onWall(t, "R2", ifc, "192.0.2.2", fmt.Sprintf("udp:%d:127.0.0.1:%d", p[1], p[0]))
			defer end()
			text := one.onLoop(t, "ping 192.0.2.2", `Success rate is \d+ percent`)
			if !strings.Contains(text, "!!!!") {
				t.Errorf("%s", text)
			}
		})
	}
}

// TestOtherEmulators: what is in the datagrams of a UDP wire is what GNS3 and
// Dynamips send there: bare frames, and on a serial line those of HDLC.
func TestOtherEmulators(t *testing.T) {
	mac := packet.MAC{2, 0, 0, 0, 0, 9}
	me, router := netip.MustParseAddr("192.0.2.9"), netip.MustParseAddr("192.0.2.1")
	echo := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoICMP, Src: me, Dst: router},
		[]byte{8, 0, 0xf7, 0xfb, 0, 1, 0, 3})
	for _, c := range []struct {
		ifc  string
		send []byte
		want func(frame []byte) bool
	}{
		{"FastEthernet0/0",
			packet.BuildEthernet(packet.Broadcast, mac, packet.EtherTypeARP, packet.BuildARP(packet.ARPRequest, mac, me, packet.MAC{}, router)),
			func(f []byte) bool {
				e := packet.Ethernet(f)
				a := packet.ARP(e.Payload())
				return len(f) == 60 && e.Dst() == mac && a.Valid() && a.Op() == packet.ARPReply && a.SenderIP() == router && a.SenderMAC() == e.Src()
			}},
		{"Serial0/0",
			append([]byte{0x0f, 0x00, 0x08, 0x00}, echo...),
			func(f []byte) bool {
				p := packet.IPv4(f[4:])
				return bytes.HasPrefix(f, []byte{0x0f, 0x00, 0x08, 0x00}) && p.Valid() && p.Src() == router && p.Dst() == me && p.Payload()[0] == 0
			}},
	} {
		p := netlab.FreePorts(t, 2)
		_, end := onWall(t, "R1", c.ifc, router.String(), fmt.Sprintf("udp:%d:127.0.0.1:%d", p[0], p[1]))
		defer end()
		conn, err := net.DialUDP("udp", &net.UDPAddr{Port: p[1]}, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: p[0]})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, err := conn.Write(c.send); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 2000)
		for { // the router announces itself, too
			n, err := conn.Read(b)
			if err != nil {
				t.Errorf("%s: no answer: %v", c.ifc, err)
				break
			}
			if n >= 14 && c.want(b[:n]) {
				break
			}
		}
	}
}

// TestNoRoomIsCounted: frames that found no room on the wire show at the interface.
func TestNoRoomIsCounted(t *testing.T) {
	p := netlab.FreePorts(t, 2)
	config := "interface Serial0/0\n ip address 192.0.2.1 255.255.255.0\n no shutdown\nend\n"
	file, err := topology.Single("R1.cfg", []byte(config), []string{fmt.Sprintf("Serial0/0=udp:%d:127.0.0.1:%d", p[0], p[1])})
	if err != nil {
		t.Fatal(err)
	}
	l := startLab(t, file, Options{}) // the wire is open and not started
	for range 2000 {
		l.uplinks[0].leave([]byte{0x0f, 0, 8, 0, 0x45})
	}
	text := l.typed(t, "Router", "show interfaces Serial0/0 | include drops")
	if !regexp.MustCompile(`Total output drops: 9\d\d`).MatchString(text) {
		t.Errorf("%s", text)
	}
}
