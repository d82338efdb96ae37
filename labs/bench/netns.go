package main

import (
	"fmt"
	"os"
	"os/exec"
)

// side is one end: a namespace with the gateway in it and the host behind it.
type side struct {
	ns     string
	outer  string // address of the gateway
	inner  string // address of the host
	subnet string // of the host
	wire   string // interface between the two gateways
}

// sides are two namespaces joined by a veth pair, its offloads as they are by
// default.
type sides struct {
	b    *bench
	a, z side
}

func (b *bench) newSides() (*sides, error) {
	id := os.Getpid()
	s := &sides{
		b: b,
		a: side{fmt.Sprintf("bench-%d-a", id), "192.0.2.1", "10.1.0.1", "10.1.0.0/24", "wire0"},
		z: side{fmt.Sprintf("bench-%d-z", id), "192.0.2.2", "10.2.0.1", "10.2.0.0/24", "wire0"},
	}
	commands := [][]string{
		{"netns", "add", s.a.ns},
		{"netns", "add", s.z.ns},
		{"link", "add", s.a.wire, "netns", s.a.ns, "type", "veth", "peer", "name", s.z.wire, "netns", s.z.ns},
	}
	for _, e := range []side{s.a, s.z} {
		commands = append(commands,
			[]string{"-n", e.ns, "link", "set", "lo", "up"},
			[]string{"-n", e.ns, "link", "set", e.wire, "up"})
	}
	for _, args := range commands {
		if _, err := b.output("ip", args...); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

// addresses gives the kernel both addresses of an end: what a gateway needs
// that uses the host's own stack.
func (s *sides) addresses(ends ...side) error {
	for _, e := range ends {
		for _, args := range [][]string{
			{"-n", e.ns, "address", "add", e.outer + "/24", "dev", e.wire},
			{"-n", e.ns, "address", "add", e.inner + "/24", "dev", "lo"},
		} {
			if _, err := s.b.output("ip", args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// close removes the namespaces, and with them every device in them. It works
// after an interrupt, too.
func (s *sides) close() {
	for _, e := range []side{s.a, s.z} {
		exec.Command("ip", "netns", "del", e.ns).Run()
	}
}

// in is a command inside an end's namespace.
func (e side) in(args ...string) []string { return append([]string{"netns", "exec", e.ns}, args...) }
