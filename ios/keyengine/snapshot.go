package keyengine

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// snapshot is what the fast path knows of the engine. It never changes.
type snapshot struct {
	policies []*policy // one a binding
	pairs    []inbound
	inbound  map[spiKey]inbound
}

// inbound is a pair that can receive, with its entry's own list for what comes out.
type inbound struct {
	pair   *pair
	access *acl.Snapshot
}

type spiKey struct {
	dst netip.Addr
	spi uint32
}

// policy is the crypto map of an interface: its usable entries.
type policy struct {
	ifc     string
	entries []policyEntry
}

type policyEntry struct {
	list  *acl.Snapshot
	out   *acl.Snapshot // the entry's own list for what goes into a tunnel; nil for none
	flows []policyFlow  // those with SAs, in the binding's order
}

type policyFlow struct {
	selector acl.Selector
	sending  *pair
}

// Publish returns what is: the same as before where nothing has changed.
func (e *Engine) Publish() forwarding.CryptoView {
	now := &snapshot{}
	for _, p := range e.all() {
		now.pairs = append(now.pairs, inbound{p, e.access(p.flow.entry.AccessIn)})
	}
	for _, b := range e.bindings {
		now.policies = append(now.policies, b.policy())
	}
	if e.published != nil && now.equal(e.published) {
		return e.published
	}
	now.inbound = make(map[spiKey]inbound, len(now.pairs))
	for _, p := range now.pairs {
		in := p.pair.sas.In
		now.inbound[spiKey{in.Local(), in.SPI()}] = p
	}
	e.published = now
	return now
}

// access is the content of an entry's own list; nil where it has none of that name.
func (e *Engine) access(list string) *acl.Snapshot {
	if list == "" {
		return nil
	}
	return e.env.List(list).Snapshot()
}

func (b *Binding) policy() *policy {
	p := &policy{ifc: b.Interface}
	at := map[*Entry]int{}
	for entry := range b.entries {
		at[entry] = len(p.entries)
		p.entries = append(p.entries, policyEntry{
			list: b.engine.env.List(entry.ACL).Snapshot(), out: b.engine.access(entry.AccessOut),
		})
	}
	for _, f := range b.flows {
		i, usable := at[f.entry]
		if n := f.sending(); usable && n != nil {
			p.entries[i].flows = append(p.entries[i].flows, policyFlow{f.selector, n})
		}
	}
	return p
}

func (s *snapshot) equal(o *snapshot) bool {
	return slices.Equal(s.pairs, o.pairs) && slices.EqualFunc(s.policies, o.policies, (*policy).equal)
}

func (p *policy) equal(o *policy) bool {
	return p.ifc == o.ifc && slices.EqualFunc(p.entries, o.entries, func(a, b policyEntry) bool {
		return a.list == b.list && a.out == b.out && slices.Equal(a.flows, b.flows)
	})
}

// Policy implements forwarding.CryptoView.
func (s *snapshot) Policy(ifc string) forwarding.Policy {
	for _, p := range s.policies {
		if p.ifc == ifc {
			return p
		}
	}
	return nil
}

// Inbound implements forwarding.CryptoView.
func (s *snapshot) Inbound(dst netip.Addr, spi uint32) (forwarding.FastInbound, *acl.Snapshot) {
	p, found := s.inbound[spiKey{dst, spi}]
	if !found {
		return nil, nil
	}
	return (*receiver)(p.pair), p.access
}

// Refuses implements forwarding.Policy.
func (m *policy) Refuses(p *acl.Packet) bool {
	back := p.Reversed()
	for i := range m.entries {
		if m.entries[i].list.Lookup(&back).Selects() {
			return true
		}
	}
	return false
}

// Select implements forwarding.Policy. A flow without SAs is for the loop.
func (m *policy) Select(f *forwarding.Flight, p *acl.Packet) (forwarding.FastTunnel, forwarding.CryptoVerdict) {
	for i := range m.entries {
		entry := &m.entries[i]
		result := entry.list.Lookup(p)
		if !f.Hit(result.Rule) {
			return nil, forwarding.Drop
		}
		rule, ok := protects(result)
		if !ok {
			continue
		}
		for j := range entry.flows {
			if flow := &entry.flows[j]; carries(flow.selector, rule, p) {
				f.Restrict(entry.out)
				return (*sender)(flow.sending), forwarding.Protect
			}
		}
		return nil, forwarding.Drop
	}
	return nil, forwarding.Pass
}
