package labs

import (
	"errors"
	"io/fs"
	"path"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
)

// flash is a router's flash:, a folder of what the lab keeps its state in.
type flash struct {
	node    *Node
	written map[string]time.Time // by the router's clock, since the lab was started
}

// folder is where the files are.
func (f *flash) folder() string { return f.node.Name + ".flash" }

// place is where a file is.
func (f *flash) place(name string) string { return path.Join(f.folder(), name) }

// Write replaces a file.
func (f *flash) Write(name string, content []byte, at time.Time) (where string, err error) {
	l := f.node.lab
	if err := l.state.Mkdir(f.folder()); err != nil {
		return "", source.Reason(err)
	}
	if err := l.state.Replace(f.place(name), content, storage.Public); err != nil {
		return "", source.Reason(err)
	}
	if f.written == nil {
		f.written = map[string]time.Time{}
	}
	f.written[name] = at
	if l.opts.State == nil {
		return "", nil
	}
	return l.state.Path(f.place(name)), nil
}

// Files lists what is there.
func (f *flash) Files() ([]ios.FlashFile, error) {
	entries, err := fs.ReadDir(f.node.lab.state, f.folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, source.Reason(err)
	}
	var files []ios.FlashFile
	for _, e := range entries {
		info, err := fs.Stat(f.node.lab.state, f.place(e.Name()))
		if err != nil || !info.Mode().IsRegular() {
			continue // gone, or nothing of a router's
		}
		at, ours := f.written[e.Name()]
		if !ours {
			at = info.ModTime().UTC()
		}
		files = append(files, ios.FlashFile{Name: e.Name(), Size: info.Size(), Written: at})
	}
	return files, nil
}

// Remove deletes a file.
func (f *flash) Remove(name string) error {
	if err := f.node.lab.state.Remove(f.place(name)); err != nil {
		return source.Reason(err)
	}
	delete(f.written, name)
	return nil
}
