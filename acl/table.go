package acl

import (
	"cmp"
	"errors"
	"slices"
)

// Errors of opening a list, in the words of IOS.
var (
	ErrIncompatible = errors.New("% The ACL cannot be created or an ACL with the same name but incompatible type already exists.")
	ErrName         = errors.New("% Invalid access list name.")
)

// Table is a router's access lists by name. The zero value is empty. It
// belongs to the router's loop, as its lists do.
type Table struct {
	TimeRanges TimeRanges
	Reflexive  ReflexiveLists
	lists      map[string]*List
}

// Get returns the list of that name, nil where there is none.
func (t *Table) Get(name string) *List { return t.lists[name] }

// Open returns the list of that name and kind, made if need be.
func (t *Table) Open(name string, kind Kind) (*List, error) {
	if !ValidName(name, kind) {
		return nil, ErrName
	}
	l := t.lists[name]
	if l != nil && l.kind != kind || t.Reflexive.Get(name) != nil {
		return nil, ErrIncompatible
	}
	if l == nil {
		if t.lists == nil {
			t.lists = make(map[string]*List)
		}
		l = &List{name: name, kind: kind, table: t}
		t.lists[name] = l
	}
	return l, nil
}

// Delete removes a list and reports whether there was one. The list
// itself is emptied, for whatever still holds it.
func (t *Table) Delete(name string) bool {
	l := t.lists[name]
	if l == nil {
		return false
	}
	delete(t.lists, name)
	l.clear()
	return true
}

// All are the lists in the order of show commands: standard before extended,
// numbers in their order before names in theirs.
func (t *Table) All() []*List {
	all := make([]*List, 0, len(t.lists))
	for _, l := range t.lists {
		all = append(all, l)
	}
	slices.SortFunc(all, compare)
	return all
}

// A Shown is a list of any kind in the output of show commands.
type Shown interface {
	Name() string
	ShowLines() []string
	ClearHits()
}

// Shown are all lists, the reflexive ones among the extended ones where their names fall.
func (t *Table) Shown() []Shown {
	all := t.All()
	for _, x := range t.Reflexive.All() {
		all = append(all, NewList(x.name, Extended))
	}
	slices.SortFunc(all, compare)
	shown := make([]Shown, len(all))
	for i, l := range all {
		if shown[i] = l; t.lists[l.name] == nil {
			shown[i] = t.Reflexive.Get(l.name)
		}
	}
	return shown
}

func compare(a, b *List) int {
	x, xn := number(a.name)
	y, yn := number(b.name)
	switch {
	case a.kind != b.kind:
		return cmp.Compare(a.kind, b.kind)
	case xn && yn:
		return cmp.Compare(x, y)
	case xn:
		return -1
	case yn:
		return 1
	}
	return cmp.Compare(a.name, b.name)
}
