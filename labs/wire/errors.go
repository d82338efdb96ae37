package wire

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// ErrNoInterface is that the host has no interface of the name that a wire needs.
var ErrNoInterface = errors.New("there is no interface")

// refused says in one line why a wire cannot be opened, and what would help.
func refused(s Spec, what string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("wire %v: no permission to %s: want `sudo`, or once `sudo setcap cap_net_admin,cap_net_raw+ep %s`, or in a container --cap-add=NET_ADMIN --cap-add=NET_RAW%s",
			s, what, program(), deviceFlag(s))
	}
	return fmt.Errorf("wire %v: cannot %s: %w", s, what, reason(err))
}

// deviceFlag is what a container needs besides for TUN and TAP.
func deviceFlag(s Spec) string {
	if s.Kind == TUN || s.Kind == TAP {
		return " --device=/dev/net/tun"
	}
	return ""
}

// program is the path of the command that runs.
func program() string {
	path, err := os.Executable()
	if err != nil {
		return "ioslab"
	}
	return path
}

// reason is the system's error without the names of the calls that led to it.
func reason(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	return err
}

// isAny reports whether an error is one of those.
func isAny(err error, which ...error) bool {
	for _, w := range which {
		if errors.Is(err, w) {
			return true
		}
	}
	return false
}
