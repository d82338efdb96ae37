package netlab

import (
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sys/unix"
)

// Inside runs f on a thread that is in the namespace; sockets that f makes stay
// there.
func (ns *Namespace) Inside(f func() error) error {
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		if unix.Gettid() == unix.Getpid() {
			// Where its first thread is, a process is held to be.
			result <- ns.Inside(f)
			runtime.UnlockOSThread()
			return
		}
		// The thread ends with the goroutine, as it is never unlocked.
		result <- func() error {
			h, err := os.Open(filepath.Join("/run/netns", ns.path))
			if err != nil {
				return err
			}
			defer h.Close()
			if err := unix.Setns(int(h.Fd()), unix.CLONE_NEWNET); err != nil {
				return err
			}
			return f()
		}()
	}()
	return <-result
}
