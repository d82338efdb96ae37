package host

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/tcp"
)

// Limits of the web server.
const (
	maxRequest  = 8 << 10          // bytes of its headers
	requestTime = 30 * time.Second // for a request, and then without any progress
	maxPage     = 1 << 30          // bytes of /bytes/N
)

// A webServer serves a small page, which tells the address that it was served to.
type webServer struct {
	host     *Host
	listener *tcp.Listener
	served   func(remote netip.AddrPort, request string, status int) // is told of each request; may be nil
}

// serve opens a port.
func (h *Host) serve(port uint16, served func(netip.AddrPort, string, int)) (*webServer, error) {
	w := &webServer{host: h, served: served}
	var err error
	w.listener, err = h.tcp.Listen(port, w.accept)
	return w, err
}

const httpdGrammar = `httpd "Serve a small web page, in the background"
	{ -p              "Port (80 if not given)"
	  <1-65535>:port  "Port" }`

func (h *Host) httpd(c *cli.Call) error {
	port := uint16(80)
	if c.Has("port") {
		port = uint16(c.Int("port"))
	}
	w, err := h.serve(port, nil)
	if err != nil {
		return fmt.Errorf("httpd: bind: %s", errorText(err))
	}
	h.servers = append(h.servers, w)
	return nil
}

// killServers stops what httpd began. Pages that are being served are served to their
// end.
func (h *Host) killServers(*cli.Call) error {
	if len(h.servers) == 0 {
		return fmt.Errorf("killall: httpd: no process killed")
	}
	for _, w := range h.servers {
		w.listener.Close()
	}
	h.servers = nil
	return nil
}

const pythonGrammar = `python3       "A web server that tells who comes, until Ctrl-C"
	-m            "Run a module"
	http.server   "The web server"
	[ <1-65535>:port "Port (8000 if not given)" ]
	[ &           "In the background, and silently" ]`

// python is Python's web server as far as it is used in a lab: in the foreground, with a
// line for each request. As a line of exec it is left in the background.
func (h *Host) python(c *cli.Call) error {
	port := uint16(8000)
	if c.Has("port") {
		port = uint16(c.Int("port"))
	}
	var log []string
	var wake func()
	w, err := h.serve(port, func(remote netip.AddrPort, request string, status int) {
		log = append(log, fmt.Sprintf("%v - - [%s] \"%s\" %d -\n", remote.Addr(), h.date("02/Jan/2006 15:04:05"), request, status))
		if len(log) > 100 {
			log = log[1:]
		}
		if wake != nil {
			wake()
		}
	})
	if err != nil {
		return fmt.Errorf("OSError: [Errno 98] %s", errorText(err))
	}
	if c.Has("&") || starting(c) {
		w.served = nil
		h.servers = append(h.servers, w)
		return nil
	}
	defer w.listener.Close()
	c.Printf("Serving HTTP on 0.0.0.0 port %d (http://0.0.0.0:%d/) ...\n", port, port)
	for {
		_, _, err := c.AwaitLine(func(resume func()) func() {
			wake = resume
			return func() { wake = nil }
		})
		for _, l := range log {
			c.Print(l)
		}
		log = nil
		if err == cli.ErrInterrupted {
			c.Print("\nKeyboard interrupt received, exiting.\n")
		}
		if err != nil {
			return nil
		}
	}
}

// date is the host's clock, which has not been set, as that of routers.
func (h *Host) date(layout string) string {
	return time.Date(2002, 3, 1, 0, 0, 0, 0, time.UTC).Add(h.opts.Clock.Now()).Format(layout)
}

// A visit is one connection to the server.
type visit struct {
	server *webServer
	conn   *tcp.Conn
	got    []byte
	page   []byte // that is to be sent first
	filler int    // bytes that are to be sent after it
	filled int    // bytes of it that have been written
	served bool
	stop   func() // the timer
}

func (w *webServer) accept(c *tcp.Conn) tcp.Handler {
	v := &visit{server: w, conn: c, stop: func() {}}
	v.hurry()
	return tcp.Handler{
		Data: v.take,
		Ended: func() {
			if !v.served {
				c.Close()
			}
		},
		Room:   v.send,
		Closed: func(error) { v.stop() },
	}
}

// hurry gives the visit its time anew.
func (v *visit) hurry() {
	v.stop()
	v.stop = v.server.host.opts.Clock.After(requestTime, v.conn.Abort)
}

// take takes a part of the request.
func (v *visit) take(b []byte) int {
	if v.served {
		return len(b)
	}
	v.got = append(v.got, b...)
	lines, _ := headerLines(v.got)
	switch {
	case lines != nil:
		v.answer(lines[0])
	case len(v.got) > maxRequest:
		v.answer("")
	}
	return len(b)
}

// answer serves the page of a request.
func (v *visit) answer(request string) {
	method, rest, _ := strings.Cut(request, " ")
	path, version, _ := strings.Cut(rest, " ")
	path, _, _ = strings.Cut(path, "?")
	status, kind, body, filler := v.find(path)
	switch {
	case !strings.HasPrefix(version, "HTTP/1."):
		status, kind, body, filler = "400 Bad Request", "text/plain", "Bad request\n", 0
	case method != "GET" && method != "HEAD":
		status, kind, body, filler = "501 Not Implemented", "text/plain", "GET and HEAD only\n", 0
	}
	v.page = fmt.Appendf(nil, "HTTP/1.1 %s\r\nServer: ioslab\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
		status, kind, len(body)+filler)
	if method != "HEAD" {
		v.page = append(v.page, body...)
		v.filler = filler
	}
	v.served, v.got = true, nil
	if told := v.server.served; told != nil {
		code, _ := strconv.Atoi(status[:3])
		told(v.conn.Remote(), request, code)
	}
	v.send()
}

// find returns the page at a path, and how many bytes of filler follow it.
func (v *visit) find(path string) (status, kind, body string, filler int) {
	if count, ok := strings.CutPrefix(path, "/bytes/"); ok {
		if n, err := strconv.Atoi(count); err == nil && n >= 0 && n <= maxPage {
			return "200 OK", "application/octet-stream", "", n
		}
	}
	if path != "/" && path != "/index.html" {
		return "404 Not Found", "text/plain", "Not found: " + path + "\n", 0
	}
	name, you, me := v.server.host.Hostname(), v.conn.Remote(), v.conn.Local()
	return "200 OK", "text/html", fmt.Sprintf("<html><head><title>%s</title></head>\n<body>\n<h1>%s</h1>\n"+
		"<p>You come from %v, port %d, to %v, port %d.</p>\n</body></html>\n",
		name, name, you.Addr(), you.Port(), me.Addr(), me.Port()), 0
}

// filling is what /bytes/N is made of.
var filling = []byte(strings.Repeat("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.\n", 256))

// send sends what there is room for.
func (v *visit) send() {
	if !v.served {
		return
	}
	v.hurry()
	v.page = v.page[v.conn.Write(v.page):]
	for len(v.page) == 0 && v.filler > 0 {
		from := v.filled % len(filling)
		part := filling[from:min(from+v.filler, len(filling))]
		n := v.conn.Write(part)
		v.filler, v.filled = v.filler-n, v.filled+n
		if n < len(part) {
			break
		}
	}
	if len(v.page) == 0 && v.filler == 0 {
		v.conn.Close()
	}
}
