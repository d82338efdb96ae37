package host

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/link"
)

func TestPing(t *testing.T) {
	const address = "ip address add 10.0.0.1/24 dev eth1"
	tests := []struct {
		name, command, want string
		took                time.Duration
	}{
		{"a neighbour that is not there", "ping -c 4 10.0.0.9", `PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
From 10.0.0.1 icmp_seq=1 Destination Host Unreachable
From 10.0.0.1 icmp_seq=2 Destination Host Unreachable
From 10.0.0.1 icmp_seq=3 Destination Host Unreachable
From 10.0.0.1 icmp_seq=4 Destination Host Unreachable

--- 10.0.0.9 ping statistics ---
4 packets transmitted, 0 received, +4 errors, 100% packet loss, time 3000ms
pipe 4
`, 6 * time.Second},
		{"options behind", "ping 10.0.0.2 -c 2 -i 0.2 -s 1000", `PING 10.0.0.2 (10.0.0.2) 1000(1028) bytes of data.
1008 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms
1008 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 200ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
`, 200 * time.Millisecond},
		{"options before and behind", "ping -s 8 10.0.0.2 -c 1", `PING 10.0.0.2 (10.0.0.2) 8(36) bytes of data.
16 bytes from 10.0.0.2: icmp_seq=1 ttl=64

--- 10.0.0.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms

`, 0},
		{"itself", "ping -c 1 10.0.0.1", `PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.
64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.050 ms

--- 10.0.0.1 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
`, 0},
		{"no answer in time", "ping -c 2 -W 1.5 10.0.0.9", `PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.

--- 10.0.0.9 ping statistics ---
2 packets transmitted, 0 received, 100% packet loss, time 1000ms

`, 2500 * time.Millisecond},
		{"a deadline", "ping 10.0.0.2 -w 2.5", `PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms
64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.050 ms
64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
3 packets transmitted, 3 received, 0% packet loss, time 2000ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
`, 2500 * time.Millisecond},
		{"no way there", "ping 1.2.3.4", "ping: connect: Network is unreachable\n", 0},
		{"no such option", "ping -S 100 10.0.0.2", "         ^\n% Invalid input detected at '^' marker.\n\n", 0},
		{"not to its end", "ping -c 2", "% Incomplete command.\n\n", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, address)
			began := b.Now()
			got := b.typed(tt.command)
			if want := "PC1#" + tt.command + "\n" + tt.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if took := b.Now() - began; took != tt.took {
				t.Errorf("it took %v, want %v", took, tt.took)
			}
		})
	}
}

// Figures of a link that is slower each time.
func TestPingOnASlowLink(t *testing.T) {
	b := newBench(t, "ip address add 10.0.0.1/24 dev eth1")
	b.typed("ping -c 1 10.0.0.2")
	delay := func(value string) {
		var s link.Settings
		if err := s.Set("delay", value); err != nil {
			t.Fatal(err)
		}
		b.link.End(0).Change(s)
	}
	b.hosts[0].Console().TypeLine("ping 10.0.0.2")
	began := b.Now()
	for i, value := range []string{"1ms", "10ms", "100ms", "1200ms"} {
		b.RunUntil(began + time.Duration(i)*time.Second + 500*time.Millisecond)
		delay(value)
	}
	b.RunWhile(1<<62, b.hosts[0].Console().Busy)
	const want = `64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms
64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=2.00 ms
64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=20.0 ms
64 bytes from 10.0.0.2: icmp_seq=4 ttl=64 time=200 ms

--- 10.0.0.2 ping statistics ---
5 packets transmitted, 4 received, 20% packet loss, time 4000ms
rtt min/avg/max/mdev = 0.050/55.512/200.000/83.781 ms
`
	if _, got, _ := strings.Cut(b.screens[0].String(), "data.\n"); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLossIsWrittenAsCDoes(t *testing.T) {
	s := tally{sent: 3, received: 2}
	if got := s.text(0); !strings.Contains(got, "33.3333% packet loss") {
		t.Error(got)
	}
}

func TestHelpSaysHowMany(t *testing.T) {
	b := newBench(t)
	b.hosts[0].Console().Help("ping ")
	if !strings.Contains(b.screens[0].String(), "5 if not given") {
		t.Error(b.screens[0].String())
	}
}

func TestPingKeepsItsIdentifier(t *testing.T) {
	b := newBench(t, "ip address add 10.0.0.1/24 dev eth1")
	var got [][2]uint16
	b.hosts[0].stack.AddFrameWatch(func(f forwarding.Frame) {
		p := packet.IPv4(packet.Ethernet(f.Bytes).Payload())
		if f.Sent && p.Valid() {
			m := packet.ICMP(p.Payload())
			got = append(got, [2]uint16{m.ID(), m.Seq()})
		}
	})
	b.typed("ping -c 3 -i 0.2 10.0.0.2", "ping -c 1 10.0.0.2")
	if len(got) != 4 {
		t.Fatalf("sent %v", got)
	}
	id := got[0][0]
	if want := [][2]uint16{{id, 1}, {id, 2}, {id, 3}, {id + 1, 1}}; !slices.Equal(got, want) {
		t.Errorf("identifiers and sequence numbers %v, want %v", got, want)
	}
}
