package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// changes lists what find makes of the body of a function, as "kind: line".
func changes(t *testing.T, body string) []string {
	t.Helper()
	source := "package p\nvar bad error\nfunc f(a, b int, p, q bool) (int, error) {\n" + body + "\nreturn a, nil\n}\n"
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	if _, err := new(types.Config).Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range find(fset, file, "p.go", source, info) {
		if m.before != "return a, nil" {
			list = append(list, strings.TrimSpace(string(m.kind)+": "+m.after))
		}
	}
	return list
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"comparison", "if a < b { b = a }", []string{
			"condition negated: if a >= b { b = a }",
			"boundary moved: if a <= b { b = a }",
			"statement removed: if a < b { }",
		}},
		{"equality", "for a == b { _ = a }", []string{
			"condition negated: for a != b { _ = a }",
		}},
		{"condition", "if p && q { _ = a }", []string{
			"condition negated: if !(p && q) { _ = a }",
			"condition relaxed: if p { _ = a }",
			"condition relaxed: if q { _ = a }",
			"operator swapped: if p || q { _ = a }",
		}},
		{"not", "if !p { _ = a }", []string{
			"condition negated: if p { _ = a }",
		}},
		{"a case without a tag", "switch { case p: _ = a }", []string{
			"condition negated: switch { case !(p): _ = a }",
		}},
		{"a case with a tag", "switch a { case b: _ = a }", nil},
		{"literal", "_ = 0x1f", []string{
			"constant changed: _ = 0x20",
			"constant changed: _ = 0x1e",
		}},
		{"zero", "_ = 0", []string{"constant changed: _ = 1"}},
		{"truth", "_ = true", []string{"constant changed: _ = false"}},
		{"a variable of that name", "true := p; _ = true", nil},
		{"arithmetic", "_ = a<<b + a", []string{
			"operator swapped: _ = a>>b + a",
			"operator swapped: _ = a<<b - a",
		}},
		{"assignments", "a += b; b++", []string{
			"statement removed: ; b++",
			"operator swapped: a -= b; b++",
			"statement removed: a += b;",
			"operator swapped: a += b; b--",
		}},
		{"the step of a loop is not removed", "for ; p; b++ { _ = a }", []string{
			"operator swapped: for ; p; b-- { _ = a }",
		}},
		{"definitions are not removed", "c := a; _ = c", nil},
		{"returned error", "return 7, bad", []string{
			"statement removed:",
			"error dropped: return 7, nil",
		}},
		{"returned value", "return 7, nil", []string{
			"statement removed:",
			"constant changed: return 8, nil",
			"constant changed: return 6, nil",
		}},
		{"a value before false", "_ = func() (int, bool) { return 7, false }", []string{
			"statement removed: _ = func() (int, bool) { }",
			"constant changed: _ = func() (int, bool) { return 7, true }",
		}},
		{"a value before true", "_ = func() (int, bool) { return 7, true }", []string{
			"statement removed: _ = func() (int, bool) { }",
			"constant changed: _ = func() (int, bool) { return 8, true }",
			"constant changed: _ = func() (int, bool) { return 6, true }",
			"constant changed: _ = func() (int, bool) { return 7, false }",
		}},
		{"several lines", "a = func() int {\n\treturn b\n}()", []string{
			"statement removed:",
			"statement removed:",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := changes(t, tt.body); !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

func TestNameOf(t *testing.T) {
	source := "package p\nvar v int\nfunc f() {}\nfunc (t T) m() {}\nfunc (t *T) n() {}\nfunc (t *G[K]) o() {}\n"
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range file.Decls {
		names = append(names, nameOf(d))
	}
	if want := []string{"", "f", "T.m", "T.n", "G.o"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestShorten(t *testing.T) {
	if got := shorten("\tif a  {\n\t\tb()\n\t}"); got != "if a { b() }" {
		t.Errorf("got %q", got)
	}
	if got := shorten(strings.Repeat("é", longest)); len(got) > longest+len("…") || !strings.HasSuffix(got, "é…") {
		t.Errorf("got %q", got)
	}
}
