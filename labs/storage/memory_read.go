package storage

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// entry describes a file or a folder.
type entry struct {
	name string
	mode fs.FileMode
	size int64
}

func (e entry) Name() string               { return e.name }
func (e entry) Size() int64                { return e.size }
func (e entry) Mode() fs.FileMode          { return e.mode }
func (e entry) Type() fs.FileMode          { return e.mode.Type() }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) IsDir() bool                { return e.mode.IsDir() }
func (e entry) Sys() any                   { return nil }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) String() string             { return fs.FormatDirEntry(e) }

// openFile is a file that is read.
type openFile struct {
	entry
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *openFile) Close() error               { return nil }

// Size is the entry's and the reader's.
func (f *openFile) Size() int64 { return f.entry.size }

// openFolder is a folder that is read.
type openFolder struct {
	entry
	rest []fs.DirEntry
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *openFolder) Close() error               { return nil }
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

// ReadDir returns the next n entries, or all where n is not positive.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	list := f.rest
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	f.rest = f.rest[len(list):]
	return list, nil
}
