package library

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestFiles: what is embedded is the folders of labs, each with a topology of its
// name and its pages, and nothing else.
func TestFiles(t *testing.T) {
	var folders []string
	for _, lab := range Labs() {
		folders = append(folders, lab.Name)
		if lab.Title == "" || lab.Lesson == "" || strings.HasPrefix(lab.Lesson, "#") {
			t.Errorf("%s: title %q, lesson %q", lab.Name, lab.Title, lab.Lesson)
		}
		for _, name := range []string{Topology(lab.Name), lab.Name + "/README.md", lab.Name + "/README.zh.md"} {
			if _, err := fs.Stat(Files, name); err != nil {
				t.Error(err)
			}
		}
	}
	if len(folders) == 0 {
		t.Fatal("there are no labs")
	}
	kinds := []string{".yml", ".cfg", ".md", ".ios"}
	err := fs.WalkDir(Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !slices.Contains(folders, path.Dir(name)) || !slices.Contains(kinds, path.Ext(name)) {
			t.Errorf("%s is embedded, and is not a file of a lab", name)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestHeadline(t *testing.T) {
	title, lesson := headline("\n# A lab\n\nWhat it is.\nMore.\n")
	if title != "A lab" || lesson != "What it is." {
		t.Errorf("got %q, %q", title, lesson)
	}
}

// TestReadmeListsTheLabs: the table of labs/README.md has a row for each lab, by which it
// can be run.
func TestReadmeListsTheLabs(t *testing.T) {
	page, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, lab := range Labs() {
		for _, want := range []string{"| [" + lab.Name + "](library/" + lab.Name + "/README.md) |", "| `ioslab run " + lab.Name + "` |"} {
			if !strings.Contains(string(page), want) {
				t.Errorf("there is no %s", want)
			}
		}
	}
}
