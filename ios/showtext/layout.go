package showtext

import (
	"slices"
	"strings"
)

// A Layout is what is printed of a thing V: named parts, a line or a few of them
// each, one below the other.
type Layout[V any] []Part[V]

// A Part is some of a Layout. Its text is "" where there is nothing to say of v.
type Part[V any] struct {
	Name string
	Text func(v V) string
}

// Text returns what the layout prints of v.
func (l Layout[V]) Text(v V) string {
	var text strings.Builder
	for _, p := range l {
		text.WriteString(p.Text(v))
	}
	return text.String()
}

// With returns the layout with parts in place of those that have their names. A
// part with a new name comes last.
func (l Layout[V]) With(parts ...Part[V]) Layout[V] {
	l = slices.Clone(l)
	for _, p := range parts {
		if i := l.index(p.Name); i >= 0 {
			l[i] = p
		} else {
			l = append(l, p)
		}
	}
	return l
}

// Before returns the layout with parts before the one of that name.
func (l Layout[V]) Before(name string, parts ...Part[V]) Layout[V] {
	return slices.Insert(slices.Clone(l), l.must(name), parts...)
}

// Without returns the layout without the part of that name.
func (l Layout[V]) Without(name string) Layout[V] {
	i := l.must(name)
	return slices.Delete(slices.Clone(l), i, i+1)
}

func (l Layout[V]) index(name string) int {
	return slices.IndexFunc(l, func(p Part[V]) bool { return p.Name == name })
}

// must returns the place of a part that a release is known to have.
func (l Layout[V]) must(name string) int {
	i := l.index(name)
	if i < 0 {
		panic("showtext: no part " + name)
	}
	return i
}
