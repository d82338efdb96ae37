package nat

// A mapping is a line of the configuration that makes entries: a rule or a static.
type mapping struct {
	id      int
	refs    int // entries that it has made
	dynamic bool
	rule    Rule
	pool    *pool // of a rule; nil while its pool does not exist
	static  Static
	entry   *Entry // of a static for one host; nil while its interface has no address
}

// freeID is the lowest number that no mapping has.
func (n *NAT) freeID() int {
	taken := make([]bool, len(n.rules)+len(n.statics)+2)
	for _, all := range [...][]*mapping{n.rules, n.statics} {
		for _, m := range all {
			if m.id < len(taken) {
				taken[m.id] = true
			}
		}
	}
	id := 1
	for taken[id] {
		id++
	}
	return id
}

// unmake deletes the entries that hang on a mapping.
func (n *NAT) unmake(m *mapping) {
	n.deleteAll(n.chosen(func(e *Entry) bool {
		return e != m.entry && (e.origin == m || e.outside != nil && e.outside.origin == m)
	}))
}
