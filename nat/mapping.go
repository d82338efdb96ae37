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

// nextID numbers the mappings. No number comes back, so that a mapping is never taken for
// one that was deleted.
func (n *NAT) nextID() int {
	n.mappingID++
	return n.mappingID
}

// unmake deletes the entries that hang on a mapping.
func (n *NAT) unmake(m *mapping) {
	n.deleteAll(n.chosen(func(e *Entry) bool {
		return e != m.entry && (e.origin == m || e.outside != nil && e.outside.origin == m)
	}))
}
