package capture

import (
	"fmt"
	"io/fs"
	"os"
)

// A File is a capture file.
type File struct {
	*Writer
	file *os.File
}

// Create makes a capture file, or empties one that is there.
func Create(path string) (*File, error) {
	if info, err := os.Stat(path); err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		return nil, fmt.Errorf("%s is no file", path) // to open it would wait for a reader
	}
	f, err := os.Create(path)
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
		f.file.Truncate(f.Whole()) // or not: a file that is no regular one has no length
	}
	if e := f.file.Close(); err == nil {
		err = e
	}
	return err
}
