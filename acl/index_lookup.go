package acl

// entry is what most rules say, close together in memory.
type entry struct {
	src, dst           Addresses
	srcPorts, dstPorts portRange
	rule               int32 // its index
	protocol           uint8
	permit             bool
	ports              bool // it says something of ports
	more               bool // there is more to compare
}

type portRange struct{ low, high uint16 }

// entry is the rule of that index.
func (r *Rule) entry(i int32) entry {
	t := entry{src: r.Src, dst: r.dst(), rule: i, protocol: r.Protocol, permit: r.Action == Permit, ports: r.needsTransport()}
	rest := r.Entry
	rest.Action, rest.Sequence, rest.Log, rest.Src, rest.Dst, rest.Protocol = 0, 0, 0, Addresses{}, Addresses{}, 0
	var one, other bool
	t.srcPorts, one = r.SrcPorts.rangeOf()
	t.dstPorts, other = r.DstPorts.rangeOf()
	if one && other {
		rest.SrcPorts, rest.DstPorts = Ports{}, Ports{}
	}
	t.more = rest != Entry{Kind: r.Kind}
	return t
}

// rangeOf is the condition as a range, where it can be said so.
func (c *Ports) rangeOf() (r portRange, ok bool) {
	switch {
	case c.Op == NoPorts:
		return portRange{0, 0xffff}, true
	case c.Op == PortEq && c.N == 1:
		return portRange{c.Port[0], c.Port[0]}, true
	case c.Op == PortRange:
		return portRange{c.Port[0], c.Port[1]}, true
	}
	return portRange{}, false
}

// matches reports what Entry.matches does, where there is no more to compare.
func (t *entry) matches(q *lookup) bool {
	if t.ports && !q.ports {
		return t.permit && q.packet.Fragment
	}
	return !t.ports || t.srcPorts.has(q.packet.SrcPort) && t.dstPorts.has(q.packet.DstPort)
}

func (r portRange) has(port uint16) bool { return port-r.low <= r.high-r.low }

// lookup is a packet that is looked for in an index.
type lookup struct {
	*index
	packet *Packet
	values [numFields]uint32
	ports  bool // it shows ports

	best   int32 // index of the first rule that is known to match
	permit bool  // it is a permit
}

// lookup returns the index of the first rule that matches, their number where none does,
// and whether it is a permit.
func (x *index) lookup(p *Packet, src, dst uint32) (at int32, permit bool) {
	q := lookup{index: x, packet: p, best: int32(len(x.rules)),
		values: [numFields]uint32{src, dst, uint32(p.DstPort), uint32(p.SrcPort)},
		ports:  p.Transport && (p.Protocol == protoTCP || p.Protocol == protoUDP)}
	q.search(&x.field, bySource)
	return q.best, q.permit
}

// search looks for a rule before the best that stands in the level and matches.
func (q *lookup) search(l *level, field int) {
	var at int32
	switch {
	case field < byDestinationPort || q.ports:
		at = l.inner.at(q.values[field])
	case q.packet.Fragment:
		q.compare(l.blind)
		return
	default:
		at = l.whole
	}
	for at >= 0 {
		b := &l.blocks[at]
		if b.reach >= q.best {
			return
		}
		switch {
		case b.first >= q.best:
		case b.next != nil:
			q.search(b.next, field+1)
		case q.meets(&b.one):
		case b.to-b.from > 1:
			q.compare(q.entries[b.from+1 : b.to])
		}
		at = b.around
	}
}

// compare looks for a rule before the best that matches.
func (q *lookup) compare(entries []entry) {
	for n := range entries {
		if e := &entries[n]; e.rule >= q.best || q.meets(e) {
			return
		}
	}
}

// meets makes a rule the best if it matches, and reports whether it does.
func (q *lookup) meets(e *entry) bool {
	src, dst := q.values[bySource], q.values[byDestination]
	if !e.src.has(src) || !e.dst.has(dst) || e.protocol != 0 && e.protocol != q.packet.Protocol {
		return false
	}
	if e.more && !q.rules[e.rule].matches(q.packet, src, dst) || !e.more && !e.matches(q) {
		return false
	}
	q.best, q.permit = e.rule, e.permit
	return true
}
