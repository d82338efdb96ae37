package labs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/storage"
)

// TestFlashThatLasts: what is in its directory is in flash:, whoever has put it there.
func TestFlashThatLasts(t *testing.T) {
	state := t.TempDir()
	l := startLab(t, siteToSite(t), Options{State: storage.NewFolder(state)})
	f := &flash{node: l.Node("R1")}
	if files, err := f.Files(); len(files) != 0 || err != nil {
		t.Fatalf("at first: %v, %v", files, err)
	}
	now := ios.Epoch.Add(time.Hour)
	if where, err := f.Write("b", []byte("12345"), now); err != nil || where != filepath.Join("R1.flash", "b") {
		t.Fatalf("%s, %v", where, err)
	}
	earlier := time.Date(2020, 1, 2, 3, 4, 6, 0, time.UTC)
	for _, name := range []string{"a", "deep/c"} {
		path := filepath.Join(state, "R1.flash", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600), os.Chtimes(path, earlier, earlier)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := f.Files()
	if want := []ios.FlashFile{{Name: "a", Written: earlier}, {Name: "b", Size: 5, Written: now}}; err != nil || len(files) != 2 || files[0] != want[0] || files[1] != want[1] {
		t.Errorf("%v, %v; want %v", files, err, want)
	}
	for name, want := range map[string]error{"a": nil, "b": nil, "c": fs.ErrNotExist} {
		if err := f.Remove(name); !errors.Is(err, want) {
			t.Errorf("remove %s: %v", name, err)
		}
	}
	if files, err := f.Files(); len(files) != 0 || err != nil {
		t.Errorf("at last: %v, %v", files, err)
	}
}

// TestFlashOfOneRun: what somebody else has put where ioslab was started is not in
// flash:, whatever it is called.
func TestFlashOfOneRun(t *testing.T) {
	dir := t.TempDir()
	foreign, own := filepath.Join(dir, "R1-foreign"), filepath.Join(dir, "R1-own")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
	f := &flash{node: l.Node("R1")}
	if where, err := f.Write("own", nil, ios.Epoch); err != nil || where != "R1-own" {
		t.Fatalf("%s, %v", where, err)
	}
	if files, err := f.Files(); len(files) != 1 || files[0].Name != "own" || err != nil {
		t.Errorf("%v, %v", files, err)
	}
	if err := f.Remove("foreign"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file of somebody else's: %v", err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
	l.Loop.Bind()
	if where, err := f.Write("own", nil, ios.Epoch); err != nil || where != own {
		t.Errorf("at a terminal: %s, %v; want %s", where, err, own)
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if files, err := f.Files(); len(files) != 0 || err != nil {
		t.Errorf("deleted behind its back: %v, %v", files, err)
	}
}

// TestFlashIsFinite: what does not fit is not written.
func TestFlashIsFinite(t *testing.T) {
	state := t.TempDir()
	l := startLab(t, siteToSite(t), Options{State: storage.NewFolder(state)})
	big := filepath.Join(state, "R1.flash", "big")
	if err := errors.Join(os.MkdirAll(filepath.Dir(big), 0o700), os.WriteFile(big, nil, 0o600), os.Truncate(big, 256487401)); err != nil {
		t.Fatal(err)
	}
	out := l.typed(t, "R1", "enable", "dir", "monitor capture buffer C", "monitor capture buffer C export flash:c",
		"delete /force big", "monitor capture buffer C export flash:c", "show flash:")
	for _, want := range []string{
		"   256487401  ", "256487424 bytes total (23 bytes free)", "%Error opening flash:c (No space left on device)",
		"1           24 ", "256487400 bytes available (24 bytes used)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
