package main

import "github.com/ioslab/ioslab/labs/judges/netlab"

// side is one end: a namespace with the gateway in it and the host behind it.
type side struct {
	ns     string
	outer  string // address of the gateway
	inner  string // address of the host
	subnet string // of the host
	wire   string // interface between the two gateways
	first  bool   // it begins
}

// sides are two namespaces joined by a veth pair, its offloads as they are by
// default.
type sides struct {
	b    *bench
	a, z side
}

func (b *bench) newSides() (*sides, error) {
	s := &sides{
		b: b,
		a: side{"", "192.0.2.1", "10.1.0.1", "10.1.0.0/24", "wire0", true},
		z: side{"", "192.0.2.2", "10.2.0.1", "10.2.0.0/24", "wire0", false},
	}
	var err error
	if s.a.ns, err = netlab.Make("a"); err == nil {
		s.z.ns, err = netlab.Make("z")
	}
	if err == nil {
		err = netlab.Lay(s.a.ns, s.a.wire, s.z.ns, s.z.wire)
	}
	if err != nil {
		s.close()
		return nil, err
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

// close removes the namespaces, and with them every device in them.
func (s *sides) close() {
	for _, e := range []side{s.a, s.z} {
		if e.ns != "" {
			netlab.Remove(e.ns)
		}
	}
}

// in is a command inside an end's namespace.
func (e side) in(args ...string) []string { return append([]string{"netns", "exec", e.ns}, args...) }
