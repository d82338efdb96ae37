package nat

import "slices"

// RuleState is a rule with what `show ip nat statistics` tells of it.
type RuleState struct {
	Rule
	ID         int
	References int // entries that it has made
}

// AddRule adds a dynamic mapping behind the others, or changes what the one of the same
// list or route-map leads to. The error of one that has entries is a *RuleInUseError.
func (n *NAT) AddRule(r Rule) error {
	m := n.rule(r)
	switch {
	case m == nil:
		m = &mapping{id: n.nextID(), dynamic: true}
		n.rules = append(n.rules, m)
	case m.rule == r:
		return nil
	case m.refs > 0:
		return &RuleInUseError{m.rule}
	}
	m.rule = r
	n.lead(m)
	n.dropInterfaces()
	n.config++
	return nil
}

// rule finds the mapping of the same list or route-map.
func (n *NAT) rule(r Rule) *mapping {
	for _, m := range n.rules {
		if m.rule.same(r) {
			return m
		}
	}
	return nil
}

// lead finds the addresses of a rule.
func (n *NAT) lead(m *mapping) {
	ifc := m.rule.Interface
	if ifc == "" {
		m.pool = n.pools[m.rule.Pool]
		return
	}
	if n.interfaces[ifc] == nil {
		n.interfaces[ifc] = n.newInterfacePool(ifc)
	}
	m.pool = n.interfaces[ifc]
}

// dropInterfaces forgets the addresses of interfaces that no rule names any more.
func (n *NAT) dropInterfaces() {
	for ifc, p := range n.interfaces {
		if n.rulesOf(p) == 0 {
			delete(n.interfaces, ifc)
		}
	}
}

// RuleInUse reports whether the rule of the same list or route-map has entries.
func (n *NAT) RuleInUse(r Rule) bool {
	m := n.rule(r)
	return m != nil && m.refs > 0
}

// RemoveRule deletes the rule of the same list or route-map, and its entries. It reports
// whether there was one.
func (n *NAT) RemoveRule(r Rule) bool {
	m := n.rule(r)
	if m == nil {
		return false
	}
	n.unmake(m)
	n.rules = slices.DeleteFunc(n.rules, func(o *mapping) bool { return o == m })
	n.dropInterfaces()
	n.config++
	return true
}

// Rules are the dynamic mappings in their order.
func (n *NAT) Rules() []RuleState {
	all := make([]RuleState, 0, len(n.rules))
	for _, m := range n.rules {
		all = append(all, RuleState{m.rule, m.id, m.refs})
	}
	return all
}
