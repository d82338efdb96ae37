package labs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/topology"
)

func TestNVRAMInFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "state")
	node := &topology.Node{Name: "R1", Startup: []byte("hostname First\n")}
	l := &Lab{opts: Options{State: dir}}
	s, err := l.store(node)
	if err != nil {
		t.Fatal(err)
	}
	want := func(what, text string) {
		t.Helper()
		got, err := s.Load()
		if err != nil || string(got) != text {
			t.Errorf("%s: %q, %v; want %q", what, got, err, text)
		}
	}
	want("at first", "hostname First\n")
	if err := s.Save([]byte("hostname Saved\n")); err != nil {
		t.Fatal(err)
	}
	want("saved", "hostname Saved\n")
	if s, err = l.store(node); err != nil {
		t.Fatal(err)
	}
	want("after a new start", "hostname Saved\n")
	if err := s.Erase(); err != nil {
		t.Fatal(err)
	}
	want("erased", "")
	if !s.Lasting() {
		t.Error("a file does not last")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 || files[0].Name() != "R1.cfg" {
		t.Errorf("the directory holds %v", files)
	}
}

func TestNVRAMInMemory(t *testing.T) {
	l := &Lab{}
	for _, startup := range []string{"", "hostname First\n"} {
		n := &topology.Node{Name: "R1"}
		if startup != "" {
			n.Startup = []byte(startup)
		}
		s, err := l.store(n)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := s.Load(); string(got) != startup || s.Lasting() {
			t.Errorf("got %q, lasting %v", got, s.Lasting())
		}
	}
}

func TestStateThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	l := &Lab{opts: Options{State: file}}
	if _, err := l.store(&topology.Node{Name: "R1"}); err == nil || !strings.Contains(err.Error(), "want a directory") {
		t.Errorf("got %v", err)
	}
}

func TestWriteFileAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(dir, "taken") // a directory, which no file can replace
	if err := os.MkdirAll(filepath.Join(taken, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(taken, []byte("new")); err == nil {
		t.Error("a directory was replaced")
	}
	if text, _ := os.ReadFile(path); string(text) != "old" {
		t.Errorf("the file holds %q", text)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
