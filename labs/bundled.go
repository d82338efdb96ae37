package labs

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed */*.clab.yml */*.cfg */*.md */*.ios
var bundled embed.FS

// A Bundle is a lab that comes with the program.
type Bundle struct {
	Name   string
	Title  string // the heading of its README
	Lesson string // one line on what is learnt: the README's first paragraph
}

// Bundled lists the bundled labs by name.
func Bundled() []Bundle {
	files, _ := fs.Glob(bundled, "*/*.clab.yml") // the pattern is good
	list := make([]Bundle, 0, len(files))
	for _, f := range files {
		b := Bundle{Name: path.Dir(f)}
		if path.Base(f) != b.Name+topologySuffix {
			continue // an example of something else
		}
		if readme, err := bundled.ReadFile(path.Join(b.Name, "README.md")); err == nil {
			b.Title, b.Lesson = headline(string(readme))
		}
		list = append(list, b)
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
