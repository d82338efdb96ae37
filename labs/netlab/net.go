//go:build unix

package netlab

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// Variable is the environment variable that turns on the tests that need root:
// they run where it is 1.
const Variable = "IOSLAB_ROOT"

// Root skips a test where nobody asked for those that need root. Where somebody
// did, the lack of it fails.
func Root(t testing.TB) {
	t.Helper()
	if os.Getenv(Variable) != "1" {
		t.Skipf("needs root and namespaces: want %s=1", Variable)
	}
	if os.Geteuid() != 0 {
		t.Fatalf("%s=1, but this is not root", Variable)
	}
	Need(t, "ip")
}

// Need fails the test where a tool is not installed.
func Need(t testing.TB, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed", tool)
		}
	}
}

// A Net is the network of one test.
type Net struct {
	t          testing.TB
	namespaces []*Namespace
}

// prefix begins the names of our namespaces; the process that made them follows.
const prefix = "netlab"

var made atomic.Int64 // namespaces of this process

// New makes an empty network that goes with the test; see Root.
func New(t testing.TB) *Net {
	t.Helper()
	Root(t)
	sweep(t)
	n := &Net{t: t}
	t.Cleanup(n.close)
	return n
}

// sweep takes down what processes left that are no more.
func sweep(t testing.TB) {
	entries, _ := os.ReadDir("/run/netns") // it is not there before the first namespace
	for _, e := range entries {
		owner, _, ok := strings.Cut(strings.TrimPrefix(e.Name(), prefix), "-")
		pid, err := strconv.Atoi(owner)
		if !ok || err != nil || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); os.IsNotExist(err) {
			t.Logf("takes down %s, which a test left", e.Name())
			remove(e.Name())
		}
	}
}

// remove kills what runs in a namespace and deletes it.
func remove(name string) error {
	pids, _ := exec.Command("ip", "netns", "pids", name).Output()
	for _, pid := range strings.Fields(string(pids)) {
		exec.Command("kill", "-9", pid).Run()
	}
	out, err := exec.Command("ip", "netns", "del", name).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func (n *Net) close() {
	for _, ns := range n.namespaces {
		ns.stop()
		if err := remove(ns.path); err != nil {
			n.t.Errorf("namespace %s is left over: %v", ns.path, err)
		}
	}
}

// Namespace makes a network namespace. Its loopback interface is up.
func (n *Net) Namespace(name string) *Namespace {
	n.t.Helper()
	ns := &Namespace{Name: name, net: n, path: fmt.Sprintf("%s%d-%d-%s", prefix, os.Getpid(), made.Add(1), name)}
	n.run("ip", "netns", "add", ns.path)
	n.namespaces = append(n.namespaces, ns)
	ns.Run("ip", "link", "set", "lo", "up")
	return ns
}

// Join lays a veth pair between two namespaces, or within one, and sets both
// ends up.
func (n *Net) Join(a *Namespace, ifA string, b *Namespace, ifB string) {
	n.t.Helper()
	n.run("ip", "link", "add", ifA, "netns", a.path, "type", "veth", "peer", "name", ifB, "netns", b.path)
	a.Run("ip", "link", "set", ifA, "up")
	b.Run("ip", "link", "set", ifB, "up")
}

// run runs a command that must not fail.
func (n *Net) run(command ...string) string {
	n.t.Helper()
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	if err != nil {
		n.t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
	return string(out)
}
