package ios

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

func TestTraceroute(t *testing.T) {
	const abort = "\nType escape sequence to abort.\nTracing the route to "
	for _, test := range []struct {
		line, want string
	}{
		{"traceroute 20.1.1.1", abort + "20.1.1.1\n\n  1 12.12.12.2 4 msec 4 msec 4 msec\n  2 23.23.23.3 8 msec *  8 msec\n"},
		{"trace 20.1.1.1 source lo0 probe 1 numeric timeout 1 port 40000", abort + "20.1.1.1\n\n  1 12.12.12.2 4 msec\n  2 23.23.23.3 8 msec\n"},
		{"traceroute ip 20.1.1.1 ttl 2 5 probe 1", abort + "20.1.1.1\n\n  2 23.23.23.3 8 msec\n"},
		{"traceroute 99.1.1.1 timeout 1", abort + "99.1.1.1\n\n  1 12.12.12.2 !H  *  !H \n"},
		{"traceroute 12.12.12.77 timeout 1 ttl 1 2", abort + "12.12.12.77\n\n  1  *  *  * \n  2  *  *  * \n"},
		{"traceroute 1.1.1.1 source fa0/0 ttl 9 3", strings.Repeat(" ", len("R1#traceroute 1.1.1.1 source fa0/0 ttl 9 ")) +
			"^\n% Invalid input detected at '^' marker.\n\n"},
		{"traceroute 1.1.1.1 source 7.7.7.7", "% Invalid source address- IP address not on any of our up interfaces\n"},
	} {
		t.Run(test.line, func(t *testing.T) {
			g := warm(newRow(t))
			g.Pass(time.Second)
			equalText(t, "shown", withoutTimes(g.on("R1").do(test.line)), withoutTimes(test.want))
		})
	}
}

func TestTracerouteIsBrokenOff(t *testing.T) {
	g := newRow(t)
	r1 := g.on("R1")
	r1.start("traceroute 12.12.12.77")
	g.Pass(7 * time.Second)
	if got := r1.interrupt(); !strings.HasSuffix(got, "\n  1  *  * \n") {
		t.Errorf("shown: %q", got)
	}
}

func TestExtendedTraceroute(t *testing.T) {
	g := warm(newRow(t))
	g.Pass(time.Second)
	got := g.on("R1").transcript("traceroute", "", "20.1.1.1", "10.1.1.1", "y", "2", "1", "", "7", "33500", "")
	equalText(t, "shown", withoutTimes(got), withoutTimes(`R1#traceroute
Protocol [ip]: 
Target IP address: 20.1.1.1
Source address: 10.1.1.1
Numeric display [n]: y
Timeout in seconds [3]: 2
Probe count [3]: 1
Minimum Time to Live [1]: 
Maximum Time to Live [30]: 7
Port Number [33434]: 33500
Loose, Strict, Record, Timestamp, Verbose[none]: 

Type escape sequence to abort.
Tracing the route to 20.1.1.1

  1 12.12.12.2 4 msec
  2 23.23.23.3 8 msec
`))
}

// The shapes of a line when probes are lost or different routers answer, as
// collected from routers.
func TestTracerouteLines(t *testing.T) {
	a, b := netip.MustParseAddr("10.180.133.121"), netip.MustParseAddr("10.180.133.125")
	answer := func(from netip.Addr, ms int) forwarding.TraceResult {
		return forwarding.TraceResult{From: from, RTT: time.Duration(ms) * time.Millisecond}
	}
	lost := forwarding.TraceResult{Mark: "*"}
	for _, test := range []struct {
		name    string
		results []forwarding.TraceResult
		want    string
	}{
		{"by turns", []forwarding.TraceResult{answer(a, 1), answer(b, 1), answer(a, 0)},
			"  1 10.180.133.121 1 msec\n    10.180.133.125 1 msec\n    10.180.133.121 0 msec\n"},
		{"some lost", []forwarding.TraceResult{answer(a, 1), lost, answer(a, 2), lost}, "  1 10.180.133.121 1 msec *  2 msec * \n"},
		{"first lost", []forwarding.TraceResult{lost, lost, answer(a, 12)}, "  1  *  * \n    10.180.133.121 12 msec\n"},
		{"refused", []forwarding.TraceResult{{From: a, Mark: "!A"}, lost, {From: a, Mark: "!A"}}, "  1 10.180.133.121 !A  *  !A \n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := loneRouter(t, "")
			n.screen = ""
			show(n, func(c *cli.Call) {
				s := traceScreen{call: c}
				for i, r := range test.results {
					r.TTL, r.Probe = 1, i
					s.show(r)
				}
				s.finish()
			})
			equalText(t, "shown", n.screen, test.want)
		})
	}
}

// show gives f a call that prints to the router's console.
func show(n *rigNode, f func(c *cli.Call)) {
	s := cli.NewSession(grammarOf(DefaultVersion), n.Router, n.proc, cli.Options{Script: n, Login: func(c *cli.Call) error { f(c); return nil }})
	s.Close()
}
