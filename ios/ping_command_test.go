package ios

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var roundTrips = regexp.MustCompile(`\d+(/\d+/\d+)? (ms|msec)\b`)

// withoutTimes leaves out how long round trips took, which is the processors'
// business.
func withoutTimes(text string) string { return roundTrips.ReplaceAllString(text, "N $2") }

func TestPing(t *testing.T) {
	const abort = "\nType escape sequence to abort.\n"
	for _, test := range []struct {
		line, want string
	}{
		{"ping 12.12.12.2", abort + `Sending 5, 100-byte ICMP Echos to 12.12.12.2, timeout is 2 seconds:
!!!!!
Success rate is 100 percent (5/5), round-trip min/avg/max = 4/4/4 ms
`},
		{"ping 20.1.1.1 source 10.1.1.1 repeat 2 size 1500 df-bit", abort + `Sending 2, 1500-byte ICMP Echos to 20.1.1.1, timeout is 2 seconds:
Packet sent with a source address of 10.1.1.1 
Packet sent with the DF bit set
!!
Success rate is 100 percent (2/2), round-trip min/avg/max = 8/8/8 ms
`},
		{"ping ip 20.1.1.1 df-bit size 1501 timeout 1 source loopback 0 repeat 3", abort + `Sending 3, 1501-byte ICMP Echos to 20.1.1.1, timeout is 1 seconds:
Packet sent with a source address of 10.1.1.1 
Packet sent with the DF bit set
...
Success rate is 0 percent (0/3)
`},
		{"ping 10.1.1.1 re 1 validate data 0xBEEF source lo0", abort + `Sending 1, 100-byte ICMP Echos to 10.1.1.1, timeout is 2 seconds:
Packet sent with a source address of 10.1.1.1 
Packet has data pattern 0xBEEF
Reply data will be validated
!
Success rate is 100 percent (1/1), round-trip min/avg/max = 1/1/1 ms
`},
		{"ping 99.1.1.1 repeat 3 timeout 1", abort + `Sending 3, 100-byte ICMP Echos to 99.1.1.1, timeout is 1 seconds:
U.U
Success rate is 0 percent (0/3)
`},
		{"ping 12.12.12.99 timeout 0 repeat 2", abort + `Sending 2, 100-byte ICMP Echos to 12.12.12.99, timeout is 0 seconds:
..
Success rate is 0 percent (0/2)
`},
		{"ping 12.12.12.255 repeat 2", abort + `Sending 2, 100-byte ICMP Echos to 12.12.12.255, timeout is 2 seconds:

Reply to request 0 from 12.12.12.2, 4 ms
Reply to request 1 from 12.12.12.2, 4 ms
`},
		{"ping 10.1.1.255 repeat 2", abort + `Sending 2, 100-byte ICMP Echos to 10.1.1.255, timeout is 2 seconds:

..
`},
		{"ping 20.1.1.1 source 20.1.1.1", "% Invalid source address- IP address not on any of our up interfaces\n"},
		{"ping nowhere", "Translating \"nowhere\"...domain server (255.255.255.255)\n% Unrecognized host or address, or protocol not running.\n\n"},
		{"ping 300.1.1.1 repeat 1", "Translating \"300.1.1.1\"...domain server (255.255.255.255)\n% Unrecognized host or address, or protocol not running.\n\n"},
	} {
		t.Run(test.line, func(t *testing.T) {
			g := warm(newRow(t))
			g.Pass(time.Second)
			equalText(t, "shown", withoutTimes(g.on("R1").do(test.line)), withoutTimes(test.want))
		})
	}
}

func TestPingFirstPacketsAreLostInARP(t *testing.T) {
	if got := newRow(t).on("R1").do("ping 20.1.1.1 source 10.1.1.1"); !strings.Contains(got, "\n..!!!\nSuccess rate is 60 percent (3/5)") {
		t.Errorf("got %s", got)
	}
}

func TestPingWithoutLookup(t *testing.T) {
	n := loneRouter(t, "no ip domain lookup\n")
	equalText(t, "shown", n.do("ping nowhere"), "% Unrecognized host or address, or protocol not running.\n\n")
}

func TestPingBreaksItsLines(t *testing.T) {
	g := warm(newRow(t))
	got := g.on("R1").do("ping 12.12.12.2 repeat 141")
	if want := strings.Repeat("!", 70) + "\n" + strings.Repeat("!", 70) + "\n!\nSuccess"; !strings.Contains(got, want) {
		t.Errorf("141 marks: %s", got)
	}
	if got = g.on("R1").do("ping 12.12.12.2 repeat 70"); !strings.Contains(got, strings.Repeat("!", 70)+"\nSuccess") {
		t.Errorf("70 marks: %s", got)
	}
}

func TestPingIsBrokenOff(t *testing.T) {
	g := warm(newRow(t))
	r1 := g.on("R1")
	r1.start("ping 12.12.12.9 repeat 100000")
	g.Pass(5 * time.Second)
	if want := ":\n.."; !strings.HasSuffix(r1.screen, want) {
		t.Errorf("after five seconds the screen is %q", r1.screen)
	}
	if got := r1.interrupt(); !strings.HasSuffix(got, ":\n..\nSuccess rate is 0 percent (0/2)\n") {
		t.Errorf("broken off: %q", got)
	}
	if r1.Console().Busy() {
		t.Error("the console is still busy")
	}
	sent := len(r1.wires[0].sent)
	g.Pass(20 * time.Second)
	for _, f := range r1.wires[0].sent[sent:] {
		t.Errorf("the ping goes on: %x", f)
	}
}

func TestNameLookupIsBrokenOff(t *testing.T) {
	n := loneRouter(t, "")
	n.start("ping nowhere")
	n.rig.Pass(time.Second)
	if got := n.interrupt(); !strings.HasSuffix(got, "\n% Name lookup aborted\n") {
		t.Errorf("shown: %q", got)
	}
}

func TestPingAtReload(t *testing.T) {
	g := newRow(t)
	r1 := g.on("R1")
	r1.start("ping 12.12.12.9 repeat 100000")
	g.Pass(5 * time.Second)
	if err := r1.Reset(); err != nil {
		t.Fatal(err)
	}
	g.Pass(10 * time.Second)
	if strings.Contains(r1.screen, "Success rate") {
		t.Errorf("the ping outlived the router: %q", r1.screen)
	}
}

func TestExtendedPing(t *testing.T) {
	g := warm(newRow(t))
	got := g.on("R1").transcript("ping", "", "20.1.1.1", "2", "x", "", "1", "perhaps", "y", "Loopback0", "8", "yes", "no", "zz", "0x1234", "v", "", "y", "1450", "1550", "50")
	equalText(t, "shown", withoutTimes(got), withoutTimes(`R1#ping
Protocol [ip]: 
Target IP address: 20.1.1.1
Repeat count [5]: 2
Datagram size [100]: x
% A decimal number between 36 and 18024.
Datagram size [100]: 
Timeout in seconds [2]: 1
Extended commands [n]: perhaps
% Please answer 'yes' or 'no'.
Extended commands [n]: y
Source address or interface: Loopback0
Type of service [0]: 8
Set DF bit in IP header? [no]: yes
Validate reply data? [no]: no
Data pattern [0xABCD]: zz
% Bad hexadecimal number
Data pattern [0xABCD]: 0x1234
Loose, Strict, Record, Timestamp, Verbose[none]: v
Loose, Strict, Record, Timestamp, Verbose[V]: 
Sweep range of sizes [n]: y
Sweep min size [36]: 1450
Sweep max size [18024]: 1550
Sweep interval [1]: 50

Type escape sequence to abort.
Sending 6, [1450..1550]-byte ICMP Echos to 20.1.1.1, timeout is 1 seconds:
Packet sent with a source address of 10.1.1.1 
Packet sent with the DF bit set
Packet has data pattern 0x1234
Reply to request 0 (8 ms) (size 1450)
Reply to request 1 (8 ms) (size 1500)
Request 2 timed out (size 1550)
Reply to request 3 (8 ms) (size 1450)
Reply to request 4 (8 ms) (size 1500)
Request 5 timed out (size 1550)
Success rate is 66 percent (4/6), round-trip min/avg/max = 8/8/8 ms
`))
}

func TestExtendedPingGoesWrong(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []string
		want    string
	}{
		{"protocol", []string{"appletalk"}, "% Unknown protocol - \"appletalk\", type \"ping ?\" for help\n"},
		{"target", []string{"", ""}, "% Bad IP address\n"},
		{"name", []string{"", "nowhere"}, "Translating \"nowhere\"...domain server (255.255.255.255)\n% Unrecognized host or address, or protocol not running.\n\n"},
		{"source", []string{"", "1.1.1.1", "", "", "", "y", "nonsense"},
			"% Invalid source. Must use IP address or full interface name without spaces (e.g. Serial0/1)\n"},
		{"source address", []string{"", "1.1.1.1", "", "", "", "y", "9.9.9.9"},
			"% Invalid source address- IP address not on any of our up interfaces\n"},
		{"source interface", []string{"", "1.1.1.1", "", "", "", "y", "fa0/1"},
			"% Invalid source interface - IP not enabled or interface is down\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := loneRouter(t, "")
			n.start("ping")
			equalText(t, "shown", n.do(test.answers...), test.want)
			if n.Console().Asking() {
				t.Errorf("it goes on asking: %q", n.Console().Prompt())
			}
		})
	}
}

func TestExtendedPingIsBrokenOff(t *testing.T) {
	n := loneRouter(t, "")
	n.start("ping")
	n.do("", "10.1.1.1")
	n.Console().Keys([]byte{3})
	if n.Console().Prompt() != "R1#" {
		t.Errorf("it goes on asking: %q", n.Console().Prompt())
	}
}

func TestUserEXECHasNoDialogue(t *testing.T) {
	n := loneRouter(t, "")
	n.do("disable")
	for _, line := range []string{"ping", "ping ip", "traceroute"} {
		equalText(t, line, n.do(line), "% Incomplete command.\n\n")
	}
	if got := n.do("ping 1.1.1.1 repeat 1 timeout 0"); !strings.Contains(got, "Success rate is 0 percent (0/1)") {
		t.Errorf("ping in user EXEC: %s", got)
	}
}

func TestVerbosePing(t *testing.T) {
	n := loneRouter(t, "")
	n.screen = ""
	from := netip.MustParseAddr("12.12.12.2")
	show(n, func(c *cli.Call) {
		s := pingScreen{call: c, verbose: true}
		for i, mark := range "!.CMU&?" {
			s.show(forwarding.PingResult{Seq: i, Mark: byte(mark), From: from, RTT: 4 * time.Millisecond})
		}
		s.finish(0)
	})
	equalText(t, "shown", n.screen, `Reply to request 0 (4 ms)
Request 1 timed out
Reply to request 2 data mismatch
Unreachable from 12.12.12.2, maximum MTU exceeded
Unreachable from 12.12.12.2
Time to live exceeded from 12.12.12.2
Unknown answer from 12.12.12.2
Success rate is 14 percent (1/7), round-trip min/avg/max = 4/4/4 ms
`)
}
