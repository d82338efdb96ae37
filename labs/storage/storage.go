package storage

import (
	"errors"
	"fmt"
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

// ErrForeign is the refusal to replace a file that a lab has not written.
var ErrForeign = errors.New("is there already and not ioslab's")

// Renew makes a file in place of one of the same kind, whose first bytes are head.
// It replaces an empty file, but nothing else.
func Renew(s Storage, name string, mode fs.FileMode, head string) (File, error) {
	switch err := checkHead(s, name, head); {
	case err == nil:
		// Not written over: a reader of the old file is not thereby a reader of the new one.
		err = s.Remove(name)
		if err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return s.Create(name, mode)
}

// checkHead returns an error where a file does not begin with head and is not empty.
func checkHead(s Storage, name, head string) error {
	info, err := fs.Stat(s, name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file", s.Path(name))
	}
	f, err := s.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, int64(len(head))))
	if err == nil && len(begin) > 0 && string(begin) != head {
		err = &fs.PathError{Op: "create", Path: s.Path(name), Err: ErrForeign}
	}
	return err
}
