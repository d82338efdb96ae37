package routemap

import (
	"cmp"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/prefixlist"
)

// Lists finds what match clauses name. Each returns nil for a list that is not defined.
type Lists struct {
	Access func(name string) *acl.List
	Prefix func(name string) *prefixlist.List
}

// A Table holds a router's route-maps by name.
type Table struct {
	lists Lists
	maps  map[string]*Map
	all   []*Map // in the order in which they were made
}

// NewTable returns an empty table of maps that name those lists.
func NewTable(lists Lists) *Table { return &Table{lists: lists, maps: map[string]*Map{}} }

// Get returns the map of that name, nil where there is none.
func (t *Table) Get(name string) *Map { return t.maps[name] }

// View returns the map of that name as it is now, nil where there is none.
func (t *Table) View(name string) *View { return t.maps[name].View() }

// All lists the maps in the order in which they were made. The list is not to be
// changed.
func (t *Table) All() []*Map { return t.all }

// Open returns the entry of a map, and makes both if need be. One that is there
// permits or denies from now on as is said.
func (t *Table) Open(name string, sequence int, deny bool) *Entry {
	m := t.maps[name]
	if m == nil {
		m = &Map{Name: name, lists: t.lists}
		t.maps[name] = m
		t.all = append(t.all, m)
	}
	at, found := slices.BinarySearchFunc(m.entries, sequence, bySequence)
	if !found {
		m.entries = slices.Insert(m.entries, at, &Entry{Sequence: sequence, of: m, matched: &Counter{}})
	}
	m.entries[at].Deny = deny
	m.view = nil
	return m.entries[at]
}

// Remove removes an entry of a map, and the map with its last.
func (t *Table) Remove(m *Map, e *Entry) {
	m.entries = slices.DeleteFunc(slices.Clone(m.entries), func(o *Entry) bool { return o == e })
	m.view = nil
	if len(m.entries) == 0 {
		delete(t.maps, m.Name)
		t.all = slices.DeleteFunc(slices.Clone(t.all), func(o *Map) bool { return o == m })
	}
}

// A Map is a route-map. A nil map is one that is not defined.
type Map struct {
	Name string

	lists   Lists
	entries []*Entry // by sequence
	view    *View    // nil since the last change
}

// Entries lists the entries by sequence. The list is not to be changed.
func (m *Map) Entries() []*Entry { return m.entries }

// Entry returns the entry of that number, or nil.
func (m *Map) Entry(sequence int) *Entry {
	if at, found := slices.BinarySearchFunc(m.entries, sequence, bySequence); found {
		return m.entries[at]
	}
	return nil
}

func bySequence(e *Entry, sequence int) int { return cmp.Compare(e.Sequence, sequence) }
