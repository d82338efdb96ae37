package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/ioslab/ioslab/"

// rooms are the parts of the project, each with those that it may import. A
// package belongs to the room of the longest folder that holds it.
var rooms = map[string][]string{
	"cmd":            {"labs", "labs/library", "ios", "cli"},
	"labs":           {"labs", "labs/library", "ios", "ios/event", "ios/forwarding", "ios/packet", "ios/tcp", "nat", "acl", "cli"},
	"labs/library":   {},
	"labs/judges":    {"labs/judges", "labs", "labs/library", "ios", "ios/packet", "esp", "nat", "acl", "cli"},
	"ios":            {"ios", "ios/keyengine", "ios/debugtext", "ios/showtext", "ios/event", "ios/forwarding", "ios/logging", "ios/packet", "ios/prefixlist", "ios/routemap", "isakmp", "esp", "nat", "acl", "cli"},
	"ios/keyengine":  {"ios/forwarding", "ios/packet", "isakmp", "esp", "acl"},
	"ios/forwarding": {"ios/packet", "ios/routemap", "acl", "nat"},
	"ios/debugtext":  {"isakmp", "nat", "ios/event", "ios/keyengine", "ios/forwarding", "ios/packet"},
	"ios/event":      {},
	"ios/showtext":   {"ios/keyengine", "ios/packet", "ios/prefixlist", "ios/routemap", "isakmp", "esp", "nat", "acl"},
	"ios/logging":    {},
	"ios/prefixlist": {},
	"ios/routemap":   {"ios/prefixlist", "acl"},
	"ios/packet":     {},
	"ios/tcp":        {"ios/packet"},
	"isakmp":         {"isakmp", "ios/packet"},
	"esp":            {"esp", "acl", "ios/packet"},
	"nat":            {"nat", "acl", "ios/packet"},
	"acl":            {"acl", "ios/packet"},
	"cli":            {},
}

func room(folder string) string {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := rooms[folder]; ok {
			return folder
		}
	}
	return ""
}

// engine reports whether the code of a folder belongs to a lab's loop: it has no
// clock, no randomness and no goroutine but those that it is handed. The loop
// makes them, cmd and the judges look at them from outside, and wires are where the
// outside is.
func engine(folder string) bool {
	return room(folder) != "cmd" && room(folder) != "labs/judges" && !slices.Contains(outdoors, folder)
}

var outdoors = []string{
	"labs/fastpath", "labs/loop", "labs/telnet", "labs/wire",
}

// touchesFiles reports whether the code of a folder may touch the host's files. All
// others run where there is no disk, too.
func touchesFiles(folder string) bool {
	return room(folder) == "cmd" || room(folder) == "labs/judges" || folder == "labs/storage" || folder == "labs/wire"
}

// clock are the functions of package time that read the wall's.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// outside are packages that bring in what a seed does not repeat.
var outside = []string{"crypto/rand", "math/rand", "net", "os/exec", "log", "testing"}

func TestLayout(t *testing.T) {
	root := filepath.Join("..", "..")
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		within, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		checkFile(t, fset, file, filepath.ToSlash(within))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkFile(t *testing.T, fset *token.FileSet, file *ast.File, folder string) {
	here := room(folder)
	if here == "" {
		t.Errorf("%s is in no room of the house", folder)
		return
	}
	switch file.Name.Name {
	case "util", "utils", "common", "helpers", "types":
		t.Errorf("%s: package %s says nothing of what is in it", folder, file.Name.Name)
	}
	timeName := ""
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		ours, is := strings.CutPrefix(imported, module)
		switch {
		case is && !slices.Contains(rooms[here], room(ours)):
			t.Errorf("%v: %s may not import %s", fset.Position(spec.Pos()), folder, ours)
		case imported == "os" && !touchesFiles(folder):
			t.Errorf("%v: %s imports os: want files by way of labs/storage", fset.Position(spec.Pos()), folder)
		case !engine(folder):
		case slices.Contains(outside, imported) && folder != "labs/loop/looptest":
			t.Errorf("%v: an engine imports %s", fset.Position(spec.Pos()), imported)
		case imported == "time":
			timeName = "time"
			if spec.Name != nil {
				timeName = spec.Name.Name
			}
		}
	}
	if !engine(folder) {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			t.Errorf("%v: an engine starts a goroutine", fset.Position(n.Pos()))
		case *ast.SelectorExpr:
			x, ok := n.X.(*ast.Ident)
			if ok && timeName != "" && x.Name == timeName && slices.Contains(clock, n.Sel.Name) {
				t.Errorf("%v: an engine calls time.%s", fset.Position(n.Pos()), n.Sel.Name)
			}
		}
		return true
	})
}

// TestBinary: the program has nothing of the judges in it. What it embeds is the
// library's own business, and the library's test.
func TestBinary(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}}{{range .EmbedFiles}} {{.}}{{end}}", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		name, embedded, _ := strings.Cut(strings.TrimSpace(line), " ")
		ours, is := strings.CutPrefix(name, module)
		if is && room(ours) == "labs/judges" {
			t.Errorf("the program imports %s", ours)
		}
		if is && embedded != "" && ours != "labs/library" {
			t.Errorf("%s embeds %s: want data in labs/library only", ours, embedded)
		}
		for _, file := range strings.Fields(embedded) {
			if is && !embeddable.MatchString(file) {
				t.Errorf("%s embeds %s, which is not a file of a lab", ours, file)
			}
		}
	}
}

// embeddable matches the files of a lab, by their path in the library.
var embeddable = regexp.MustCompile(`^[a-z0-9-]+/[^/]+\.(clab\.yml|cfg|md|ios)$`)

// TestTopFolders: what stands at the top of the project, and nothing else.
func TestTopFolders(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && !strings.HasPrefix(name, ".") && rooms[name] == nil {
			t.Errorf("there is no room %s in the house", name)
		}
	}
}

// TestRoomsHaveNoCircle: who may import whom is an order.
func TestRoomsHaveNoCircle(t *testing.T) {
	var visit func(name string, above []string)
	visit = func(name string, above []string) {
		if slices.Contains(above, name) {
			t.Errorf("a circle: %v", append(above, name))
			return
		}
		for _, below := range rooms[name] {
			if _, ok := rooms[below]; !ok {
				t.Errorf("%s may import %s, which is not a room", name, below)
			}
			if below != name {
				visit(below, append(slices.Clone(above), name))
			}
		}
	}
	for name := range rooms {
		visit(name, nil)
	}
}
