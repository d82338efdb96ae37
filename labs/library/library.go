// Package library holds the labs that people learn with: a folder for each, with
// its topology, its startup-configs, its pages and its transcripts. It is data
// only; package labs runs it.
package library

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

// Files are the folders of the labs, as they come with the program.
//
//go:embed */*.clab.yml */*.cfg */*.md */*.ios
var Files embed.FS

// Topology returns the path in Files of a lab's topology file.
func Topology(name string) string { return path.Join(name, name+".clab.yml") }

// A Lab is what a list of labs shows of one.
type Lab struct {
	Name   string // the name of its folder
	Title  string // the heading of its README
	Lesson string // one line on what is learnt: the README's first paragraph
}

// Labs lists the labs by name.
func Labs() []Lab {
	folders, _ := fs.ReadDir(Files, ".") // an embedded folder can be read
	list := make([]Lab, 0, len(folders))
	for _, f := range folders {
		lab := Lab{Name: f.Name()}
		if readme, err := fs.ReadFile(Files, path.Join(lab.Name, "README.md")); err == nil {
			lab.Title, lab.Lesson = headline(string(readme))
		}
		list = append(list, lab)
	}
	return list
}

// headline returns the heading of a page and the first line of its first paragraph.
func headline(page string) (title, lesson string) {
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "# ") && title == "":
			title = strings.TrimPrefix(line, "# ")
		case line != "" && title != "":
			return title, line
		}
	}
	return title, ""
}
