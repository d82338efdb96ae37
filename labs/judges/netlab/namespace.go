//go:build unix

package netlab

import (
	"os/exec"
	"strings"
	"time"
)

// A Namespace is a network namespace of a Net.
type Namespace struct {
	Name string // as the test calls it

	net       *Net
	path      string // as `ip netns` calls it
	processes []*Process
}

// Path is the namespace's name to `ip netns`.
func (ns *Namespace) Path() string { return ns.path }

// Command makes a command that will run in the namespace.
func (ns *Namespace) Command(command ...string) *exec.Cmd {
	return exec.Command("ip", append([]string{"netns", "exec", ns.path}, command...)...)
}

// Run runs a command in the namespace and returns all that it printed. The test
// ends where the command fails.
func (ns *Namespace) Run(command ...string) string {
	ns.net.t.Helper()
	out, err := ns.Try(command...)
	if err != nil {
		ns.net.t.Fatalf("%s: %s: %v\n%s", ns.Name, strings.Join(command, " "), err, out)
	}
	return out
}

// Try runs a command that may fail.
func (ns *Namespace) Try(command ...string) (string, error) {
	out, err := ns.Command(command...).CombinedOutput()
	return string(out), err
}

// Address gives an interface an address, such as 192.0.2.1/24.
func (ns *Namespace) Address(name, address string) {
	ns.net.t.Helper()
	ns.Run("ip", "address", "add", address, "dev", name)
}

// Route sends a prefix, or what has no other route ("default"), to a next hop.
func (ns *Namespace) Route(prefix, via string) {
	ns.net.t.Helper()
	ns.Run("ip", "route", "replace", prefix, "via", via)
}

// HasLink reports whether there is an interface of that name.
func (ns *Namespace) HasLink(name string) bool {
	_, err := ns.Try("ip", "link", "show", "dev", name)
	return err == nil
}

// Start starts a command in the namespace. It is killed, if it has to be, when the
// test ends.
func (ns *Namespace) Start(command ...string) *Process {
	ns.net.t.Helper()
	p := start(ns.net.t, ns.Command(command...))
	ns.processes = append(ns.processes, p)
	return p
}

// Ioslab starts the project's command, built from the source as it stands.
func (ns *Namespace) Ioslab(arguments ...string) *Process {
	ns.net.t.Helper()
	return ns.Start(append([]string{Program(ns.net.t)}, arguments...)...)
}

func (ns *Namespace) stop() {
	for _, p := range ns.processes {
		p.Kill()
	}
}

// Eventually waits for something to become true; the test ends where it does not.
func (n *Net) Eventually(within time.Duration, what string, is func() bool) {
	n.t.Helper()
	for end := time.Now().Add(within); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			n.t.Fatalf("not within %v: %s", within, what)
		}
	}
}
