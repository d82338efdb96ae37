package replay

import (
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

// A Transcript is a file that has been read and can be run.
type Transcript struct {
	Path string
	Text string // as the file has it, but for a byte order mark
	Lab  *topology.File

	use   labs.Use
	lines []line
}

// line is a line of the file; order is nil where it is none.
type line struct {
	number int
	text   string
	order  *labs.Order
}

// Read reads a transcript, the lab that it uses, and all its orders. The error is
// the first mistake that it finds.
func Read(files fs.FS, path string) (*Transcript, error) {
	text, err := source.Read(files, path)
	if err != nil {
		return nil, source.Errorf(path, 0, "the transcript cannot be read: %v", err)
	}
	return Parse(files, path, string(text))
}

// Parse is Read for a text; the path is for messages, and what the transcript
// names is beside it.
func Parse(files fs.FS, path, text string) (*Transcript, error) {
	text = strings.TrimPrefix(text, "\ufeff") // some editors put one there
	t := &Transcript{Path: path, Text: text}
	for n, s := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		t.lines = append(t.lines, line{number: n + 1, text: strings.TrimSuffix(s, "\r")})
	}
	if err := t.readUse(files); err != nil {
		return nil, err
	}
	for i := range t.lines[1:] {
		l := &t.lines[i+1]
		if !labs.IsOrder(l.text) {
			continue
		}
		order, err := labs.ParseOrder(l.text, t.Lab)
		if err != nil {
			return nil, source.Errorf(path, l.number, "%v", err)
		}
		if order.Use() != nil {
			return nil, source.Errorf(path, l.number, "the lab is chosen already").Want("`%s use` in the first line only", labs.OrderPrefix)
		}
		l.order = order
	}
	return t, nil
}

// readUse understands the first line and reads the lab.
func (t *Transcript) readUse(files fs.FS) error {
	first := &t.lines[0]
	wrong := source.Errorf(t.Path, 1, "the transcript does not say which lab it uses").
		Want("a first line such as `%s use site-to-site`", labs.OrderPrefix)
	if !labs.IsOrder(first.text) {
		return wrong
	}
	order, err := labs.ParseOrder(first.text, &topology.File{})
	if err != nil {
		return source.Errorf(t.Path, 1, "%v", err)
	}
	use := order.Use()
	if use == nil {
		return wrong
	}
	first.order, t.use = order, *use
	t.Lab, err = labs.Open(files, use.Lab, filepath.Dir(t.Path))
	return err
}
