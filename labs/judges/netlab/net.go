//go:build unix

package netlab

import (
	"os"
	"os/exec"
	"testing"
)

// Variable is the environment variable that turns on the tests that need root:
// they run where it is 1.
const Variable = "IOSLAB_ROOT"

// Root skips a test that needs root, unless such tests were asked for. Then the lack
// of root fails the test.
func Root(t testing.TB) {
	t.Helper()
	if os.Getenv(Variable) != "1" {
		t.Skipf("needs root and namespaces: want %s=1", Variable)
	}
	if os.Geteuid() != 0 {
		t.Fatalf("%s=1, but this is not root", Variable)
	}
	look(t, "ip")
}

// Need is Root for a test that needs tools, too: where it runs and one of them is not
// installed, it fails.
func Need(t testing.TB, tools ...string) {
	t.Helper()
	Root(t)
	look(t, tools...)
}

func look(t testing.TB, tools ...string) {
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

// New makes an empty network that goes with the test; see Root.
func New(t testing.TB) *Net {
	t.Helper()
	Root(t)
	sweep(func(path string) { t.Logf("takes down %s, which a test left", path) })
	n := &Net{t: t}
	t.Cleanup(n.close)
	return n
}

func (n *Net) close() {
	for _, ns := range n.namespaces {
		ns.stop()
		if err := Remove(ns.path); err != nil {
			n.t.Errorf("namespace %s is left over: %v", ns.path, err)
		}
	}
}

// Namespace makes a network namespace. Its loopback interface is up.
func (n *Net) Namespace(name string) *Namespace {
	n.t.Helper()
	path, err := Make(name)
	if err != nil {
		n.t.Fatal(err)
	}
	ns := &Namespace{Name: name, net: n, path: path}
	n.namespaces = append(n.namespaces, ns)
	return ns
}

// Join lays a veth pair between two namespaces, or within one, and sets both
// ends up.
func (n *Net) Join(a *Namespace, ifA string, b *Namespace, ifB string) {
	n.t.Helper()
	if err := Lay(a.path, ifA, b.path, ifB); err != nil {
		n.t.Fatal(err)
	}
}
