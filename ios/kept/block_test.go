package kept

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func text(b *Block) string {
	var lines []string
	b.Print(0, func(l string) { lines = append(lines, l) })
	return strings.Join(lines, "\n")
}

func TestMannersOfRows(t *testing.T) {
	for _, c := range []struct {
		name   string
		manner Manner
		do     func(b *Block, row *Row)
		want   string
	}{
		{"a value is replaced", Value, func(b *Block, row *Row) { b.Set("x", "x 1", row); b.Set("x", "x 2", row) }, "x 2"},
		{"a list grows", List, func(b *Block, row *Row) { b.Set("x", "x 1", row); b.Set("x", "x 2", row); b.Set("x", "x 1", row) }, "x 1\nx 2"},
		{"no takes a value back", Value, func(b *Block, row *Row) { b.Set("x", "x 1", row); b.Unset("x", "x", row) }, ""},
		{"no takes part of a list back", List, func(b *Block, row *Row) { b.Set("x", "x 1", row); b.Set("x", "x 12", row); b.Unset("x", "x 1", row) }, "x 12"},
		{"a switch is off", Switch, func(b *Block, row *Row) { b.Set("x", "x", row); b.Unset("x", "x", row); b.Unset("x", "x", row) }, "no x"},
		{"a switch is on again", Switch, func(b *Block, row *Row) { b.Unset("x", "x", row); b.Set("x", "x", row) }, "x"},
		{"one of several switches", ListSwitch, func(b *Block, row *Row) { b.Set("x", "x 1", row); b.Unset("x", "x 2", row) }, "x 1\nno x 2"},
		{"default forgets both", Switch, func(b *Block, row *Row) { b.Unset("x", "x", row); b.Reset("x") }, ""},
		{"a line and its opposite", Value, func(b *Block, _ *Row) { b.Add("no x"); b.Add("x"); b.Add("y"); b.Add("no y") }, "x\nno y"},
	} {
		b := NewStore().At(IP)
		c.do(b, &Row{Manner: c.manner})
		if got := text(b); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestLimits fills a section and then a router, and counts what is taken back.
func TestLimits(t *testing.T) {
	s := NewStore()
	fill := func(b *Block) (n int) {
		for n = 0; ; n++ {
			if _, err := b.Add(fmt.Sprintf("%01023d", n)); err != nil {
				var full *FullError
				if !errors.As(err, &full) || !strings.HasPrefix(err.Error(), "% ") {
					t.Fatal(err)
				}
				return n
			}
		}
	}
	section := func(name string) *Block {
		b, err := s.At(Routers).Open(name, name, &Header{Mode: "m"})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if n := fill(section("first")); n != MaxSection/1024-1 {
		t.Errorf("a section takes %d kB", n)
	}
	all := 1
	for name := 'a'; ; name++ {
		b := section(string(name))
		if n := fill(b); n < MaxSection/1024-1 {
			break
		}
		all++
	}
	if all < MaxTotal/MaxSection {
		t.Errorf("a router takes %d sections", all)
	}
	s.At(Routers).Remove("first")
	if n := fill(section("again")); n == 0 {
		t.Error("what is removed counts still")
	}
	for _, b := range []string{"again", "a", "b", "c", "d", "e"} {
		s.At(Routers).Remove(b)
	}
	if s.bytes != 0 || text(s.At(Routers)) != "" {
		t.Errorf("%d bytes are left", s.bytes)
	}
}
