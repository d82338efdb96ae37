//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// TestBench: every contender has one short turn, and nothing is left of it. The
// figures are for whoever reads them.
func TestBench(t *testing.T) {
	netlab.Root(t)
	var out strings.Builder
	if err := run(t.Context(), options{wireguard: wireguardGo, rounds: 1, seconds: 1, exchanges: 10}, &out); err != nil {
		t.Fatal(err)
	}
	t.Log(out.String())
	namespaces, err := exec.Command("ip", "netns", "list").CombinedOutput()
	if err != nil || strings.Contains(string(namespaces), fmt.Sprintf("netlab%d-", os.Getpid())) {
		t.Errorf("namespaces are left over: %v\n%s", err, namespaces)
	}
}
