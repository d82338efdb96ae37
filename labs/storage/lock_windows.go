package storage

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockAt is where the locked byte is: far behind what the file holds, which others
// are to read.
const lockAt = 1 << 30

// lockFile locks a file until it is closed, or the process ends in whatever way.
func lockFile(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{Offset: lockAt})
	if err == windows.ERROR_LOCK_VIOLATION {
		return errLocked
	}
	return err
}
