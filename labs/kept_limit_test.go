package labs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/topology"
)

// TestLinesOverTheLimitAreCounted starts a router with more than it keeps, which is told
// in one line.
func TestLinesOverTheLimitAreCounted(t *testing.T) {
	var config strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&config, "snmp-server host 10.%d.%d.%d version 2c a-community-of-some-length-%d\n", i>>16, i>>8&255, i&255, i)
	}
	f, err := topology.Parse("x.clab.yml", []byte("name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: r1.cfg}\n"),
		func(string) ([]byte, error) { return []byte(config.String()), nil })
	if err != nil {
		t.Fatal(err)
	}
	l := startLab(t, f, Options{})
	if len(l.reports) != 2 || !strings.Contains(l.reports[0], "not kept: % ioslab keeps at most 1 MB") || strings.Contains(l.reports[0], "\n") {
		t.Errorf("%d reports, the first %q", len(l.reports), l.reports[0])
	}
}
