package ios

import (
	"time"

	"github.com/ioslab/ioslab/cli"
)

var nattCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `crypto isakmp
			nat                "NAT traversal"
			keepalive          "Keep translations alive"
			<5-3600>:interval  "Seconds between keepalives"`,
		No:       cli.Optional,
		Run:      on(func(r *Router, c *cli.Call) error { r.setNATKeepalive(c.Int("interval")); return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.setNATKeepalive(0); return nil }),
		Examples: []string{"crypto isakmp nat keepalive 20"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `crypto ipsec
			nat-transparency   "NAT traversal"
			udp-encapsulation  "ESP in UDP"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.NoNATT = false; return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.NoNATT = true; return nil }),
		Default:  on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.NoNATT = false; return nil }),
		Examples: []string{"crypto ipsec nat-transparency udp-encapsulation"},
		Standard: []string{"crypto ipsec nat-transparency udp-encapsulation"},
	},
}

func (r *Router) setNATKeepalive(seconds int) {
	r.isakmpConfig.NATKeepalive = time.Duration(seconds) * time.Second
	r.isakmp.NATKeepaliveChanged()
}

func printNATKeepalive(r *Router, w *writer) {
	if k := r.isakmpConfig.NATKeepalive; k != 0 {
		w.line("crypto isakmp nat keepalive %d", int(k/time.Second))
	}
}

func printNATTransparency(r *Router, w *writer) {
	if r.isakmpConfig.NoNATT {
		w.line("no crypto ipsec nat-transparency udp-encapsulation")
		w.bang()
	}
}
