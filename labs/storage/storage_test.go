package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// storages are all kinds, empty.
func storages(t *testing.T) map[string]Storage {
	return map[string]Storage{"folder": NewFolder(t.TempDir()), "within": NewWithin(t.TempDir()), "memory": NewMemory()}
}

func read(t *testing.T, s Storage, name string) string {
	t.Helper()
	text, err := fs.ReadFile(s, name)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// TestStorage: every kind does the same.
func TestStorage(t *testing.T) {
	for kind, s := range storages(t) {
		t.Run(kind, func(t *testing.T) {
			if err := s.Mkdir("a/b"); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{"one", "three", ""} {
				if err := s.Replace("a/b/c", []byte(text), Private); err != nil {
					t.Fatal(err)
				}
				if got := read(t, s, "./a/../a/b/c"); got != text {
					t.Errorf("replaced: %q, want %q", got, text)
				}
			}
			f, err := s.Create("d", Public)
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				write string
				cut   int64
				want  string
			}{{"12345", -1, "12345"}, {"678", -1, "12345678"}, {"", 4, "1234"}, {"x", -1, "1234x"}} {
				if _, err := f.Write([]byte(step.write)); err != nil {
					t.Error(err)
				}
				if step.cut >= 0 {
					if err := f.Truncate(step.cut); err != nil {
						t.Error(err)
					}
				}
				if got := read(t, s, "d"); got != step.want {
					t.Errorf("%+v: got %q", step, got)
				}
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
			if _, err := s.Create("d", Public); !errors.Is(err, fs.ErrExist) {
				t.Errorf("created twice: %v", err)
			}
			if err := s.Replace("a", nil, Public); err == nil {
				t.Error("a folder was replaced")
			}
			if err := s.Mkdir("d"); err == nil {
				t.Error("a file is a folder")
			}
			var names []string
			err = fs.WalkDir(s, ".", func(name string, d fs.DirEntry, err error) error {
				names = append(names, name)
				return err
			})
			if want := []string{".", "a", "a/b", "a/b/c", "d"}; err != nil || !slices.Equal(names, want) {
				t.Errorf("it holds %v, %v; want %v", names, err, want)
			}
			if info, err := fs.Stat(s, "d"); err != nil || info.Size() != 5 || !info.Mode().IsRegular() {
				t.Errorf("%v, %v", info, err)
			}
			if err := s.Remove("d"); err != nil {
				t.Error(err)
			}
			_, open := s.Open("d")
			_, stat := fs.Stat(s, "d")
			for what, err := range map[string]error{"open": open, "stat": stat, "remove": s.Remove("d")} {
				if !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%s what is gone: %v", what, err)
				}
			}
			if s.Path("a/./b") != s.Path("a/c/../b") {
				t.Errorf("one file has the paths %s and %s", s.Path("a/./b"), s.Path("a/c/../b"))
			}
		})
	}
}

// TestRenew: a file of the same kind is replaced, an empty one too, and no other.
func TestRenew(t *testing.T) {
	head := func(begin []byte) bool { return bytes.HasPrefix(begin, []byte("HEAD")) }
	for kind, s := range storages(t) {
		for text, want := range map[string]error{"HEAD and more": nil, "": nil, "HEA": ErrForeign, "head": ErrForeign, "precious": ErrForeign} {
			if err := s.Replace("f", []byte(text), Public); err != nil {
				t.Fatal(err)
			}
			f, err := Renew(s, "f", Private, head)
			if !errors.Is(err, want) {
				t.Errorf("%s, %q: %v", kind, text, err)
			}
			left := text
			if f != nil {
				f.Close()
				left = ""
			}
			if got := read(t, s, "f"); got != left {
				t.Errorf("%s: of %q there is %q left", kind, text, got)
			}
		}
		if err := s.Mkdir("d"); kind != "memory" { // which has no empty folders
			if _, renewed := Renew(s, "d", Private, head); err != nil || !errors.Is(renewed, ErrForeign) {
				t.Errorf("%s: a folder: %v, %v", kind, err, renewed)
			}
		}
		if f, err := Renew(s, "new", Public, head); err != nil {
			t.Errorf("%s: %v", kind, err)
		} else {
			f.Close()
		}
	}
}

// TestPermissions of files that hold keys; a mode that was changed by hand stays.
func TestPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are not those of Unix")
	}
	dir := filepath.Join(t.TempDir(), "deep", "state")
	s := NewFolder(dir)
	if err := s.Mkdir("."); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "f")
	for _, want := range []fs.FileMode{0o600, 0o640} {
		if err := s.Replace("f", []byte("x"), Private); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%v, %v; want %v", info.Mode(), err, want)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	f, err := s.Create("g", Private)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	for name, want := range map[string]fs.FileMode{"g": 0o600, ".": 0o700} {
		if info, err := fs.Stat(s, name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// TestReplaceAllOrNothing: where a file cannot be replaced nothing is left behind.
func TestReplaceAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	s := NewFolder(dir)
	if err := os.MkdirAll(filepath.Join(dir, "taken", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	var p *fs.PathError
	if err := s.Replace("taken", []byte("new"), Public); !errors.As(err, &p) {
		t.Errorf("a folder was replaced, or the error names no path: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestOpenState: what was left by a process that was killed while it replaced a file
// is removed, and nothing else.
func TestOpenState(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "state")
	s, err := OpenState(dir)
	if err != nil {
		t.Fatal(err)
	}
	killed, err := os.CreateTemp(dir, unfinished("R1.cfg")) // as Replace does
	if err != nil {
		t.Fatal(err)
	}
	killed.Close()
	if err := s.Mkdir("R1.flash"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"R1.flash/.c.pcap.unfinished-12", ".R1.cfg.12", "R1.cfg", "R1.cfg.unfinished-12"} {
		if err := s.Replace(name, nil, Public); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	if s, err = OpenState(dir); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var left []string
	fs.WalkDir(s, ".", func(name string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			left = append(left, name)
		}
		return err
	})
	if want := []string{".R1.cfg.12", ".lock", "R1.cfg", "R1.cfg.unfinished-12"}; !slices.Equal(left, want) {
		t.Errorf("left: %v, want %v", left, want)
	}
}

// TestStateIsForOne: of two that open a state the second is told which process has it. A lock that
// is left over from a process that has ended holds up none.
func TestStateIsForOne(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lockName), []byte("123456789 and more\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenState(dir)
	if err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(dir, ".R1.cfg.unfinished-1") // of the first, which is still at it
	if err := os.WriteFile(killed, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s is in use by process %d: ", dir, os.Getpid())
	if _, err := OpenState(dir); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := os.Stat(killed); err != nil {
		t.Error("the second has removed what the first is writing")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = OpenState(dir); err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestStateThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenState(file); err == nil || !strings.Contains(err.Error(), "want a directory") {
		t.Errorf("got %v", err)
	}
}

// TestReplaceSurvivesAPowerCut: the folder is flushed when the file has its name, not
// before and not never; so is the folder in which a new one was made.
func TestReplaceSurvivesAPowerCut(t *testing.T) {
	dir := t.TempDir()
	s := NewFolder(dir)
	var flushed []string
	defer func(f func(string) error) { flushFolder = f }(flushFolder)
	flushFolder = func(folder string) error {
		text, _ := os.ReadFile(filepath.Join(dir, "R1.flash", "f"))
		flushed = append(flushed, filepath.Base(folder)+":"+string(text))
		return nil
	}
	if err := s.Mkdir("R1.flash"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := s.Replace("R1.flash/f", []byte(text), Private); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Base(dir) + ":", "R1.flash:one", "R1.flash:two"}
	if !slices.Equal(flushed, want) {
		t.Errorf("flushed %q, want %q", flushed, want)
	}
	flushFolder = func(string) error { return fs.ErrPermission }
	if err := s.Replace("R1.flash/f", nil, Private); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a folder that could not be flushed: %v", err)
	}
}

// TestWithin: no name leads out of the folder, and what is outside stays as it is.
func TestWithin(t *testing.T) {
	top := t.TempDir()
	outside, inside := NewFolder(top), filepath.Join(top, "inside")
	for _, name := range []string{"inside", "other"} {
		if err := outside.Mkdir(name); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"precious", "other/precious", "inside/own"} {
		if err := outside.Replace(name, []byte("HEAD"), Public); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{
		"up": "..", "other": "../other", "file": "../precious", "absolute": filepath.Join(top, "precious"), "dangling": "../new", "deep": "up/precious",
	} {
		if err := os.Symlink(target, filepath.Join(inside, link)); err != nil {
			t.Skip("there are no symbolic links: ", err)
		}
	}
	s := NewWithin(inside)
	for _, name := range []string{
		"..", "../precious", "../new", "a/../../precious", filepath.Join(top, "precious"), filepath.Join(inside, "own"), "",
		"up/precious", "up/new", "other/precious", "other/new", "file", "absolute", "dangling", "deep", "up/inside/own",
	} {
		any := func([]byte) bool { return true }
		_, renew := Renew(s, name, Public, any)
		_, open := s.Open(name)
		_, stat := fs.Stat(s, name)
		for what, err := range map[string]error{"renew": renew, "open": open, "stat": stat, "mkdir": s.Mkdir(name + "/x")} {
			if err == nil {
				t.Errorf("%s %q is taken", what, name)
			}
		}
		if _, err := s.Create(name, Public); err == nil {
			t.Errorf("create %q is taken", name)
		}
	}
	for _, name := range []string{"../new", "up/new", "other/new"} {
		if err := s.Replace(name, nil, Public); err == nil {
			t.Errorf("replace %q is taken", name)
		}
		if err := s.Remove(filepath.Dir(name) + "/precious"); err == nil {
			t.Errorf("%q is removed", name)
		}
	}
	if err := s.Replace("file", []byte("x"), Public); err != nil { // takes the place of the link
		t.Error(err)
	}
	for name, want := range map[string]string{"precious": "HEAD", "other/precious": "HEAD", "inside/own": "HEAD", "inside/file": "x"} {
		if got := read(t, outside, name); got != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
	entries, err := os.ReadDir(top)
	if err != nil || len(entries) != 3 {
		t.Errorf("outside there is now %v, %v", entries, err)
	}
}
