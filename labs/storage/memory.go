package storage

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Memory is a storage that goes with the process. All of its names count from its
// top, with a slash in front or without.
type Memory struct {
	mu    sync.Mutex
	files map[string]*memoryFile // by their paths
}

// NewMemory returns an empty storage.
func NewMemory() *Memory { return &Memory{files: map[string]*memoryFile{}} }

type memoryFile struct {
	memory *Memory
	mode   fs.FileMode
	text   []byte // never changed in place
}

// Path is the name of a file without what it does not need.
func (m *Memory) Path(name string) string {
	if name = path.Clean("/" + name)[1:]; name == "" {
		return "."
	}
	return name
}

// Mkdir does nothing: a folder is there as soon as it holds a file.
func (m *Memory) Mkdir(name string) error {
	if info, err := m.Stat(name); err == nil && !info.IsDir() {
		return &fs.PathError{Op: "mkdir", Path: m.Path(name), Err: fs.ErrExist}
	}
	return nil
}

// Replace writes a file.
func (m *Memory) Replace(name string, text []byte, mode fs.FileMode) error {
	if info, err := m.Stat(name); err == nil {
		if info.IsDir() {
			return &fs.PathError{Op: "replace", Path: m.Path(name), Err: fs.ErrExist}
		}
		mode = info.Mode()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[m.Path(name)] = &memoryFile{m, mode.Perm(), bytes.Clone(text)}
	return nil
}

// Create makes a file.
func (m *Memory) Create(name string, mode fs.FileMode) (File, error) {
	if _, err := m.Stat(name); err == nil {
		return nil, &fs.PathError{Op: "create", Path: m.Path(name), Err: fs.ErrExist}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f := &memoryFile{memory: m, mode: mode.Perm()}
	m.files[m.Path(name)] = f
	return f, nil
}

// Remove deletes a file.
func (m *Memory) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files[m.Path(name)] == nil {
		return &fs.PathError{Op: "remove", Path: m.Path(name), Err: fs.ErrNotExist}
	}
	delete(m.files, m.Path(name))
	return nil
}

func (f *memoryFile) Write(b []byte) (int, error) {
	f.memory.mu.Lock()
	defer f.memory.mu.Unlock()
	f.text = append(f.text, b...)
	return len(b), nil
}

func (f *memoryFile) Truncate(size int64) error {
	f.memory.mu.Lock()
	defer f.memory.mu.Unlock()
	f.text = slices.Clip(f.text[:size])
	return nil
}

func (f *memoryFile) Close() error { return nil }

// Stat describes a file or a folder.
func (m *Memory) Stat(name string) (fs.FileInfo, error) {
	f, err := m.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// Open opens a file or a folder, as it is now.
func (m *Memory) Open(name string) (fs.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	where := m.Path(name)
	if f := m.files[where]; f != nil {
		return &openFile{entry{path.Base(where), f.mode, int64(len(f.text))}, bytes.NewReader(f.text)}, nil
	}
	list := m.list(where)
	if len(list) == 0 && where != "." {
		return nil, &fs.PathError{Op: "open", Path: where, Err: fs.ErrNotExist}
	}
	return &openFolder{entry{path.Base(where), fs.ModeDir | 0o700, 0}, list}, nil
}

// list is what a folder holds, by name.
func (m *Memory) list(folder string) []fs.DirEntry {
	found := map[string]fs.DirEntry{}
	for where, f := range m.files {
		rest, inside := strings.CutPrefix(where, folder+"/")
		if folder == "." {
			rest, inside = where, true
		}
		name, _, deeper := strings.Cut(rest, "/")
		switch {
		case !inside:
		case deeper:
			found[name] = entry{name, fs.ModeDir | 0o700, 0}
		default:
			found[name] = entry{name, f.mode, int64(len(f.text))}
		}
	}
	var list []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[name])
	}
	return list
}
