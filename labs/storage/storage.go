package storage

import (
	"errors"
	"io"
	"io/fs"
)

// The permissions of new files.
const (
	Private fs.FileMode = 0o600 // of what holds keys or passwords
	Public  fs.FileMode = 0o644
)

// A Storage is a folder for files. Their names count from it. An error is as those
// of package os: fs.ErrNotExist where there is no such file.
type Storage interface {
	fs.FS

	// Path is the name of a file as messages have it. Two names of one file have
	// the same path.
	Path(name string) string
	// Mkdir makes a folder, and those in which it is. One that is there is no error.
	Mkdir(name string) error
	// Replace writes a file as a whole or not at all. A new one has those
	// permissions; another keeps the ones of the file that it replaces.
	Replace(name string, text []byte, mode fs.FileMode) error
	// Create makes a file; one that is there already is an error. What is written to
	// it can be read at once.
	Create(name string, mode fs.FileMode) (File, error)
	// Remove deletes a file.
	Remove(name string) error
}

// A File is written from its beginning to its end.
type File interface {
	io.WriteCloser
	// Truncate cuts the file off after size bytes.
	Truncate(size int64) error
}

// ErrForeign is the refusal to replace a file of another kind.
var ErrForeign = errors.New("there is a file of another kind already")

// maxBegin is how much of a file is read to tell its kind, in bytes.
const maxBegin = 64

// Renew makes a file in place of one of the same kind, which ours knows by how it
// begins. It replaces an empty file, too, and nothing else.
func Renew(s Storage, name string, mode fs.FileMode, ours func(begin []byte) bool) (File, error) {
	switch err := checkKind(s, name, ours); {
	case err == nil:
		// Not written over: a reader of the old file is not thereby a reader of the new one.
		if err := s.Remove(name); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return s.Create(name, mode)
}

// checkKind returns an error where a file may not be replaced.
func checkKind(s Storage, name string, ours func(begin []byte) bool) error {
	foreign := &fs.PathError{Op: "create", Path: s.Path(name), Err: ErrForeign}
	info, err := fs.Stat(s, name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return foreign
	}
	f, err := s.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, maxBegin))
	if err == nil && len(begin) > 0 && !ours(begin) {
		err = foreign
	}
	return err
}
