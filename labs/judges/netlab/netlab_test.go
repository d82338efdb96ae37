//go:build unix

package netlab

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNothingIsLeft: what a test makes goes with it.
func TestNothingIsLeft(t *testing.T) {
	Root(t)
	var path string
	var p *Process
	t.Run("a test", func(t *testing.T) {
		n := New(t)
		a, b := n.Namespace("a"), n.Namespace("b")
		path = filepath.Join("/run/netns", a.Path())
		n.Join(a, "eth1", b, "eth1")
		a.Address("eth1", "192.0.2.1/24")
		b.Address("eth1", "192.0.2.2/24")
		n.Eventually(5*time.Second, "the ping is answered", func() bool {
			_, err := a.Try("ping", "-c1", "-W1", "192.0.2.2")
			return err == nil
		})
		if !a.HasLink("eth1") || a.HasLink("eth2") {
			t.Error("HasLink does not see what there is")
		}
		p = a.Start("cat")
		p.Type("a line")
		p.Expect("^a line$", 5*time.Second)
		if text, ok := p.Await("another", time.Millisecond); ok {
			t.Errorf("there is no other line in %q", text)
		}
	})
	if p.Running() {
		t.Error("the process runs on")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the namespace is still there")
	}
}

func TestProcessEnds(t *testing.T) {
	n := New(t)
	a := n.Namespace("a")
	p := a.Start("sh", "-c", "echo last words; exit 3")
	p.Expect("last words", 5*time.Second)
	if status := p.Wait(5 * time.Second); status != 3 {
		t.Errorf("status %d", status)
	}
	p = a.Start("sleep", "60")
	p.Signal(syscall.SIGTERM)
	if status := p.Wait(5 * time.Second); status != -int(syscall.SIGTERM) {
		t.Errorf("status %d", status)
	}
}

func TestIoslabRuns(t *testing.T) {
	n := New(t)
	p := n.Namespace("a").Ioslab("list")
	if status := p.Wait(time.Minute); status != 0 || !strings.Contains(p.Output(), "site-to-site") {
		t.Errorf("status %d:\n%s", status, p.Output())
	}
}

// TestNeedAsksForRootFirst: where the tests that need root were not asked for, one that
// needs a tool as well is skipped, whether the tool is installed or not.
func TestNeedAsksForRootFirst(t *testing.T) {
	t.Setenv(Variable, "")
	skipped := false
	t.Run("a test", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		Need(t, "no-such-tool")
	})
	if !skipped {
		t.Error("it was not skipped")
	}
}
