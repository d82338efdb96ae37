package capture

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/ioslab/ioslab/labs/storage"
)

// A File is a capture file.
type File struct {
	*Writer
	file storage.File
}

// Create makes a capture file, or replaces one that is there.
func Create(s storage.Storage, name string) (*File, error) {
	switch info, err := fs.Stat(s, name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file", s.Path(name))
	default:
		if err := s.Remove(name); err != nil {
			return nil, err
		}
	}
	f, err := s.Create(name, storage.Public)
	if err != nil {
		return nil, err
	}
	return &File{NewWriter(f), f}, nil
}

// Close writes what is pending and closes the file. Where something could not be
// written, the file ends with the last packet that could.
func (f *File) Close() error {
	err := f.Flush()
	if err != nil {
		f.file.Truncate(f.Whole())
	}
	if e := f.file.Close(); err == nil {
		err = e
	}
	return err
}
