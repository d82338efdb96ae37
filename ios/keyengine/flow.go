package keyengine

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/isakmp"
)

// flow is one pair of proxy identities on an interface.
type flow struct {
	binding  *Binding
	entry    *Entry
	selector acl.Selector
	counters esp.Counters
	pairs    []*pair // oldest first; the last one that may send is in use
	request  *request
	failures int // of requests since there were SAs
}

// find returns the flow of an entry with these proxies, nil where there is none.
func (b *Binding) find(entry *Entry, s acl.Selector) *flow {
	for _, f := range b.flows {
		if f.entry == entry && f.selector == s {
			return f
		}
	}
	return nil
}

// flow finds or makes the flow of an entry with these proxies.
func (b *Binding) flow(entry *Entry, s acl.Selector) *flow {
	if f := b.find(entry, s); f != nil {
		return f
	}
	b.prune() // what changes of the configuration have left behind
	f := &flow{binding: b, entry: entry, selector: s}
	b.flows = append(b.flows, f)
	return f
}

// prune forgets the flows that peers asked for, or that the configuration once
// had, when their last pairs are gone. One that an entry of a list describes
// stays, with its counters.
func (b *Binding) prune() {
	b.flows = slices.DeleteFunc(b.flows, func(f *flow) bool {
		return len(f.pairs) == 0 && f.request == nil && (!f.inMap() || f.rule() == nil)
	})
}

// inMap reports whether the flow's entry is still in the crypto map.
func (f *flow) inMap() bool {
	m := f.binding.engine.Config.Map(f.binding.Map)
	return m != nil && m.Entry(f.entry.Seq) == f.entry
}

// rule is the rule of the entry's list that describes the flow, nil where the
// peer asked for it.
func (f *flow) rule() *acl.Rule {
	return f.binding.engine.env.List(f.entry.ACL).FindSelector(f.selector)
}

// wanted reports whether the configuration still has the flow's SAs be with that
// peer. A change of it leaves the SAs that there are to their end.
func (f *flow) wanted(peer netip.Addr) bool {
	return f.inMap() && f.binding.admits(f.entry, peer, f.selector)
}

// sending is the pair whose outbound SA is in use, or nil.
func (f *flow) sending() *pair {
	var last *pair
	for i := len(f.pairs) - 1; i >= 0; i-- {
		switch p := f.pairs[i]; {
		case p.enabled && !p.replaced:
			return p
		case p.enabled && last == nil:
			last = p
		}
	}
	return last
}

// peer is whom the flow's SAs are with, or would be.
func (f *flow) peer() netip.Addr {
	if p := f.sending(); p != nil {
		return p.agreed.Remote.Addr()
	}
	return f.entry.Peer()
}

// proxies are the selector's sides as ISAKMP takes them.
func proxies(s acl.Selector) (local, remote isakmp.Proxy) {
	side := func(p acl.Proxy) isakmp.Proxy {
		return isakmp.Proxy{Addr: p.Addr, Mask: p.Mask, Protocol: s.Protocol, Port: p.Port}
	}
	return side(s.Local), side(s.Remote)
}

// flowRef names a flow between two ends in events.
func flowRef(local, remote netip.Addr, s acl.Selector) FlowRef {
	l, r := proxies(s)
	return FlowRef{Local: local, Remote: remote, LocalProxy: l, RemoteProxy: r}
}
