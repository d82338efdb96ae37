//go:build linux

package interop

import (
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// A side is one of the two gateways.
type side int

const (
	ioslab side = iota
	strongSwan
)

var sides = []side{ioslab, strongSwan}

func (s side) String() string { return [...]string{"ioslab", "strongSwan"}[s] }

// A row is a case of the table: what is done, with either side in the leading
// part.
type row struct {
	name string
	run  func(t *testing.T, lead side)
}

func TestStrongSwan(t *testing.T) {
	netlab.Root(t)
	t.Parallel()
	table := newTable(rows())
	for i, r := range rows() {
		for _, lead := range sides {
			t.Run(r.name+"/"+lead.String(), func(t *testing.T) {
				t.Parallel()
				defer func() { table.passed(i, lead, !t.Failed()) }()
				r.run(t, lead)
			})
		}
	}
	t.Cleanup(func() { table.check(t) })
}

func rows() []row {
	list := []row{ // those that take long come first
		{"rekey of phase 1", rekeyPhase1},
		{"rekey of phase 1, with DPD", rekeyWatched},
		{"rekey of phase 2", rekeyPhase2},
		{"wrong key", wrongKey},
		{"no proposal chosen in phase 1", noProposalPhase1},
		{"no proposal chosen in phase 2", noProposalPhase2},
		{"DPD: the other side is dead", dead},
		{"DPD: asked and answered", alive},
		{"kill -9 of a gateway that starts again at once", killed},
		{"the host on a TUN device: pings of every size, TCP, kill -9 of ioslab", killedTUN},
		{"a NAT in front of the side that leads: pings of every size, TCP, then another port", translated},
		{"delete of phase 1", deletePhase1},
		{"delete of phase 2", deletePhase2},
		{"TCP, 100 MB to the other side, compared by checksum", tcp},
		{"pings of every size up to the tunnel's MTU (1400)", everySize},
	}
	for _, s := range suites() {
		list = append(list, row{s.String(), func(t *testing.T, lead side) {
			newSite(t, s.gateway(), s.peer()).up(t, lead)
		}})
	}
	return list
}
