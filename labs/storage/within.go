package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrOutside is the refusal of a name that leads out of a folder.
var ErrOutside = errors.New("it leads out of the folder")

// Within is a directory of the host out of which no name leads: neither an absolute
// one nor one with .., nor by a symbolic link.
type Within struct{ folder Folder }

// NewWithin is the directory of that path; "" is the working directory.
func NewWithin(dir string) Within { return Within{NewFolder(dir)} }

// Path is the absolute path of a file.
func (w Within) Path(name string) string { return w.folder.Path(name) }

// in does something in the directory, by a name that does not lead out of it.
func (w Within) in(op, name string, do func(root *os.Root, name string) error) error {
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return &fs.PathError{Op: op, Path: name, Err: ErrOutside}
	}
	root, err := os.OpenRoot(w.folder.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return do(root, name)
}

// Open opens a file for reading.
func (w Within) Open(name string) (f fs.File, err error) {
	err = w.in("open", name, func(root *os.Root, name string) error {
		file, err := root.Open(name)
		if err == nil {
			f = file
		}
		return err
	})
	return f, err
}

// Stat describes a file without opening it.
func (w Within) Stat(name string) (info fs.FileInfo, err error) {
	err = w.in("stat", name, func(root *os.Root, name string) error {
		info, err = root.Stat(name)
		return err
	})
	return info, err
}

// Mkdir makes a folder that only its owner can enter.
func (w Within) Mkdir(name string) error {
	return w.in("mkdir", name, func(root *os.Root, name string) error { return root.MkdirAll(name, 0o700) })
}

// Remove deletes a file.
func (w Within) Remove(name string) error {
	return w.in("remove", name, func(root *os.Root, name string) error { return root.Remove(name) })
}

// Create makes a file.
func (w Within) Create(name string, mode fs.FileMode) (f File, err error) {
	err = w.in("create", name, func(root *os.Root, name string) error {
		file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, mode)
		if err == nil {
			f = file
		}
		return err
	})
	return f, err
}

// Replace writes a file as Folder does. The folder that it is in may not be a symbolic
// link that leads out.
func (w Within) Replace(name string, text []byte, mode fs.FileMode) error {
	return w.in("replace", name, func(root *os.Root, name string) error {
		if parent, err := root.Stat(filepath.Dir(name)); err != nil {
			return err
		} else if !parent.IsDir() {
			return &fs.PathError{Op: "replace", Path: name, Err: fs.ErrInvalid}
		}
		return w.folder.Replace(name, text, mode)
	})
}
