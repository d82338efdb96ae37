package ios

import (
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

var reflexiveCommands = []cli.Command{{
	Modes: []string{modeConfig},
	Grammar: `ip
		reflexive-list        "Reflexive access lists"
		timeout               "How long their entries last without packets"
		<1-2147483>:seconds   "Seconds"`,
	No: `ip reflexive-list timeout [ LINE:rest "Current values" ]`,
	Run: on(func(r *Router, c *cli.Call) error {
		r.lists.Reflexive.Timeout = time.Duration(c.Int("seconds")) * time.Second
		return nil
	}),
	Unset:    on(func(r *Router, _ *cli.Call) error { r.lists.Reflexive.Timeout = 0; return nil }),
	Examples: []string{"ip reflexive-list timeout 120"},
	Standard: []string{"ip reflexive-list timeout 300"},
}}

// printReflexive prints what is said of all reflexive lists.
func printReflexive(r *Router, w *writer) {
	if t := r.lists.Reflexive.Timeout; t != 0 && t != acl.DefaultReflexiveTimeout {
		w.line("ip reflexive-list timeout %d", t/time.Second)
	}
}
