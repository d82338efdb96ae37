package labs

import (
	"os"
	"path/filepath"

	"github.com/ioslab/ioslab/labs/source"
)

// flash is a router's flash:. With a directory for what lasts it has a directory of
// its own there; without, its files are where those of orders are.
type flash struct{ node *Node }

// Write replaces a file.
func (f flash) Write(name string, content []byte) (where string, err error) {
	l := f.node.lab
	if l.opts.State == "" {
		where = f.node.Name + "-" + name
		return where, source.Reason(WriteFile(l.fileName(where), content, Public))
	}
	dir := filepath.Join(l.opts.State, f.node.Name+".flash")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", source.Reason(err)
	}
	where = filepath.Join(dir, name)
	return where, source.Reason(WriteFile(where, content, Public))
}
