package keyengine

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// choose finds the flow of a packet; nil means that no entry protects it. A
// deny in an entry's list sends the packet to the next entry.
func (b *Binding) choose(p *acl.Packet, match func(*acl.List, *acl.Packet) acl.Result) *flow {
	for entry := range b.entries {
		if s, ok := protects(match(b.engine.env.List(entry.ACL), p)); ok {
			if f := b.narrower(entry, s, p); f != nil {
				return f
			}
			return b.flow(entry, s)
		}
	}
	return nil
}

// protects is what a list's answer has an entry protect.
func protects(r acl.Result) (rule acl.Selector, ok bool) {
	if !r.Selects() {
		return rule, false
	}
	return r.Rule.Selector()
}

// carries says whether SAs of that selector take a packet that a rule has selected.
func carries(s, rule acl.Selector, p *acl.Packet) bool { return rule.Covers(s) && s.Contains(p) }

// narrower is a flow with SAs within what a rule of the entry's list says, such
// as the peer may have asked for.
func (b *Binding) narrower(entry *Entry, rule acl.Selector, p *acl.Packet) *flow {
	for _, f := range b.flows {
		if f.entry == entry && f.sending() != nil && carries(f.selector, rule, p) {
			return f
		}
	}
	return nil
}

// selects says whether the map protects the packet.
func (b *Binding) selects(p *acl.Packet) bool {
	for entry := range b.entries {
		if b.engine.env.List(entry.ACL).Lookup(p).Selects() {
			return true
		}
	}
	return false
}

// Select finds the SA for a packet that leaves by an interface with a crypto
// map. Where there is none yet, the packet is lost and a negotiation starts.
func (e *Engine) Select(out *forwarding.Interface, ip packet.IPv4) (forwarding.Tunnel, forwarding.CryptoVerdict) {
	b := e.binding(out.String())
	if b == nil {
		return nil, forwarding.Pass
	}
	p := acl.Examine(ip)
	f := b.choose(&p, (*acl.List).Evaluate)
	if f == nil {
		return nil, forwarding.Pass
	}
	if n := f.sending(); n != nil {
		return n, forwarding.Protect
	}
	f.counters.SendErrors.Add(1)
	e.ask(f)
	return nil, forwarding.Drop
}

// ClearMTU is the largest packet that fits into link bytes once sealed.
func (n *pair) ClearMTU(link int) int { return n.sas.Out.MaxInner(link) }

// Seal returns the packet that carries p.
func (n *pair) Seal(p packet.IPv4) (packet.IPv4, bool) {
	e := n.flow.binding.engine
	e.env.Spend(sealCost)
	outer, err := n.sas.Out.Seal(nil, p)
	if err != nil { // it is counted
		return nil, false
	}
	n.watch.Check()
	return outer, true
}
