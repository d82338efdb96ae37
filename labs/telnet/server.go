package telnet

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/loop"
)

// maxClients is how many terminals may be at one console by telnet.
const maxClients = 32

// acceptPause is how long it is before another client is let in, where the system
// had no room for the last.
const acceptPause = 100 * time.Millisecond

// A Server has consoles on TCP ports.
type Server struct {
	ports []*port
	work  sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// A port is where one console is offered.
type port struct {
	line     *console.Line
	listener net.Listener
	clients  map[*client]bool // under the server's mu
}

// Listen takes a port for each of the lines: the address's for the first, the next
// one for the next. No client is let in before Serve.
func Listen(address string, lines []*console.Line) (*Server, error) {
	host, first, err := parseAddress(address, len(lines))
	if err != nil {
		return nil, err
	}
	s := &Server{}
	for i, line := range lines {
		at := net.JoinHostPort(host, strconv.Itoa(first+i))
		if first == 0 {
			at = net.JoinHostPort(host, "0")
		}
		listener, err := net.Listen("tcp", at)
		if err != nil {
			s.Close()
			return nil, cannotListen(line.Name, at, err)
		}
		s.ports = append(s.ports, &port{line: line, listener: listener, clients: map[*client]bool{}})
	}
	return s, nil
}

// Address is where the ith console is.
func (s *Server) Address(i int) *net.TCPAddr { return s.ports[i].listener.Addr().(*net.TCPAddr) }

// Serve lets clients in, from now on until Close; the caller runs the loop.
func (s *Server) Serve(l *loop.Loop) {
	for _, p := range s.ports {
		s.work.Go(func() { s.accept(l, p) })
	}
}

func (s *Server) accept(l *loop.Loop, p *port) {
	for {
		conn, err := p.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			time.Sleep(acceptPause)
			continue
		}
		c := newClient(conn, l, p.line)
		if !s.enter(p, c) {
			conn.SetDeadline(time.Now().Add(closeGrace))
			fmt.Fprintf(conn, tooMany, maxClients)
			conn.Close()
		}
	}
}

// enter serves the client, if there is room for it.
func (s *Server) enter(p *port, c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(p.clients) >= maxClients {
		return false
	}
	p.clients[c] = true
	s.work.Go(func() {
		c.serve()
		s.mu.Lock()
		delete(p.clients, c)
		s.mu.Unlock()
	})
	return true
}

// Close gives the ports back and tells the clients; it returns when all have gone.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for _, p := range s.ports {
		p.listener.Close()
		for c := range p.clients {
			c.within(closeGrace)
			c.end(ended, false)
		}
	}
	s.mu.Unlock()
	s.work.Wait()
}
