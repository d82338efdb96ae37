package labs

import (
	"os"
	"path/filepath"
	"runtime"
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

// TestNVRAMIsPrivate: keys stand in it. Who has given other permissions to a file keeps them.
func TestNVRAMIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are not those of Unix")
	}
	dir := filepath.Join(t.TempDir(), "state")
	s, err := (&Lab{opts: Options{State: dir}}).store(&topology.Node{Name: "R1"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "R1.cfg")
	for _, want := range []os.FileMode{0o600, 0o640} {
		if err := s.Save([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%v, %v; want %v", info.Mode(), err, want)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory: %v, %v", info.Mode(), err)
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

// TestNVRAMThatIsNone: nothing is read for ever, and the message says which file it is.
func TestNVRAMThatIsNone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "R1.cfg")
	if err := os.Mkdir(path, 0o777); err != nil {
		t.Fatal(err)
	}
	l := &Lab{opts: Options{State: dir}}
	s, err := l.store(&topology.Node{Name: "R1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(); err == nil || err.Error() != path+": is no regular file" {
		t.Errorf("got %v", err)
	}
}

// TestNVRAMNamesItsFile: what is wrong with a configuration is said of the file that
// it stands in.
func TestNVRAMNamesItsFile(t *testing.T) {
	dir := t.TempDir()
	l := &Lab{opts: Options{State: dir}}
	s, err := l.store(&topology.Node{Name: "R1", Startup: []byte("x"), StartupPath: "lab/R1.cfg"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"lab/R1.cfg", filepath.Join(dir, "R1.cfg")} {
		if _, err := s.Load(); err != nil || s.source() != want {
			t.Errorf("%q, %v; want %q", s.source(), err, want)
		}
		s.Save([]byte("y"))
	}
}

// TestUnfinishedNVRAM: what was left by a process that was killed in the middle of
// `write memory` is cleared away, and nothing else.
func TestUnfinishedNVRAM(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".R1.cfg.123", ".R11.cfg.123", "R1.cfg", "R1.cfg.123"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	l := &Lab{opts: Options{State: dir}}
	if _, err := l.store(&topology.Node{Name: "R1"}); err != nil {
		t.Fatal(err)
	}
	var left []string
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		left = append(left, f.Name())
	}
	if got := strings.Join(left, " "); got != ".R11.cfg.123 R1.cfg R1.cfg.123" {
		t.Errorf("left: %s", got)
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
	if err := WriteFile(path, []byte("old"), Public); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(dir, "taken") // a directory, which no file can replace
	if err := os.MkdirAll(filepath.Join(taken, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(taken, []byte("new"), Public); err == nil {
		t.Error("a directory was replaced")
	}
	if text, _ := os.ReadFile(path); string(text) != "old" {
		t.Errorf("the file holds %q", text)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
