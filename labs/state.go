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
func (l *Lab) store(f *topology.Node) (nvram, error) {
	if l.opts.State == "" {
		m := &memoryStore{path: f.StartupPath}
		if f.Startup == nil {
			return m, nil
		}
		return m, m.Save(f.Startup)
	}
	if err := os.MkdirAll(l.opts.State, 0o700); err != nil {
		return nil, fmt.Errorf("%s: %w: want a directory in which files can be made", l.opts.State, source.Reason(err))
	}
	path := filepath.Join(l.opts.State, f.Name+".cfg")
	removeUnfinished(path)
	return &fileStore{path: path, initial: f.Startup, initialPath: f.StartupPath}, nil
}

// nvram is a router's NVRAM that tells in which file stands what was loaded last.
type nvram interface {
	ios.Store
	source() string
}

// memoryStore is an NVRAM without a file of its own.
type memoryStore struct {
	ios.MemoryStore
	path string
}

func (m *memoryStore) source() string { return m.path }

// fileStore is an NVRAM that is a file.
type fileStore struct {
	path        string
	initial     []byte // where the file has not been written yet
	initialPath string
	loaded      string // the path of what was
}

func (s *fileStore) source() string { return s.loaded }

// Load returns what was last saved. An empty file is an NVRAM that was erased.
func (s *fileStore) Load() ([]byte, error) {
	text, err := source.Read(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		s.loaded = s.initialPath
		return s.initial, nil
	}
	s.loaded = s.path
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", s.path, err)
	case len(text) == 0:
		return nil, nil
	}
	return text, nil
}

func (s *fileStore) Save(config []byte) error {
	return source.Reason(WriteFile(s.path, config, private))
}
func (s *fileStore) Erase() error  { return source.Reason(WriteFile(s.path, nil, private)) }
func (s *fileStore) Lasting() bool { return true }

const (
	private fs.FileMode = 0o600 // of an NVRAM, in which keys and passwords stand
	// Public are the permissions of what holds no secret.
	Public fs.FileMode = 0o644
)

// WriteFile replaces a file as a whole or not at all. A new one has those permissions;
// another keeps the ones of the file that it replaces.
func WriteFile(path string, text []byte, mode fs.FileMode) error {
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(filepath.Dir(path), unfinished(path))
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

// unfinished is the pattern of the names that a file has while it is written.
func unfinished(path string) string { return "." + filepath.Base(path) + ".*" }

// removeUnfinished removes what a process that was killed has left of a file.
func removeUnfinished(path string) {
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, f := range files {
		if ours, _ := filepath.Match(unfinished(path), f.Name()); ours && f.Type().IsRegular() {
			os.Remove(filepath.Join(filepath.Dir(path), f.Name()))
		}
	}
}
