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

// TestFlashThatLasts: what is in its directory is in flash:, also what ioslab has not written.
func TestFlashThatLasts(t *testing.T) {
	state := t.TempDir()
	l := startLab(t, siteToSite(t), Options{State: storage.NewFolder(state)})
	f := &flash{node: l.Node("R1")}
	if files, err := f.Files(); len(files) != 0 || err != nil {
		t.Fatalf("at first: %v, %v", files, err)
	}
	now := ios.Epoch.Add(time.Hour)
	if where, err := f.Write("b", []byte("12345"), now); err != nil || where != filepath.Join(state, "R1.flash", "b") {
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

// TestFlashOfOneRun: without a directory that lasts, the files go with the lab.
func TestFlashOfOneRun(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	f := &flash{node: l.Node("R1")}
	if where, err := f.Write("own", []byte("123"), ios.Epoch); err != nil || where != "" {
		t.Fatalf("%q, %v", where, err)
	}
	if files, err := f.Files(); err != nil || len(files) != 1 || files[0] != (ios.FlashFile{Name: "own", Size: 3, Written: ios.Epoch}) {
		t.Errorf("%v, %v", files, err)
	}
	if files, err := (&flash{node: l.Node("R2")}).Files(); len(files) != 0 || err != nil {
		t.Errorf("the other router has %v, %v", files, err)
	}
	for _, want := range []error{nil, fs.ErrNotExist} {
		if err := f.Remove("own"); !errors.Is(err, want) {
			t.Errorf("remove: %v, want %v", err, want)
		}
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
