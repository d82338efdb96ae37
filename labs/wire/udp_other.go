//go:build !linux

package wire

import (
	"errors"
	"net"
	"os"
	"strings"
	"sync/atomic"
)

// portTaken knows the error by its words, which differ between systems less than
// its number does.
func portTaken(err error) bool {
	return strings.Contains(err.Error(), "address already in use") || strings.Contains(err.Error(), "Only one usage of each socket address")
}

// udpWire carries one frame a datagram.
type udpWire struct {
	conn    *net.UDPConn
	dropped atomic.Uint64
}

func openUDP(s Spec) (Device, error) {
	c, err := dialUDP(s)
	if err != nil {
		return nil, err
	}
	return &udpWire{conn: c}, nil
}

func (u *udpWire) Layer() Layer    { return Frames }
func (u *udpWire) BatchSize() int  { return 1 }
func (u *udpWire) Dropped() uint64 { return u.dropped.Load() }
func (u *udpWire) Close() error    { return u.conn.Close() }

// failures is how many errors in a row are the end of a socket.
const failures = 100

// Read passes over the errors that say that no socket is open at the other end.
func (u *udpWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for failed := 0; ; failed++ {
		n, err := u.conn.Read(bufs[0][offset:])
		switch {
		case errors.Is(err, net.ErrClosed):
			return 0, os.ErrClosed
		case err != nil && failed >= failures:
			return 0, err
		case err == nil && n > 0:
			sizes[0] = n
			return 1, nil
		}
	}
}

func (u *udpWire) Write(bufs [][]byte, offset int) (int, error) {
	taken := 0
	for _, b := range bufs {
		_, err := u.conn.Write(b[offset:])
		switch {
		case errors.Is(err, net.ErrClosed):
			return taken, os.ErrClosed
		case err == nil:
			taken++
		}
	}
	return taken, nil
}
