package ios

import (
	"slices"
	"testing"

	"github.com/ioslab/ioslab/cli"
)

// A later release is a row of releases: its commands are rows that say so, and
// the others know nothing of it.
func TestCommandsOfALaterRelease(t *testing.T) {
	later := language()
	later.Releases = append(slices.Clone(later.Releases), "99.1")
	for i := range later.Commands {
		if row := &later.Commands[i]; row.Words() == "ip subnet-zero" {
			row.Until = "99.1"
		}
	}
	later.Commands = append(later.Commands, cli.Command{
		Modes: []string{modeConfig}, Grammar: `ip teleport "Skip the hops between"`, Since: "99.1",
		Run: func(*cli.Call) error { return nil },
	})
	n := loneRouter(t, "")
	for _, c := range []struct {
		release, line string
		exists        bool
	}{
		{DefaultVersion, "ip subnet-zero", true},
		{DefaultVersion, "ip teleport", false},
		{"99.1", "ip subnet-zero", false},
		{"99.1", "ip tele", true},
		{"99.1", "ip domain lookup", true},
	} {
		g, err := later.Compile(c.release)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Resolve(modeConfig, c.line, n.Router, 15); (err == nil) != c.exists {
			t.Errorf("%q in %s: %v", c.line, c.release, err)
		}
	}
}

// Rows and keywords can name every release that a router may look like.
func TestReleasesAreMilestones(t *testing.T) {
	at := 0
	for _, v := range Versions() {
		i := slices.Index(milestones, v)
		if i < at {
			t.Errorf("release %s is not among %v, or out of order", v, milestones)
		}
		at = i
	}
}
