package ios

import (
	"slices"

	"github.com/ioslab/ioslab/cli"
)

// negotiating are commands that change what a negotiation of SAs depends on: the
// key engine does not hold requests of before any longer.
func negotiating(rows []cli.Command) []cli.Command {
	rows = slices.Clone(rows)
	for i := range rows {
		for _, do := range []*func(*cli.Call) error{&rows[i].Run, &rows[i].Unset, &rows[i].Default} {
			if run := *do; run != nil {
				*do = on(func(r *Router, c *cli.Call) error {
					err := run(c)
					r.keys.DropHeld()
					return err
				})
			}
		}
	}
	return rows
}
