package labs

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/storage"
)

func TestBundledLabs(t *testing.T) {
	for _, b := range library.Labs() {
		f, err := Open(library.Files, b.Name, "")
		if err != nil {
			t.Error(err)
			continue
		}
		if f.Name != b.Name {
			t.Errorf("%s: the topology is called %q", b.Name, f.Name)
		}
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const lab = "name: %\ntopology: {nodes: {R1: {kind: cisco_iol, startup-config: R1.cfg}}}\n"
	write("one/one.clab.yml", strings.ReplaceAll(lab, "%", "one"))
	write("one/R1.cfg", "hostname One\n")
	write("two/a.clab.yml", strings.ReplaceAll(lab, "%", "a"))
	write("two/b.clab.yml", strings.ReplaceAll(lab, "%", "b"))
	write("two/R1.cfg", "hostname Two\n")
	write("none/README.md", "")
	write("odd/odd.clab.yml", "name: odd\ntopology: {nodes: {R1: {kind: cisco_iol, labels: {ioslab.version: '9.9'}}}}\n")
	write("[x]*/x.clab.yml", "name: x\ntopology: {nodes: {R1: {kind: cisco_iol}}}\n")

	tests := []struct{ lab, dir, want, err string }{
		{"site-to-site", "", "site-to-site", ""},
		{"one", dir, "one", ""},
		{"one/one.clab.yml", dir, "one", ""},
		{filepath.Join(dir, "one"), "elsewhere", "one", ""},
		{"../two/b.clab.yml", filepath.Join(dir, "one"), "b", ""},
		{"two", dir, "", "the directory holds 2 topology files: want one *.clab.yml"},
		{"none", dir, "", "the directory holds 0 topology files"},
		{"odd", dir, "", "odd.clab.yml:2: node R1: there is no IOS version \"9.9\": want 12.4"},
		{"missing", dir, "", "there is no such lab: want a bundled one ("},
		{"", dir, "", "the directory holds 0 topology files"},
	}
	if runtime.GOOS != "windows" {
		tests = append(tests, struct{ lab, dir, want, err string }{"[x]*", dir, "x", ""})
	}
	for _, tt := range tests {
		f, err := Open(storage.Host, tt.lab, tt.dir)
		switch {
		case tt.err != "":
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%q: error %v, want %s", tt.lab, err, tt.err)
			}
		case err != nil:
			t.Errorf("%q: %v", tt.lab, err)
		case f.Name != tt.want:
			t.Errorf("%q is %s, want %s", tt.lab, f.Name, tt.want)
		}
	}
}

// TestMissingStartupConfigIsNamed as it is read from a real directory.
func TestMissingStartupConfigIsNamed(t *testing.T) {
	dir := t.TempDir()
	lab := filepath.Join(dir, "x.clab.yml")
	text := "name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: gone.cfg}\n"
	if err := os.WriteFile(lab, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(storage.Host, lab, ""); err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "gone.cfg")) {
		t.Errorf("%v", err)
	}
}

// TestPrivateStartupConfig: what not every user may read is taken from the lab's folder
// only, whatever link leads out of it.
func TestPrivateStartupConfig(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are not those of Unix")
	}
	top := t.TempDir()
	for path, mode := range map[string]os.FileMode{
		"lab/own.cfg": 0o600, "lab/deep/own.cfg": 0o600, "shared.cfg": 0o644, "secret": 0o600, "group": 0o640, "labs/own.cfg": 0o600,
	} {
		path = filepath.Join(top, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("hostname X\n"), mode); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"lab/link.cfg": "../secret", "lab/up": "..", "lab/good.cfg": "deep/own.cfg", "way": "lab"} {
		if err := os.Symlink(target, filepath.Join(top, link)); err != nil {
			t.Fatal(err)
		}
	}
	for path, taken := range map[string]bool{
		"own.cfg": true, "deep/own.cfg": true, "deep/../own.cfg": true, "../lab/own.cfg": true, "good.cfg": true, "../way/own.cfg": true,
		"../shared.cfg": true, filepath.Join(top, "shared.cfg"): true, filepath.Join(top, "lab", "own.cfg"): true,
		"../secret": false, "../group": false, filepath.Join(top, "secret"): false, "link.cfg": false, "up/secret": false, "../labs/own.cfg": false,
	} {
		lab := filepath.Join(top, "lab", "x.clab.yml")
		text := "name: x\ntopology: {nodes: {R1: {kind: cisco_iol, startup-config: " + path + "}}}\n"
		if err := os.WriteFile(lab, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{lab, filepath.Join(top, "way")} {
			_, err := Open(storage.Host, name, "")
			if taken != (err == nil) || err != nil && !strings.Contains(err.Error(), "is outside of the lab's folder, and private: want") {
				t.Errorf("%s of %s: %v", path, name, err)
			}
		}
	}
}
