package keyengine

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// A choice is what a crypto map has found for a packet.
type choice struct {
	binding *Binding
	entry   *Entry // that protects the packet; nil: none does
	rule    acl.Selector
	flow    *flow        // nil: not made yet
	decided []acl.Result // what the entries' lists have decided, in order
}

// choose finds who protects a packet, and changes nothing. A deny in an entry's
// list sends the packet to the next entry.
func (b *Binding) choose(p *acl.Packet) choice {
	c := choice{binding: b}
	for entry := range b.entries {
		result := b.engine.env.List(entry.ACL).Lookup(p)
		if result.Rule != nil {
			c.decided = append(c.decided, result)
		}
		if rule, ok := protects(result); ok {
			c.entry, c.rule = entry, rule
			if c.flow = b.narrower(entry, rule, p); c.flow == nil {
				c.flow = b.find(entry, rule)
			}
			return c
		}
	}
	return c
}

// step is what a step tells of the choice.
func (c choice) step() forwarding.MapStep {
	return forwarding.MapStep{
		Name: c.binding.Map, Sequence: c.entry.Seq, List: c.entry.ACL, Rule: c.decided[len(c.decided)-1].Rule, Peer: c.entry.Peer(),
	}
}

// made is the flow of the choice, which is made where there is none.
func (c choice) made() *flow {
	if c.flow == nil {
		return c.binding.flow(c.entry, c.rule)
	}
	return c.flow
}

// protects is what a list's answer has an entry protect.
func protects(r acl.Result) (rule acl.Selector, ok bool) {
	if !r.Selects() {
		return rule, false
	}
	return r.Rule.Selector()
}

// carries reports whether SAs of that selector take a packet that a rule has selected.
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

// selects reports whether the map protects the packet.
func (b *Binding) selects(p *acl.Packet) bool {
	for entry := range b.entries {
		if b.engine.env.List(entry.ACL).Lookup(p).Selects() {
			return true
		}
	}
	return false
}

// Select finds the SA for a packet that leaves by an interface with a crypto
// map. Where there is none yet, the packet is lost, and a negotiation starts
// when that is applied.
func (e *Engine) Select(out *forwarding.Interface, ip packet.IPv4) forwarding.Selection {
	b := e.binding(out.String())
	if b == nil {
		return forwarding.Selection{Verdict: forwarding.Pass}
	}
	p := acl.Examine(ip)
	c := b.choose(&p)
	if c.entry == nil {
		return forwarding.Selection{Verdict: forwarding.Pass, Map: forwarding.MapStep{Name: b.Map}, Apply: countAll(c.decided)}
	}
	if c.flow != nil {
		switch n := c.flow.sending(); {
		case n == nil:
		case n.sas.Out.VolumeEnded(): // by the fast path, and the loop has yet to see to it
			return forwarding.Selection{Verdict: forwarding.Drop, Map: c.step(), Apply: func() {
				n.watch.Check()
				e.Select(out, ip).Apply()
			}}
		default:
			return forwarding.Selection{
				Verdict: forwarding.Protect, Tunnel: n, Map: c.step(), Access: e.filter(c.entry.AccessOut, out, false), Apply: countAll(c.decided),
			}
		}
	}
	return e.unprotected(c)
}

// unprotected loses a packet that there is no SA for, and asks for one.
func (e *Engine) unprotected(c choice) forwarding.Selection {
	return forwarding.Selection{Verdict: forwarding.Drop, Map: c.step(), Apply: func() {
		countAll(c.decided)()
		f := c.made()
		f.counters.SendErrors.Add(1)
		e.ask(f)
	}}
}

// countAll returns what counts the hits of decisions.
func countAll(decided []acl.Result) func() {
	return func() {
		for _, r := range decided {
			r.Count()
		}
	}
}

// ClearMTU is the largest packet that fits into link bytes once sealed.
func (n *pair) ClearMTU(link int) int { return n.sas.Out.MaxInner(link) }

// Outline implements forwarding.Tunnel.
func (n *pair) Outline(p packet.IPv4) packet.IPv4 {
	outer, err := n.sas.Out.Outline(p)
	if err != nil { // Seal counts it
		return nil
	}
	return outer
}

// Seal seals p into outer, which Outline has made.
func (n *pair) Seal(outer, p packet.IPv4) bool {
	e := n.flow.binding.engine
	e.env.Spend(sealCost)
	if _, err := n.sas.Out.Seal(outer, p); err != nil { // it is counted
		return false
	}
	n.watch.Check()
	return true
}
