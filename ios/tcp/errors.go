package tcp

import (
	"errors"
	"fmt"
)

// Why a connection failed, and why none was made. See also Unreachable.
var (
	ErrRefused = errors.New("connection refused")
	ErrReset   = errors.New("connection reset by peer")
	ErrTimeout = errors.New("connection timed out")
	ErrInUse   = errors.New("address already in use")
	ErrTooMany = errors.New("too many connections")
)

// Unreachable is the error of a connection that could not be made because of an ICMP
// error (RFC 792).
type Unreachable struct {
	Type, Code uint8
}

func (u *Unreachable) Error() string {
	return fmt.Sprintf("destination unreachable (ICMP type %d code %d)", u.Type, u.Code)
}
