package labs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

// store returns a router's NVRAM. What it was first given is the startup-config
// of the lab file.
func (l *Lab) store(f *topology.Node) (ios.Store, error) {
	if l.opts.State == "" {
		m := &ios.MemoryStore{}
		if f.Startup == nil {
			return m, nil
		}
		return m, m.Save(f.Startup)
	}
	if err := os.MkdirAll(l.opts.State, 0o777); err != nil {
		return nil, fmt.Errorf("%s: %w: want a directory in which files can be made", l.opts.State, source.Reason(err))
	}
	return &fileStore{filepath.Join(l.opts.State, f.Name+".cfg"), f.Startup}, nil
}

// fileStore is an NVRAM that is a file.
type fileStore struct {
	path    string
	initial []byte // where the file has not been written yet
}

// Load returns what was last saved. An empty file is an NVRAM that was erased.
func (s *fileStore) Load() ([]byte, error) {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s.initial, nil
	}
	if len(text) == 0 {
		return nil, err
	}
	return text, err
}

func (s *fileStore) Save(config []byte) error { return WriteFile(s.path, config) }
func (s *fileStore) Erase() error             { return WriteFile(s.path, nil) }
func (s *fileStore) Lasting() bool            { return true }

// WriteFile replaces a file as a whole or not at all. It keeps the permissions of
// the file that it replaces.
func WriteFile(path string, text []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = temp.Write(text)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		os.Remove(temp.Name())
	}
	return err
}
