package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
)

// maxSize is how large a file may be that a person wrote, in bytes.
const maxSize = 16 << 20

// Read reads a file that a person wrote. What is no regular file, or too large
// to have been written, is an error: a device or a pipe could be read for ever.
func Read(files fs.FS, path string) ([]byte, error) {
	path = filepath.ToSlash(path)
	info, err := fs.Stat(files, path)
	if err != nil {
		return nil, Reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	f, err := files.Open(path)
	if err != nil {
		return nil, Reason(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(text) > maxSize {
		err = fmt.Errorf("is larger than %d MB", maxSize>>20)
	}
	return text, Reason(err)
}

// Reason is what a file's error says apart from the path.
func Reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
