package debugtext

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/isakmp"
)

// eventsOf returns the names of a package's event types: the exported structs of
// its files event*.go that are no part of another one.
func eventsOf(t *testing.T, folder ...string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(append(folder, "event*.go")...))
	if err != nil {
		t.Fatal(err)
	}
	var structs []string
	parts := map[string]bool{}
	var pkg string
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		pkg = file.Name.Name
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			fields, ok := spec.Type.(*ast.StructType)
			if !ok {
				return true
			}
			if spec.Name.IsExported() {
				structs = append(structs, spec.Name.Name)
			}
			ast.Inspect(fields, func(n ast.Node) bool {
				if field, ok := n.(*ast.Field); ok {
					ast.Inspect(field.Type, func(n ast.Node) bool {
						if id, ok := n.(*ast.Ident); ok {
							parts[id.Name] = true
						}
						return true
					})
				}
				return true
			})
			return true
		})
	}
	var names []string
	for _, s := range structs {
		if !parts[s] {
			names = append(names, pkg+"."+s)
		}
	}
	if len(names) == 0 {
		t.Fatalf("no events in %v", folder)
	}
	return names
}

// TestEveryEventHasWords: a release has a row for every event, or is declared
// silent about it.
func TestEveryEventHasWords(t *testing.T) {
	events := slices.Concat(eventsOf(t, "..", "..", "isakmp"), eventsOf(t, "..", "keyengine"), eventsOf(t, "..", "forwarding"), eventsOf(t, "..", "event"), eventsOf(t, "..", "..", "nat"))
	for _, table := range tables {
		types := table.Types()
		for _, e := range events {
			if !types[e] {
				t.Errorf("%s: no row for %s, and it is not declared silent", table.Version(), e)
			}
			delete(types, e)
		}
		for e := range types {
			t.Errorf("%s: a row for %s, which is no event", table.Version(), e)
		}
	}
}

// TestEveryReasonHasWords: so has each value of the enumerations in package
// isakmp's reason.go.
func TestEveryReasonHasWords(t *testing.T) {
	for _, table := range tables {
		n := table.words.Names
		has := map[string]func(value int) bool{
			"PeerUse": func(v int) bool {
				return n.Lock[isakmp.PeerUse(v)] != "" || n.Unlock[isakmp.PeerUse(v)] != ""
			},
			"SAReason":    func(v int) bool { return n.SAReason[isakmp.SAReason(v)] != "" },
			"NodeReason":  func(v int) bool { return n.NodeReason[isakmp.NodeReason(v)] != "" },
			"ErrorReason": func(v int) bool { return n.ErrorReason[isakmp.ErrorReason(v)] != "" },
		}
		for enum, names := range enumsOf(t, "..", "..", "isakmp", "reason.go") {
			if has[enum] == nil {
				t.Errorf("%s: nothing for %s", table.Version(), enum)
				continue
			}
			for i, name := range names {
				if !has[enum](i + 1) {
					t.Errorf("%s: no words for %s", table.Version(), name)
				}
			}
		}
	}
}

// enumsOf returns the constants of a file by their types, in the order of their
// values.
func enumsOf(t *testing.T, path ...string) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(path...), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	enums := map[string][]string{}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		enum := group.Specs[0].(*ast.ValueSpec).Type.(*ast.Ident).Name
		for _, spec := range group.Specs {
			enums[enum] = append(enums[enum], spec.(*ast.ValueSpec).Names[0].Name)
		}
	}
	if len(enums) == 0 {
		t.Fatalf("no enumerations in %v", path)
	}
	return enums
}

// TestWith: the next release has the rows of the one before but for its changes,
// and leaves that one as it was.
func TestWith(t *testing.T) {
	next := V124.With("15.1",
		Common(func(w *Words) { w.General = Prefix{New: "ISAKMP:(0):", Conn: "ISAKMP:(%d):", Base: 1000} }),
		Silent[isakmp.KeyMessage](),
		Row(Seen, func(w *Words, e isakmp.NodePurged) []string { return w.sa(e.SA, "node %d is gone", e.Node) }),
		Log(Seen, crypto(5, "GONE"), func(w *Words, e isakmp.NodePurged) string { return "gone" }),
	)
	for _, tt := range []struct {
		event    any
		old, new string
	}{
		{isakmp.MainModeBegun{SA: idle}, "ISAKMP:(0:2:SW:1): beginning Main Mode exchange", "ISAKMP:(1002): beginning Main Mode exchange"},
		{isakmp.MainModeBegun{SA: first}, "ISAKMP:(0:0:N/A:0): beginning Main Mode exchange", "ISAKMP:(0): beginning Main Mode exchange"},
		{isakmp.KeyMessage{Type: 1, Count: 1}, "ISAKMP: received ke message (1/1)", ""},
		{isakmp.NodePurged{SA: idle, Node: 7}, "ISAKMP:(0:2:SW:1):purging node 7", "ISAKMP:(1002):node 7 is gone|%CRYPTO-5-GONE: gone"},
	} {
		if got := strings.Join(records(V124, tt.event), "|"); got != tt.old {
			t.Errorf("12.4 says %q, want %q", got, tt.old)
		}
		if got := strings.Join(records(next, tt.event), "|"); got != tt.new {
			t.Errorf("15.1 says %q, want %q", got, tt.new)
		}
	}
	if !next.Types()["isakmp.KeyMessage"] {
		t.Error("a silent event is not known")
	}
	if n := next.Evidence()[Seen]; n != 2 {
		t.Errorf("%d rows seen in the next release, want the 2 that it brings", n)
	}
}

// TestEvidence prints how the words of each release are known: run it with -v.
func TestEvidence(t *testing.T) {
	for _, table := range tables {
		count := table.Evidence()
		t.Logf("%s: %d rows %v, %d %v, %d %v", table.Version(),
			count[Seen], Seen, count[Transposed], Transposed, count[Memory], Memory)
		if n := count[Seen] + count[Transposed] + count[Memory]; n != len(table.debug)+len(table.log) {
			t.Errorf("%s: %d rows counted of %d", table.Version(), n, len(table.debug)+len(table.log))
		}
	}
}

// TestMessage: what a system message is stands in its row.
func TestMessage(t *testing.T) {
	m, ok := V124.Message(isakmp.NoSA{Remote: remote})
	if !ok || m.Facility != "CRYPTO" || m.Severity != 4 || m.Mnemonic != "IKMP_NO_SA" {
		t.Errorf("%+v, %v", m, ok)
	}
	if _, ok := V124.Message(first); ok || slices.Contains(V124.Debug(first), "") {
		t.Error("words for what is no event")
	}
}
