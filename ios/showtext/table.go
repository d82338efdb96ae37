package showtext

import (
	"fmt"
	"slices"
	"strings"
)

// A Table is a list of things V, one in a row.
type Table[V any] struct {
	Above   string // what stands above the heads of the columns
	Columns []Column[V]
	Under   Layout[V] // lines under each row
	Below   string    // what stands below the last row
}

// A Column is a head and what stands below it. Columns are a blank apart.
type Column[V any] struct {
	Head  string
	Width int // as in fmt: negative is to the left, 0 is as wide as it comes
	Value func(v V) any
}

// Text returns the table of a list.
func (t Table[V]) Text(list []V) string {
	var text strings.Builder
	text.WriteString(t.Above + t.heads() + "\n")
	for _, v := range list {
		text.WriteString(t.row(v) + "\n" + t.Under.Text(v))
	}
	return text.String() + t.Below
}

func (t Table[V]) heads() string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = fmt.Sprintf("%*s", c.Width, c.Head)
	}
	return strings.TrimRight(strings.Join(cells, " "), " ")
}

func (t Table[V]) row(v V) string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = fmt.Sprintf("%*v", c.Width, c.Value(v))
	}
	return strings.Join(cells, " ")
}

// Without returns the table without the column of that head.
func (t Table[V]) Without(head string) Table[V] {
	i := slices.IndexFunc(t.Columns, func(c Column[V]) bool { return c.Head == head })
	if i < 0 {
		panic("showtext: no column " + head)
	}
	t.Columns = slices.Delete(slices.Clone(t.Columns), i, i+1)
	return t
}
