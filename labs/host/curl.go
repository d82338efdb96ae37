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

const curlOptions = `
	{ -i                             "The headers: -I alone, -i with the page"
	| --head                         "The headers alone"
	| -v                             "Show what is sent and what comes"
	| -s                             "No messages of errors"
	| -o                             "Where the page goes: a host has no files but /dev/null"
	  WORD:output                    "/dev/null"
	| ( -m                           "How long it may take in all"
	  | --max-time                   "The same" )
	  SECONDS:limit                  "Seconds"
	| --connect-timeout              "How long until there is a connection"
	  SECONDS:patience               "Seconds" }`

const curlGrammar = `curl "Fetch a page by HTTP" ` + curlOptions + ` WORD:url "http://A.B.C.D[:PORT]/path" ` + curlOptions

// curlError is a failure as curl writes it, with the number of its exit status.
func curlError(status int, format string, args ...any) error {
	return fmt.Errorf("curl: (%d) %s", status, fmt.Sprintf(format, args...))
}

// A fetch is a curl at work.
type fetch struct {
	host     *Host
	call     *cli.Call
	url      pageURL
	head     bool // only the headers
	headers  bool // are shown
	verbose  bool
	discard  bool // the page
	began    time.Duration
	limit    time.Duration // for all of it; 0 is none
	patience time.Duration
	stream   *stream
}

func (h *Host) curl(c *cli.Call) error {
	f := &fetch{
		host: h, call: c, began: h.opts.Clock.Now(), patience: tcp.Patience,
		head: c.Has("--head"), verbose: c.Has("-v"),
	}
	for _, w := range c.Words() {
		f.head = f.head || w.Text == "-I" // which is -i to the grammar
	}
	f.headers = f.head || c.Has("-i")
	if c.Has("limit") {
		f.limit = c.Value("limit").(time.Duration)
	}
	if c.Has("patience") {
		f.patience = c.Value("patience").(time.Duration)
	}
	err := f.run(c)
	if c.Has("-s") {
		return nil
	}
	return err
}

func (f *fetch) run(c *cli.Call) error {
	if c.Has("output") {
		if c.Str("output") != "/dev/null" {
			return curlError(23, "Failed writing body")
		}
		f.discard = true
	}
	var err error
	if f.url, err = parseURL(c.Str("url")); err != nil {
		return err
	}
	if f.limit > 0 {
		f.patience = min(f.patience, f.limit)
	}
	if err := f.connect(); err != nil {
		return err
	}
	defer f.stream.leave()
	f.note("* Connected to %v (%v) port %d", f.url.remote.Addr(), f.url.remote.Addr(), f.url.remote.Port())
	f.ask()
	return f.receive()
}

// note shows a line of what happens.
func (f *fetch) note(format string, args ...any) {
	if f.verbose {
		f.call.Printf(format+"\n", args...)
	}
}

// wait waits for something to happen to the stream, as long as the command may take.
func (f *fetch) wait() error {
	late := false
	err := f.call.Await(func(resume func()) func() {
		stop := func() {}
		if f.limit > 0 {
			stop = f.host.opts.Clock.After(f.began+f.limit-f.host.opts.Clock.Now(), func() { late = true; resume() })
		}
		forget := f.stream.await(func() { stop(); resume() })
		return func() { stop(); forget() }
	})
	if err == nil && late {
		return errLate
	}
	return err
}

func (f *fetch) took() int64 { return (f.host.opts.Clock.Now() - f.began).Milliseconds() }

func (f *fetch) connect() error {
	f.note("*   Trying %v...", f.url.remote)
	var err error
	f.stream, err = f.host.dial(0, f.url.remote, f.patience)
	for err == nil && !f.stream.connected && !f.stream.over {
		switch err = f.wait(); {
		case err == errLate:
			f.stream.Abort()
			err = tcp.ErrTimeout
		case err != nil:
			f.stream.Abort()
			return err
		}
	}
	if err == nil {
		err = f.stream.err
	}
	switch {
	case err == nil:
		return nil
	case err == tcp.ErrTimeout && f.patience < tcp.Patience:
		return curlError(28, "Connection timed out after %d milliseconds", f.took())
	}
	status := 7
	if err == tcp.ErrTimeout {
		status = 28
	}
	return curlError(status, "Failed to connect to %v port %d after %d ms: %s", f.url.remote.Addr(), f.url.remote.Port(), f.took(), errorText(err))
}

// ask sends the request.
func (f *fetch) ask() {
	method := "GET"
	if f.head {
		method = "HEAD"
	}
	lines := []string{
		method + " " + f.url.path + " HTTP/1.1", "Host: " + f.url.host, "User-Agent: curl/7.88.1", "Accept: */*", "",
	}
	for _, l := range lines {
		f.note("> %s", l)
	}
	f.stream.send([]byte(strings.Join(lines, "\r\n") + "\r\n"))
}

// receive shows the answer.
func (f *fetch) receive() error {
	r := newResponse(f.head)
	for {
		header, body := r.take(f.stream.take())
		for _, l := range header {
			f.note("< %s", l)
			if f.headers && !f.verbose {
				f.call.Println(l)
			}
		}
		if !f.discard {
			f.call.Print(shown(body))
		}
		s := f.stream
		switch {
		case r.err != nil:
			return r.err
		case r.done:
			return nil
		case s.err != nil:
			return curlError(56, "Recv failure: %s", errorText(s.err))
		case s.ended && len(s.in) == 0:
			return r.cut()
		}
		if len(s.in) > 0 {
			continue
		}
		switch err := f.wait(); {
		case err == errLate:
			return curlError(28, "Operation timed out after %d milliseconds with %d bytes received", f.took(), r.received)
		case err != nil:
			return err
		}
	}
}

// A pageURL is what curl is asked for.
type pageURL struct {
	remote     netip.AddrPort
	host, path string // as they stand in the request
}

func parseURL(text string) (pageURL, error) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		scheme, rest = "http", text
	}
	if scheme != "http" {
		return pageURL{}, curlError(1, "Protocol \"%s\" not supported", scheme)
	}
	u := pageURL{host: rest, path: "/"}
	if at := strings.IndexAny(rest, "/?#"); at >= 0 {
		u.host = rest[:at]
		path, _, _ := strings.Cut(rest[at:], "#")
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		u.path = path
	}
	name, port, hasPort := strings.Cut(u.host, ":")
	number := uint64(80)
	if hasPort {
		var err error
		if number, err = strconv.ParseUint(port, 10, 16); err != nil {
			return u, curlError(3, "URL using bad/illegal format or missing URL")
		}
	}
	if name == "" {
		return u, curlError(3, "URL using bad/illegal format or missing URL")
	}
	a, err := netip.ParseAddr(name)
	if err != nil || !a.Is4() {
		return u, curlError(6, "Could not resolve host: %s", name)
	}
	u.remote = netip.AddrPortFrom(a, uint16(number))
	return u, nil
}
