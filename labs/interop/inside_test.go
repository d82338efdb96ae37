//go:build linux

package interop

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"

	"github.com/ioslab/ioslab/labs/netlab"
)

// inside runs f on a thread that is in the namespace; sockets that f makes stay
// there.
func inside(ns *netlab.Namespace, f func() error) error {
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		if unix.Gettid() == unix.Getpid() {
			// Where its first thread is, a process is held to be.
			result <- inside(ns, f)
			runtime.UnlockOSThread()
			return
		}
		// The thread ends with the goroutine, as it is never unlocked.
		result <- func() error {
			h, err := os.Open("/run/netns/" + ns.Path())
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
