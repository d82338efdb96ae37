package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A Folder is a directory of the host. Names may be absolute, or lead out of it.
type Folder struct{ dir string }

// NewFolder is the folder of that path, which need not be there yet; "" is the
// working directory.
func NewFolder(dir string) Folder {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return Folder{dir}
}

// Path is the absolute path of a file.
func (f Folder) Path(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(f.dir, name)
}

// Open opens a file for reading.
func (f Folder) Open(name string) (fs.File, error) { return os.Open(f.Path(name)) }

// Stat describes a file, without opening it: to open a pipe would wait.
func (f Folder) Stat(name string) (fs.FileInfo, error) { return os.Stat(f.Path(name)) }

// Mkdir makes a folder that only its owner can enter.
func (f Folder) Mkdir(name string) error {
	path := f.Path(name)
	if _, err := os.Stat(path); err == nil {
		return os.MkdirAll(path, 0o700) // which says so where it is a file
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	return flushFolder(filepath.Dir(path))
}

// Remove deletes a file.
func (f Folder) Remove(name string) error { return os.Remove(f.Path(name)) }

// Create makes a file.
func (f Folder) Create(name string, mode fs.FileMode) (File, error) {
	file, err := os.OpenFile(f.Path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, mode)
	if err != nil {
		return nil, err // and not a File that holds nil
	}
	return file, nil
}

// Replace writes a file beside the old one, which it then takes the place of. The new
// file is on the disk before its name is, and its name before Replace returns: after a
// power cut the one or the other is there, whole.
func (f Folder) Replace(name string, text []byte, mode fs.FileMode) error {
	path := f.Path(name)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(filepath.Dir(path), unfinished(filepath.Base(path)))
	if err != nil {
		return err
	}
	_, err = temp.Write(text)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close())
	if err == nil {
		err = rename(temp.Name(), path)
	}
	if err != nil {
		os.Remove(temp.Name())
		return err
	}
	return flushFolder(filepath.Dir(path))
}

// rename renames a file; its error names one path, as all others do.
func rename(from, to string) error {
	err := os.Rename(from, to)
	var l *os.LinkError
	if errors.As(err, &l) {
		return &fs.PathError{Op: l.Op, Path: to, Err: l.Err}
	}
	return err
}

// unfinished is the pattern of the names that a file has while it is written.
func unfinished(name string) string { return "." + name + ".unfinished-*" }
