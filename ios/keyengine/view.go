package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
)

// BindingView is an interface with a crypto map as show commands see it.
type BindingView struct {
	Interface, Map string
	Local          netip.Addr // the zero Addr where the interface has none
	Flows          []FlowView
}

// FlowView is a pair of proxy identities: one for each permit entry of the
// map's lists, with SAs or not, then those that peers asked for.
type FlowView struct {
	Selector   acl.Selector
	FromList   bool // it is what a list entry says, not what a peer asked for within one
	Peer       netip.Addr
	PeerPort   uint16 // 500, or the one that its packets in UDP go to
	Counters   *esp.Counters
	Requesting bool
	Pairs      []PairView // oldest first
}

// PairView is the two SAs of one quick mode.
type PairView struct {
	esp.Pair
	InConn, OutConn int
	Sending         bool
}

// Sending is the pair in use for sending; nil where there is none.
func (f FlowView) Sending() *PairView {
	for i := len(f.Pairs) - 1; i >= 0; i-- {
		if f.Pairs[i].Sending {
			return &f.Pairs[i]
		}
	}
	return nil
}

const isakmpPort = 500

// View is the state of every binding.
func (e *Engine) View() []BindingView {
	var out []BindingView
	for _, b := range e.bindings {
		v := BindingView{Interface: b.Interface, Map: b.Map}
		v.Local, _ = b.Local()
		for _, f := range b.listed() {
			v.Flows = append(v.Flows, f.view())
		}
		out = append(out, v)
	}
	return out
}

// listed are the flows in the order of the map's entries and lists. Flows
// whose list entry is gone stay as long as they have SAs.
func (b *Binding) listed() []*flow {
	var out []*flow
	seen := map[*flow]bool{}
	add := func(f *flow) {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	for entry := range b.entries {
		for _, rule := range b.engine.env.List(entry.ACL).Rules() {
			if s, ok := rule.Selector(); ok {
				add(b.flow(entry, s))
			}
		}
		for _, f := range b.flows {
			if f.entry == entry && len(f.pairs) > 0 {
				add(f)
			}
		}
	}
	for _, f := range b.flows {
		if len(f.pairs) > 0 {
			add(f)
		}
	}
	return out
}

func (f *flow) view() FlowView {
	v := FlowView{
		Selector: f.selector, Peer: f.peer(), Counters: &f.counters, Requesting: f.request != nil && !f.request.held,
		FromList: f.rule() != nil, PeerPort: isakmpPort,
	}
	sending := f.sending()
	if sending != nil && sending.remotePort() != 0 {
		v.PeerPort = sending.remotePort()
	}
	for _, p := range f.pairs {
		v.Pairs = append(v.Pairs, PairView{p.sas, p.inConn, p.outConn, p == sending})
	}
	return v
}
