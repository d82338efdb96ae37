package host

import (
	"errors"
	"net/netip"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/tcp"
)

// plugTCP has the segments to the host taken by a TCP of its own.
func (h *Host) plugTCP() {
	h.tcp = tcp.New(tcp.Env{
		Clock: h.opts.Clock,
		Rand:  h.opts.Rand("tcp"),
		MTU:   h.stack.MTUTowards,
		Send: func(src, dst netip.Addr, segment packet.TCP) {
			h.stack.SendTCP(src, dst, segment, true) // Linux finds the path's MTU
		},
	})
	h.stack.HandleTCP(h.tcp.Takes, h.tcp.Input)
	h.stack.HandleErrors(packet.ProtoTCP, h.tcp.ICMP)
}

// maxUnread is how much of what has come in a stream holds, in bytes.
const maxUnread = 1 << 16

// A stream is a connection as commands use it: what has come in, and what has become
// of it, is kept until they ask.
type stream struct {
	*tcp.Conn
	in, out   []byte // that has come and has not been taken; that has still to be written
	connected bool
	ended     bool  // the peer sends no more
	shut      bool  // nor does this side, after out
	left      bool  // its command has ended
	over      bool  // there is no connection any more
	err       error // why, where it has not been closed
	wake      func()
}

var errNetUnreachable = errors.New("Network is unreachable")

// dial begins a connection; port is that of this side, 0 for any.
func (h *Host) dial(port uint16, remote netip.AddrPort, patience time.Duration) (*stream, error) {
	src, ok := h.stack.SourceFor(remote.Addr())
	if !ok {
		return nil, errNetUnreachable
	}
	s := &stream{}
	var err error
	s.Conn, err = h.tcp.Dial(netip.AddrPortFrom(src, port), remote, patience, s.handler())
	return s, err
}

func (s *stream) handler() tcp.Handler {
	return tcp.Handler{
		Connected: func() { s.connected = true; s.changed() },
		Data: func(b []byte) int {
			if s.left {
				s.Abort()
				return 0
			}
			n := min(len(b), maxUnread-len(s.in))
			s.in = append(s.in, b[:n]...)
			s.changed()
			return n
		},
		Ended:  func() { s.ended = true; s.changed() },
		Room:   s.push,
		Closed: func(err error) { s.over, s.err = true, err; s.changed() },
	}
}

func (s *stream) changed() {
	if wake := s.wake; wake != nil {
		s.wake = nil
		wake()
	}
}

// send has bytes written, as soon as there is room.
func (s *stream) send(b []byte) {
	s.out = append(s.out, b...)
	s.push()
}

// finish ends what this side sends.
func (s *stream) finish() {
	s.shut = true
	s.push()
}

func (s *stream) push() {
	s.out = s.out[s.Write(s.out):]
	if s.shut && len(s.out) == 0 {
		s.Close()
	}
	s.changed()
}

// leave is what becomes of the connection when its program has ended: TCP does what is
// left to do, but what comes in is not read.
func (s *stream) leave() {
	if s.left = true; len(s.in) > 0 {
		s.Abort()
		return
	}
	s.finish()
}

// await has resume called when something has changed.
func (s *stream) await(resume func()) (cancel func()) {
	s.wake = resume
	return func() { s.wake = nil }
}

// take returns what has come in.
func (s *stream) take() []byte {
	b := s.in
	s.in = nil
	s.Resume()
	return b
}

// shown is what a terminal shows of bytes: it ends lines in its own way.
func shown(b []byte) string { return strings.ReplaceAll(string(b), "\r\n", "\n") }

// errorText is what Linux calls the end of a connection.
func errorText(err error) string {
	var u *tcp.Unreachable
	switch {
	case errors.Is(err, tcp.ErrRefused):
		return "Connection refused"
	case errors.Is(err, tcp.ErrReset):
		return "Connection reset by peer"
	case errors.Is(err, tcp.ErrTimeout):
		return "Connection timed out"
	case errors.Is(err, tcp.ErrInUse):
		return "Address already in use"
	case errors.Is(err, tcp.ErrTooMany):
		return "Cannot allocate memory"
	case errors.As(err, &u):
		return unreachableText(u)
	}
	return err.Error()
}

func unreachableText(u *tcp.Unreachable) string {
	switch {
	case u.Type == packet.ICMPParameter:
		return "Protocol error"
	case u.Type != packet.ICMPUnreachable:
		return "No route to host"
	}
	switch u.Code {
	case packet.UnreachNet, 6, 9, 11: // networks: unknown, forbidden, for the type of service
		return errNetUnreachable.Error()
	case packet.UnreachProtocol:
		return "Protocol not available"
	}
	return "No route to host"
}
