package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ioslab/ioslab/labs/source"
)

// errLocked is the error of lockFile where another process has locked the file.
var errLocked = errors.New("is locked")

// lockName is the file of a state that says which process uses it.
const lockName = ".lock"

// A State is the folder in which a lab keeps what outlives it. One process uses it.
type State struct {
	Folder
	lock *os.File
}

// OpenState makes the folder ready and removes from it what a process that was killed
// while it wrote has left. The error says which process uses it already.
func OpenState(dir string) (*State, error) {
	f := NewFolder(dir)
	if err := f.Mkdir("."); err != nil {
		return nil, fmt.Errorf("%s: %w: want a directory in which files can be made", dir, source.Reason(err))
	}
	lock, err := os.OpenFile(f.Path(lockName), os.O_RDWR|os.O_CREATE, Private)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: want a directory in which files can be made", dir, source.Reason(err))
	}
	if err := lockFile(lock); err != nil {
		lock.Close()
		if err == errLocked {
			return nil, fmt.Errorf("%s is in use by %s: want another directory", dir, user(f))
		}
		return nil, fmt.Errorf("%s cannot be locked: %w", dir, err)
	}
	lock.Truncate(0)
	fmt.Fprintln(lock, os.Getpid())
	f.sweep()
	return &State{f, lock}, nil
}

// Close lets other processes use the folder.
func (s *State) Close() error { return s.lock.Close() }

// user is the process that has written its number into the lock.
func user(f Folder) string {
	text, _ := os.ReadFile(f.Path(lockName))
	if number := strings.TrimSpace(string(text)); number != "" {
		return "process " + number
	}
	return "another process" // which has not written its number yet
}

// sweep removes unfinished files.
func (f Folder) sweep() {
	filepath.WalkDir(f.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read is left alone
		}
		if left, _ := filepath.Match(unfinished("*"), e.Name()); left && e.Type().IsRegular() {
			os.Remove(path)
		}
		return nil
	})
}
