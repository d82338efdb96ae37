package ios

import (
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/isakmp"
)

var isakmpKeepaliveCommands = []cli.Command{{
	Modes: []string{modeConfig},
	Grammar: `crypto isakmp
		keepalive           "Dead peer detection"
		<10-3600>:interval  "Seconds of silence before a question"
		[ <2-60>:retry      "Seconds between retries" ]
		[ ( periodic        "Ask at regular intervals"
		  | on-demand       "Ask only when there is traffic to the peer" ) ]`,
	No:    `crypto isakmp keepalive [ LINE:rest "Current values" ]`,
	Run:   on(setISAKMPKeepalive),
	Unset: on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.Keepalive = isakmp.Keepalive{}; return nil }),
	Examples: []string{
		"crypto isakmp keepalive 10", "crypto isakmp keepalive 10 3", "crypto isakmp keepalive 10 3 periodic",
		"crypto isakmp keepalive 3600 periodic",
	},
}}

func setISAKMPKeepalive(r *Router, c *cli.Call) error {
	k := isakmp.Keepalive{
		Interval: time.Duration(c.Int("interval")) * time.Second, Retry: isakmp.DefaultKeepaliveRetry,
		Periodic: c.Has("periodic"),
	}
	if c.Has("retry") {
		k.Retry = time.Duration(c.Int("retry")) * time.Second
	}
	r.isakmpConfig.Keepalive = k
	return nil
}

func printISAKMPKeepalive(r *Router, w *writer) {
	k := r.isakmpConfig.Keepalive
	if k.Interval == 0 {
		return
	}
	line := "crypto isakmp keepalive " + decimal(int(k.Interval/time.Second))
	if k.Retry != isakmp.DefaultKeepaliveRetry {
		line += " " + decimal(int(k.Retry/time.Second))
	}
	if k.Periodic {
		line += " periodic"
	}
	w.line("%s", line)
}
