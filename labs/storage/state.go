package storage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ioslab/ioslab/labs/source"
)

// OpenState makes the folder in which a lab keeps what outlives it ready, and
// removes from it what a process that was killed while it wrote has left.
func OpenState(dir string) (Folder, error) {
	f := NewFolder(dir)
	if err := f.Mkdir("."); err != nil {
		return f, fmt.Errorf("%s: %w: want a directory in which files can be made", dir, source.Reason(err))
	}
	filepath.WalkDir(f.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read is left alone
		}
		if left, _ := filepath.Match(unfinished("*"), e.Name()); left && e.Type().IsRegular() {
			os.Remove(path)
		}
		return nil
	})
	return f, nil
}
