package tcp

import (
	"maps"
	"slices"
)

// A Listener takes the connections to a port.
type Listener struct {
	stack  *Stack
	port   uint16
	accept func(*Conn) Handler
}

// Listen opens a port on all addresses. accept is called with each connection that has
// come about, and returns what is to be told of it. The error is ErrInUse.
func (s *Stack) Listen(port uint16, accept func(*Conn) Handler) (*Listener, error) {
	if s.listeners[port] != nil {
		return nil, ErrInUse
	}
	l := &Listener{s, port, accept}
	s.listeners[port] = l
	return l, nil
}

// Listeners returns the ports that are open, in order.
func (s *Stack) Listeners() []uint16 { return slices.Sorted(maps.Keys(s.listeners)) }

// Close closes the port. Connections that have come about stay.
func (l *Listener) Close() {
	s := l.stack
	if s.listeners[l.port] != l {
		return
	}
	delete(s.listeners, l.port)
	s.do(func() {
		for _, c := range slices.Clone(s.halfOpen) {
			if c.listener == l {
				c.abort()
			}
		}
	})
}

// arrive takes a SYN.
func (l *Listener) arrive(k key, g *segment) {
	s := l.stack
	if len(s.halfOpen) >= maxHalfOpen {
		s.halfOpen[0].turn(ended)
	}
	c := s.newConn(k, SynReceived)
	if !s.add(c) {
		return
	}
	c.listener = l
	s.halfOpen = append(s.halfOpen, c)
	c.takeSYN(g)
	c.sendSYN()
}
