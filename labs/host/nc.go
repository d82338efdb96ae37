package host

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/tcp"
)

const ncOptions = `
	{ -l               "Wait for a connection"
	| -v               "Say what happens"
	| -z               "See whether the port is open, and no more"
	| -lv              "-l -v"
	| -zv              "-z -v"
	| -vz              "-z -v"
	| -u               "UDP: a line is a datagram"
	| -lu              "-l -u"
	| -n               "Addresses only (always so)"
	| ( -p             "Port: with -l to wait at, else of this side"
	  | -lp            "-l -p"
	  | -lvp           "-l -v -p" )
	  <1-65535>:local  "Port"
	| -w               "How long to wait for the connection, and then for what comes"
	  SECONDS:wait     "Seconds" }`

const ncGrammar = `nc "Lines across TCP or UDP" ` + ncOptions + `
	[ A.B.C.D:target   "Whom to call"
	  <1-65535>:port   "Port"
	| <1-65535>:listen "Port to wait at, with -l" ]` + ncOptions

var errNcUsage = errors.New("usage: nc [-u] [-v] [-z] [-w SECONDS] [-p PORT] A.B.C.D PORT, or nc -l [-u] [-v] [-p] PORT; -z is for TCP")

// services are the names that nc gives to ports.
var services = map[int]string{
	21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "domain", 80: "http", 110: "pop3", 143: "imap2", 443: "https", 8080: "http-alt",
}

// nc is as OpenBSD's, which Debian has; there is no exit status here, so that it says
// why there is no connection also without -v, and whether there is with -z.
func (h *Host) nc(c *cli.Call) error {
	verbose := c.Which("-v", "-zv", "-vz", "-lv", "-lvp") != ""
	var wait time.Duration
	if c.Has("wait") {
		wait = c.Value("wait").(time.Duration)
	}
	listen := c.Which("-l", "-lv", "-lp", "-lvp", "-lu") != ""
	only := c.Which("-z", "-zv", "-vz") != ""
	udp := c.Which("-u", "-lu") != ""
	remote := netip.AddrPortFrom(c.Addr("target"), uint16(c.Int("port")))
	switch {
	case listen && !c.Has("target") && c.Has("listen") != c.Has("local"):
		port := uint16(c.Int("listen") + c.Int("local"))
		if udp {
			return h.ncUDP(c, port, netip.AddrPort{}, wait, verbose)
		}
		return h.ncListen(c, port, verbose)
	case !listen && c.Has("target") && udp && !only:
		return h.ncUDP(c, uint16(c.Int("local")), remote, wait, verbose)
	case !listen && c.Has("target") && !udp:
		return h.ncCall(c, remote, wait, verbose || only, only)
	}
	return errNcUsage
}

// ncListen waits for one connection.
func (h *Host) ncListen(c *cli.Call, port uint16, verbose bool) error {
	var s *stream
	arrived := func() {}
	l, err := h.tcp.Listen(port, func(conn *tcp.Conn) tcp.Handler {
		if s != nil {
			conn.Abort()
			return tcp.Handler{}
		}
		s = &stream{Conn: conn, connected: true}
		arrived()
		return s.handler()
	})
	if err != nil {
		return fmt.Errorf("nc: %s", errorText(err))
	}
	defer l.Close()
	if verbose {
		c.Printf("Listening on 0.0.0.0 %d\n", port)
	}
	var early []byte
	for s == nil {
		line, typed, err := c.AwaitLine(func(resume func()) func() {
			arrived = resume
			return func() { arrived = func() {} }
		})
		switch {
		case errors.Is(err, io.EOF): // as from /dev/null: the connection may come all the same
		case err != nil:
			return nil
		case typed && len(early) < maxUnread:
			early = append(early, line+"\n"...)
		}
	}
	l.Close()
	if verbose {
		c.Printf("Connection received on %v %d\n", s.Remote().Addr(), s.Remote().Port())
	}
	s.send(early)
	return h.ncTalk(c, s, 0)
}

func (h *Host) ncCall(c *cli.Call, remote netip.AddrPort, wait time.Duration, verbose, only bool) error {
	patience := tcp.Patience
	if wait > 0 {
		patience = wait
	}
	s, err := h.dial(uint16(c.Int("local")), remote, patience)
	for err == nil && !s.connected && !s.over {
		if c.Await(s.await) != nil {
			s.Abort()
			return nil
		}
	}
	if err == nil {
		err = s.err
	}
	if err != nil {
		return fmt.Errorf("nc: connect to %v port %d (tcp) failed: %s", remote.Addr(), remote.Port(), errorText(err))
	}
	if verbose {
		service := services[int(remote.Port())]
		if service == "" {
			service = "*"
		}
		c.Printf("Connection to %v %d port [tcp/%s] succeeded!\n", remote.Addr(), remote.Port(), service)
	}
	if only {
		s.leave()
		return nil
	}
	return h.ncTalk(c, s, wait)
}

// ncTalk sends each line that is typed and prints what comes, until one side ends. wait
// is how long nothing may happen; 0 is for ever.
func (h *Host) ncTalk(c *cli.Call, s *stream, wait time.Duration) error {
	defer s.leave()
	for {
		c.Print(shown(s.take()))
		switch {
		case s.err != nil:
			return fmt.Errorf("nc: %s", errorText(s.err))
		case s.over || s.ended && len(s.in) == 0:
			return nil
		}
		line, typed, idle, err := h.ncWait(c, wait, s.await)
		switch {
		case errors.Is(err, io.EOF):
			s.finish()
		case err != nil:
			return nil
		case typed:
			s.send([]byte(line + "\n"))
		case idle:
			return nil
		}
	}
}

// ncWait waits for a line, for an event, or until nothing has happened for so long; 0 is
// for ever.
func (h *Host) ncWait(c *cli.Call, wait time.Duration, event func(resume func()) (forget func())) (line string, typed, idle bool, err error) {
	line, typed, err = c.AwaitLine(func(resume func()) func() {
		stop := func() {}
		if wait > 0 {
			stop = h.opts.Clock.After(wait, func() { idle = true; resume() })
		}
		forget := event(func() { stop(); resume() })
		return func() { stop(); forget() }
	})
	return line, typed, idle, err
}
