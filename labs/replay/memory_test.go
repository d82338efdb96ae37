package replay

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/loop/looptest"
	"github.com/ioslab/ioslab/labs/storage"
)

// TestWithoutADisk replays a transcript of the library whose lab is read from memory,
// and whose files are written to memory, as in a browser.
func TestWithoutADisk(t *testing.T) {
	looptest.NoCoroutinesLeft(t)
	const orders = "!lab keys keys\n!lab capture R1:FastEthernet0/0 deep.pcapng\n"
	files := fstest.MapFS{}
	entries, err := fs.ReadDir(library.Files, "site-to-site")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := fs.ReadFile(library.Files, path.Join("site-to-site", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.Replace(e.Name(), "site-to-site", "copy", 1)
		files["labs/mine/"+name] = &fstest.MapFile{Data: text}
	}
	transcript := files["labs/mine/first-contact.ios"]
	first, rest, _ := strings.Cut(string(transcript.Data), "\n")
	first = strings.Replace(first, "use site-to-site", "use copy.clab.yml", 1)
	transcript.Data = []byte(first + "\n" + orders + rest)

	tr, err := Read(files, "labs/mine/first-contact.ios")
	if err != nil {
		t.Fatal(err)
	}
	memory := storage.NewMemory()
	r, err := tr.Run(Options{Files: memory, Report: func(err error) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	if d := tr.Diff(r, false); d != "" || len(r.Failures) > 0 {
		t.Errorf("%v\n%s", r.Failures, d)
	}
	for _, name := range []string{"deep.pcapng", "keys/esp_sa", "keys/ikev1_decryption_table"} {
		if info, err := fs.Stat(memory, name); err != nil || info.Size() < 80 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if lab := tr.Lab.Path; lab != "labs/mine/copy.clab.yml" {
		t.Errorf("the lab is that of %s", lab)
	}
}
