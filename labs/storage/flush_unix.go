//go:build unix

package storage

import (
	"errors"
	"os"
	"syscall"
)

// flushFolder has what was renamed in a folder survive a power cut. It is a variable so
// that tests see when it is called.
var flushFolder = func(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) { // file systems that cannot
		return err
	}
	return nil
}
