package prefixlist

import (
	"cmp"
	"slices"
)

// A Table holds a router's prefix-lists by name. The zero value is empty.
type Table struct {
	lists   map[string]*List
	Touched *List // to which the last entry was added, or from which it was taken
}

// Get returns the list of that name, nil where there is none.
func (t *Table) Get(name string) *List { return t.lists[name] }

// Open returns the list of that name, made if need be.
func (t *Table) Open(name string) *List {
	l := t.lists[name]
	if l == nil {
		if t.lists == nil {
			t.lists = map[string]*List{}
		}
		l = &List{Name: name}
		t.lists[name] = l
	}
	return l
}

// Tidy forgets a list of which nothing is left.
func (t *Table) Tidy(l *List) {
	if len(l.entries) == 0 && l.Description == "" {
		t.Delete(l.Name)
	}
}

// Delete removes a list and reports whether there was one.
func (t *Table) Delete(name string) bool {
	l := t.lists[name]
	delete(t.lists, name)
	if l != nil && t.Touched == l {
		t.Touched = nil
	}
	return l != nil
}

// All lists the lists by name.
func (t *Table) All() []*List {
	all := make([]*List, 0, len(t.lists))
	for _, l := range t.lists {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *List) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
