package labs

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
)

// flash is a router's flash:. Where the lab keeps its state it is a folder there;
// else its files are among those of orders, and it knows those that it has written
// itself.
type flash struct {
	node    *Node
	written map[string]time.Time // by the router's clock, since the lab was started
}

// lasts reports whether the files outlive the lab.
func (f *flash) lasts() bool { return f.node.lab.opts.State != nil }

// folder is where the files of a flash: that lasts are.
func (f *flash) folder() string { return f.node.Name + ".flash" }

// place is where a file is.
func (f *flash) place(name string) (in storage.Storage, file string) {
	if f.lasts() {
		return f.node.lab.opts.State, path.Join(f.folder(), name)
	}
	return f.node.lab.opts.Files, f.node.Name + "-" + name
}

// Write replaces a file.
func (f *flash) Write(name string, content []byte, at time.Time) (where string, err error) {
	if f.lasts() {
		if err := f.node.lab.opts.State.Mkdir(f.folder()); err != nil {
			return "", source.Reason(err)
		}
	}
	in, file := f.place(name)
	if err := in.Replace(file, content, storage.Public); err != nil {
		return "", source.Reason(err)
	}
	if f.written == nil {
		f.written = map[string]time.Time{}
	}
	f.written[name] = at
	if f.node.lab.Loop.Virtual() {
		return file, nil // a transcript is the same on every machine
	}
	return in.Path(file), nil
}

// Files lists what is there.
func (f *flash) Files() ([]ios.FlashFile, error) {
	names := slices.Sorted(maps.Keys(f.written))
	if f.lasts() {
		entries, err := fs.ReadDir(f.node.lab.opts.State, f.folder())
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, source.Reason(err)
		}
		names = nil
		for _, e := range entries {
			names = append(names, e.Name())
		}
	}
	var files []ios.FlashFile
	for _, name := range names {
		in, file := f.place(name)
		info, err := fs.Stat(in, file)
		if err != nil || !info.Mode().IsRegular() {
			continue // gone, or nothing of a router's
		}
		at, ours := f.written[name]
		if !ours {
			at = info.ModTime().UTC()
		}
		files = append(files, ios.FlashFile{Name: name, Size: info.Size(), Written: at})
	}
	return files, nil
}

// Remove deletes a file.
func (f *flash) Remove(name string) error {
	if _, ours := f.written[name]; !ours && !f.lasts() {
		return fs.ErrNotExist
	}
	in, file := f.place(name)
	if err := in.Remove(file); err != nil {
		return source.Reason(err)
	}
	delete(f.written, name)
	return nil
}
