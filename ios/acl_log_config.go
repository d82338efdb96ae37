package ios

import (
	"time"

	"github.com/ioslab/ioslab/cli"
)

var accessLogCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `ip access-list
			log-update               "When matches of entries with log are reported"
			threshold                "After so many packets of a kind"
			<1-2147483647>:packets   "Packets"`,
		No:       `ip access-list log-update threshold [ LINE:rest "Current values" ]`,
		Run:      on(func(r *Router, c *cli.Call) error { r.accessLog.threshold = c.Int("packets"); return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.accessLog.threshold = 0; return nil }),
		Examples: []string{"ip access-list log-update threshold 10"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `ip access-list
			logging                      "Which packets entries with log look at"
			interval                     "One in each interval"
			<0-2147483647>:milliseconds  "Milliseconds"`,
		No: `ip access-list logging interval [ LINE:rest "Current values" ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			r.accessLog.interval = time.Duration(c.Int("milliseconds")) * time.Millisecond
			return nil
		}),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.accessLog.interval = 0; return nil }),
		Examples: []string{"ip access-list logging interval 100"},
		Standard: []string{"ip access-list logging interval 0"},
	},
}

// printAccessLog prints how matches of entries with `log` are reported.
func printAccessLog(r *Router, w *writer) {
	if n := r.accessLog.threshold; n > 0 {
		w.line("ip access-list log-update threshold %d", n)
	}
	if d := r.accessLog.interval; d > 0 {
		w.line("ip access-list logging interval %d", d/time.Millisecond)
	}
}
