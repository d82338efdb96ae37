package tcp

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"net/netip"
	"time"
)

// Patience is how long Linux waits for an answer to its SYNs.
const Patience = 127 * time.Second

// Dial begins a connection. A local port of 0 is a free one; patience is how long
// to wait for an answer. The error is ErrInUse or ErrTooMany; what comes after is told
// to the handler, nothing of it before Dial has returned.
func (s *Stack) Dial(local, remote netip.AddrPort, patience time.Duration, h Handler) (*Conn, error) {
	k := key{local, remote}
	if local.Port() == 0 {
		k.local = netip.AddrPortFrom(local.Addr(), s.freePort(k))
	}
	if old := s.conns[k]; old != nil || k.local == k.remote || k.local.Port() == 0 {
		return nil, ErrInUse
	}
	c := s.newConn(k, SynSent)
	c.handler = h
	if s.closed || !s.add(c) {
		return nil, ErrTooMany
	}
	c.life.set(s, patience, func() { c.fail(c.timeoutError()) })
	c.resend.set(s, 0, c.sendSYN) // not here: the answer may come at once
	return c, nil
}

// freePort returns a port that is not in use towards the same peer, or 0.
func (s *Stack) freePort(k key) uint16 {
	for range lastPort - firstPort + 1 {
		if s.port++; s.port < firstPort || s.port > lastPort {
			s.port = firstPort
		}
		k.local = netip.AddrPortFrom(k.local.Addr(), s.port)
		if s.conns[k] == nil && s.listeners[s.port] == nil {
			return s.port
		}
	}
	return 0
}

// seed draws what others are not to guess. A stream that ends leaves zeros, which do as
// well in a lab.
func (s *Stack) seed() {
	var b [18]byte
	io.ReadFull(s.env.Rand, b[:])
	copy(s.secret[:], b[:])
	s.port = firstPort + binary.BigEndian.Uint16(b[16:])%(lastPort-firstPort)
}

// firstSeq is the initial sequence number of a connection: it rises with time, and
// from another one's it cannot be told (RFC 6528).
func (s *Stack) firstSeq(k key) seq {
	b := s.secret[:]
	for _, a := range []netip.AddrPort{k.local, k.remote} {
		b = append(b[:len(b):len(b)], a.Addr().AsSlice()...)
		b = binary.BigEndian.AppendUint16(b, a.Port())
	}
	sum := sha256.Sum256(b)
	return seq(binary.BigEndian.Uint32(sum[:])) + seq(s.env.Clock.Now()/(4*time.Microsecond))
}
