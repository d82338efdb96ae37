package labs

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/source"
)

// flash is a router's flash:. With a directory for what lasts it has a directory of
// its own there; without, its files are where those of orders are, and it knows those
// that it has written itself.
type flash struct {
	node    *Node
	written map[string]time.Time // by the router's clock, since the lab was started
}

// lasts is the directory of a flash: that outlives the lab, "" where it does not.
func (f *flash) lasts() string {
	if f.node.lab.opts.State == "" {
		return ""
	}
	return filepath.Join(f.node.lab.opts.State, f.node.Name+".flash")
}

// place is where a file is, as it is told, and its path.
func (f *flash) place(name string) (where, path string) {
	if dir := f.lasts(); dir != "" {
		where = filepath.Join(dir, name)
		path = where
	} else {
		where = f.node.Name + "-" + name
		path = f.node.lab.fileName(where)
	}
	if f.node.lab.Loop.Virtual() {
		return where, path // a transcript is the same on every machine
	}
	if abs, err := filepath.Abs(path); err == nil {
		where = abs
	}
	return where, path
}

// Write replaces a file.
func (f *flash) Write(name string, content []byte, at time.Time) (where string, err error) {
	if dir := f.lasts(); dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", source.Reason(err)
		}
	}
	where, path := f.place(name)
	if err := WriteFile(path, content, Public); err != nil {
		return "", source.Reason(err)
	}
	if f.written == nil {
		f.written = map[string]time.Time{}
	}
	f.written[name] = at
	return where, nil
}

// Files lists what is there.
func (f *flash) Files() ([]ios.FlashFile, error) {
	names := slices.Sorted(maps.Keys(f.written))
	if dir := f.lasts(); dir != "" {
		entries, err := os.ReadDir(dir)
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
		_, path := f.place(name)
		info, err := os.Stat(path)
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
	if _, ours := f.written[name]; !ours && f.lasts() == "" {
		return fs.ErrNotExist
	}
	_, path := f.place(name)
	if err := os.Remove(path); err != nil {
		return source.Reason(err)
	}
	delete(f.written, name)
	return nil
}
