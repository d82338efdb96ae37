package acl

// Outcome is how a list answered.
type Outcome uint8

// The outcomes. NoList is the answer of a list that is not defined or holds
// no entry but remarks: an interface lets the packet pass then, a crypto map
// or a translation selects nothing.
const (
	NoList Outcome = iota
	Permitted
	Denied
	ImplicitlyDenied // no entry matched
)

// Result is the answer of a list and the rule that decided, nil where none did.
type Result struct {
	Outcome Outcome
	Rule    *Rule
	Via     *Rule // the entry with `evaluate` whose reflexive list holds the rule, else nil
}

// Passes reports whether a list on an interface lets the packet pass.
func (r Result) Passes() bool { return r.Outcome == NoList || r.Outcome == Permitted }

// Selects reports whether a list that chooses traffic (crypto, NAT, policy)
// chooses the packet.
func (r Result) Selects() bool { return r.Outcome == Permitted }

// Logs reports whether the deciding entry asks to be reported.
func (r Result) Logs() Log {
	if r.Rule == nil {
		return NoLog
	}
	return r.Rule.Log
}

// Count counts a hit of the deciding entry.
func (r Result) Count() {
	if r.Rule != nil {
		r.Rule.Hit(1)
	}
}

// Evaluate finds the first entry that matches and counts the hit.
func (l *List) Evaluate(p *Packet) Result {
	r := l.Lookup(p)
	r.Count()
	return r
}

// Lookup is Evaluate without counting.
func (l *List) Lookup(p *Packet) Result { return l.Snapshot().Lookup(p) }

// LookupAssuming is Lookup as if reflexive lists had these entries, too.
func (l *List) LookupAssuming(p *Packet, made []Reflected) Result {
	return l.Snapshot().lookup(p, made)
}

// Lookup is the answer of the list as it was, without counting. The first one makes
// the index of a long list, and may be asked beside the loop.
func (s *Snapshot) Lookup(p *Packet) Result { return s.lookup(p, nil) }

func (s *Snapshot) lookup(p *Packet, made []Reflected) Result {
	if s == nil || s.entries == 0 {
		return Result{}
	}
	s.compile.Do(s.makeIndex)
	src, dst := toUint(p.Src), toUint(p.Dst)
	at, permit := int32(len(s.known)), false
	if s.index != nil {
		at, permit = s.index.lookup(p, src, dst)
	} else {
		for i, r := range s.known {
			if r.matches(p, src, dst) {
				at, permit = int32(i), r.Action == Permit
				break
			}
		}
	}
	for _, i := range s.evaluates {
		if i > at {
			break
		}
		x := s.known[i].reflexive
		if r := x.table.find(p); r != nil {
			return Result{Permitted, r, s.known[i]}
		}
		for _, m := range made {
			if m.lets(p, x) {
				return Result{Permitted, m.rule(), s.known[i]}
			}
		}
	}
	switch {
	case int(at) == len(s.known):
		return Result{Outcome: ImplicitlyDenied}
	case permit:
		return Result{Outcome: Permitted, Rule: s.known[at]}
	}
	return Result{Outcome: Denied, Rule: s.known[at]}
}

// makeIndex makes ready what Lookup searches: the entries before the first Unread one,
// with which every packet ends that they let through to it.
func (s *Snapshot) makeIndex() {
	s.known = make([]*Rule, 0, s.entries)
	for _, r := range s.rules {
		if r.Action == Unread {
			break
		}
		if r.Action == Evaluate {
			s.evaluates = append(s.evaluates, int32(len(s.known)))
		}
		if r.Action != Remark {
			s.known = append(s.known, r)
		}
	}
	if len(s.known) > fewEntries {
		s.index = newIndex(s.known)
	}
}

// Matches reports whether the rule, which can be read and is no remark, matches the
// packet now. One with `evaluate` does not by itself.
func (r *Rule) Matches(p *Packet) bool { return r.matches(p, toUint(p.Src), toUint(p.Dst)) }

func (r *Rule) matches(p *Packet, src, dst uint32) bool {
	return r.Entry.matches(p, src, dst) && r.Active()
}

func (e *Entry) matches(p *Packet, src, dst uint32) bool {
	if !e.Src.has(src) || e.Action == Evaluate {
		return false
	}
	if e.Kind == Standard {
		return true
	}
	if !e.Dst.has(dst) || e.Protocol != 0 && e.Protocol != p.Protocol {
		return false
	}
	if !e.Precedence.allows(p.TOS>>5) || !e.TOS.allows(p.TOS>>1&0xf) || !e.DSCP.allows(p.TOS>>2) {
		return false
	}
	if e.AnyOption && p.Options == "" {
		return false
	}
	if typ, ok := e.HeaderOption.Get(); ok && !hasOption(p.Options, typ) {
		return false
	}
	if e.Fragments {
		return p.Fragment
	}
	if !e.needsTransport() {
		return true
	}
	// A later fragment shows no ports. It follows a permit, since without its
	// first fragment it is useless, and is not held by a deny.
	if p.Fragment {
		return e.Action == Permit
	}
	return p.Transport && e.matchesTransport(p)
}

func (e *Entry) matchesTransport(p *Packet) bool {
	switch e.Protocol {
	case protoTCP, protoUDP:
		return e.SrcPorts.Contains(p.SrcPort) && e.DstPorts.Contains(p.DstPort) && e.Flags.allows(p.TCPFlags)
	case protoICMP:
		return e.Message.Type.allows(p.Type) && e.Message.Code.allows(p.Code)
	case protoIGMP:
		// The high half of an IGMP type is its version.
		return e.Message.Type.allows(p.Type & 0xf)
	}
	return false
}
