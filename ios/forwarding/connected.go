package forwarding

import (
	"maps"
	"net/netip"
	"slices"
)

// reconnect has the table follow a change of the state of an interface, or of its
// addresses.
func (s *Stack) reconnect(i *Interface) {
	old := i.connected
	i.connected = nil
	if i.ProtocolUp() {
		i.connected = slices.Clone(i.addresses())
	}
	var changed []netip.Prefix
	for _, p := range slices.Concat(old, i.connected) {
		changed = append(changed, p.Masked())
	}
	for p := range s.statics.out[i.name] {
		changed = append(changed, p)
	}
	s.update(s.statics.dependents(changed...), func(t *Table) {
		t.disconnect(old)
		t.connect(i)
	})
}

// disconnect takes out the addresses that an interface had, and the routes to their
// subnets. No other interface has an address in one of these.
func (t *Table) disconnect(addresses subnets) {
	if t.handedOut {
		t.local = maps.Clone(t.local)
	}
	for _, p := range addresses {
		delete(t.local, p.Addr())
		t.remove(p.Masked())
	}
}

// connect puts in the addresses of an interface, and the routes to their subnets.
func (t *Table) connect(i *Interface) {
	for _, p := range i.connected {
		t.local[p.Addr()] = i
		if t.Get(p.Masked()) == nil {
			t.insert(&Route{
				Prefix: p.Masked(), Source: Connected,
				Hops: []Hop{{Interface: i}}, Paths: []Path{{Out: i}},
			})
		}
	}
}
