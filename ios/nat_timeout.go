package ios

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/nat"
)

// natTimeouts are the timeouts of entries, in the order of the running configuration.
var natTimeouts = []struct {
	word, help string
	of         func(t *nat.Timeouts) *time.Duration
}{
	{"timeout", "Specify timeout for dynamic NAT translations", func(t *nat.Timeouts) *time.Duration { return &t.Simple }},
	{"tcp-timeout", "Specify timeout for NAT TCP flows", func(t *nat.Timeouts) *time.Duration { return &t.TCP }},
	{"pptp-timeout", "Specify timeout for NAT PPTP flows", func(t *nat.Timeouts) *time.Duration { return &t.PPTP }},
	{"udp-timeout", "Specify timeout for NAT UDP flows", func(t *nat.Timeouts) *time.Duration { return &t.UDP }},
	{"finrst-timeout", "Specify timeout for NAT TCP flows after a FIN or RST", func(t *nat.Timeouts) *time.Duration { return &t.FinRst }},
	{"syn-timeout", "Specify timeout for NAT TCP flows after a SYN and no further data", func(t *nat.Timeouts) *time.Duration { return &t.SYN }},
	{"dns-timeout", "Specify timeout for NAT DNS flows", func(t *nat.Timeouts) *time.Duration { return &t.DNS }},
	{"icmp-timeout", "Specify timeout for NAT ICMP flows", func(t *nat.Timeouts) *time.Duration { return &t.ICMP }},
}

const natSeconds = `( <0-536870>:seconds "Timeout in seconds" | never "Never timeout" )`

// natTimeoutCommands are the rows of natTimeouts, and those of single ports.
var natTimeoutCommands = append(natTimeoutRows(), cli.Command{
	Modes: []string{modeConfig},
	Grammar: `ip nat translation
		port-timeout    "Specify timeout for NAT TCP/UDP port specific flows"
		( tcp           "Transmission Control Protocol"
		| udp           "User Datagram Protocol" )
		<1-65535>:port  "Port number"
		` + natSeconds,
	No: `ip nat translation port-timeout ( tcp | udp ) <1-65535>:port [ ` + natSeconds + ` ]`,
	Run: on(func(r *Router, c *cli.Call) error {
		return r.changeTimeouts(func(t *nat.Timeouts) { (*portTimeouts(t, c))[uint16(c.Int("port"))] = typedTimeout(c) })
	}),
	Unset: on(func(r *Router, c *cli.Call) error {
		return r.changeTimeouts(func(t *nat.Timeouts) { delete(*portTimeouts(t, c), uint16(c.Int("port"))) })
	}),
	Examples: []string{"ip nat translation port-timeout tcp 23 600", "ip nat translation port-timeout udp 4500 never"},
})

func natTimeoutRows() (rows []cli.Command) {
	standard := nat.DefaultTimeouts()
	for _, o := range natTimeouts {
		words := "ip nat translation " + o.word
		rows = append(rows, cli.Command{
			Modes: []string{modeConfig}, Grammar: words + ` "` + o.help + `" ` + natSeconds, No: cli.Optional,
			Run: on(func(r *Router, c *cli.Call) error {
				return r.changeTimeouts(func(t *nat.Timeouts) { *o.of(t) = typedTimeout(c) })
			}),
			Unset: on(func(r *Router, _ *cli.Call) error {
				return r.changeTimeouts(func(t *nat.Timeouts) { *o.of(t) = *o.of(&standard) })
			}),
			Examples: []string{words + " 240", words + " never"},
			Standard: []string{words + " " + timeoutText(*o.of(&standard))},
		})
	}
	return rows
}

// typedTimeout is the timeout of a line: 0 as well as never is none.
func typedTimeout(c *cli.Call) time.Duration { return time.Duration(c.Int("seconds")) * time.Second }

// portTimeouts are the timeouts of ports of the protocol that a line names.
func portTimeouts(t *nat.Timeouts, c *cli.Call) *map[uint16]time.Duration {
	ports := &t.UDPPorts
	if c.Has("tcp") {
		ports = &t.TCPPorts
	}
	if *ports == nil {
		*ports = map[uint16]time.Duration{}
	}
	return ports
}

func (r *Router) changeTimeouts(change func(*nat.Timeouts)) error {
	r.startNAT()
	t := r.nat.Timeouts()
	change(&t)
	r.nat.SetTimeouts(t)
	return nil
}

// timeoutText is a timeout as the configuration has it.
func timeoutText(d time.Duration) string {
	if d == 0 {
		return "never"
	}
	return fmt.Sprint(int(d / time.Second))
}

// printNATTimeouts prints the timeouts that are not the standard ones.
func printNATTimeouts(r *Router, w *writer) {
	set, standard := r.nat.Timeouts(), nat.DefaultTimeouts()
	for _, o := range natTimeouts {
		if d := *o.of(&set); d != *o.of(&standard) {
			w.line("ip nat translation %s %s", o.word, timeoutText(d))
		}
	}
	for _, o := range []struct {
		word  string
		ports map[uint16]time.Duration
	}{{"tcp", set.TCPPorts}, {"udp", set.UDPPorts}} {
		for _, port := range slices.Sorted(maps.Keys(o.ports)) {
			w.line("ip nat translation port-timeout %s %d %s", o.word, port, timeoutText(o.ports[port]))
		}
	}
}
