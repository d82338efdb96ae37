package labs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// nvramIn is a node's NVRAM in a directory.
func nvramIn(dir string, n *topology.Node) *nvram {
	state := storage.NewFolder(dir)
	return (&Lab{state: state, opts: Options{State: state}}).newNVRAM(n)
}

func TestNVRAMInFiles(t *testing.T) {
	dir := t.TempDir()
	node := &topology.Node{Name: "R1", Startup: []byte("hostname First\n")}
	s := nvramIn(dir, node)
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
	s = nvramIn(dir, node)
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
	for _, startup := range []string{"", "hostname First\n"} {
		n := &topology.Node{Name: "R1"}
		if startup != "" {
			n.Startup = []byte(startup)
		}
		s := (&Lab{state: storage.NewMemory()}).newNVRAM(n)
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
	s := nvramIn(dir, &topology.Node{Name: "R1"})
	if _, err := s.Load(); err == nil || err.Error() != path+": is not a regular file" {
		t.Errorf("got %v", err)
	}
}

// TestNVRAMNamesItsFile: what is wrong with a configuration is said of the file that
// it stands in.
func TestNVRAMNamesItsFile(t *testing.T) {
	dir := t.TempDir()
	s := nvramIn(dir, &topology.Node{Name: "R1", Startup: []byte("x"), StartupPath: "lab/R1.cfg"})
	for _, want := range []string{"lab/R1.cfg", filepath.Join(dir, "R1.cfg")} {
		if _, err := s.Load(); err != nil || s.loaded != want {
			t.Errorf("%q, %v; want %q", s.loaded, err, want)
		}
		s.Save([]byte("y"))
	}
}
