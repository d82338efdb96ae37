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
	desks []*desk
	work  sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// A desk is where one console is offered.
type desk struct {
	line     *console.Line
	listener net.Listener
	clients  map[*client]bool // under the server's mu
}

// Listen takes a port for each of the lines: the address's for the first, the next
// one for the next. Nobody is let in before Serve.
func Listen(address string, lines []*console.Line) (*Server, error) {
	host, port, err := parseAddress(address, len(lines))
	if err != nil {
		return nil, err
	}
	s := &Server{}
	for i, line := range lines {
		at := net.JoinHostPort(host, strconv.Itoa(port+i))
		if port == 0 {
			at = net.JoinHostPort(host, "0")
		}
		listener, err := net.Listen("tcp", at)
		if err != nil {
			s.Close()
			return nil, cannotListen(line.Name, at, err)
		}
		s.desks = append(s.desks, &desk{line: line, listener: listener, clients: map[*client]bool{}})
	}
	return s, nil
}

// Address is where the ith console is.
func (s *Server) Address(i int) *net.TCPAddr { return s.desks[i].listener.Addr().(*net.TCPAddr) }

// Serve lets clients in, from now on until Close; somebody must run the loop.
func (s *Server) Serve(l *loop.Loop) {
	for _, d := range s.desks {
		s.work.Go(func() { s.accept(l, d) })
	}
}

func (s *Server) accept(l *loop.Loop, d *desk) {
	for {
		conn, err := d.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			time.Sleep(acceptPause)
			continue
		}
		c := newClient(conn, l, d.line)
		if !s.enter(d, c) {
			conn.SetDeadline(time.Now().Add(farewell))
			fmt.Fprintf(conn, tooMany, maxClients)
			conn.Close()
		}
	}
}

// enter serves the client, if there is room for it.
func (s *Server) enter(d *desk, c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(d.clients) >= maxClients {
		return false
	}
	d.clients[c] = true
	s.work.Go(func() {
		c.attend()
		s.mu.Lock()
		delete(d.clients, c)
		s.mu.Unlock()
	})
	return true
}

// Close gives the ports back and tells the clients; it returns when all have gone.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for _, d := range s.desks {
		d.listener.Close()
		for c := range d.clients {
			c.within(farewell)
			c.end(ended, false)
		}
	}
	s.mu.Unlock()
	s.work.Wait()
}
