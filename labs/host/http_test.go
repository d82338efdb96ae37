package host

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/link"
)

func TestResponse(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for _, tt := range []struct {
		name, text string
		head       bool
		body, err  string // where the connection ends after text
	}{
		{"length", ok + "Content-Length: 5\r\n\r\nhello", false, "hello", ""},
		{"length, and more", ok + "content-length:5\r\n\r\nhello more", false, "hello", ""},
		{"nothing", ok + "Content-Length: 0\r\n\r\n", false, "", ""},
		{"cut", ok + "Content-Length: 9\r\n\r\nhello", false, "hello", "curl: (18) transfer closed with 4 bytes remaining to read"},
		{"until the end", "HTTP/1.0 200 OK\n\nhello", false, "hello", ""},
		{"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", false, "hello", ""},
		{"chunks cut", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n5\r\nlo", false, "hello", "curl: (18) transfer closed with outstanding read data remaining"},
		{"no chunk", ok + "Transfer-Encoding: chunked\r\n\r\nhello\r\n", false, "", "curl: (56) Illegal or missing hexadecimal sequence in chunked-encoding"},
		{"a size without an end", ok + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("0", maxHeaders+1), false, "", "curl: (56) Illegal or missing hexadecimal sequence in chunked-encoding"},
		{"head", ok + "Content-Length: 5\r\n\r\n", true, "", ""},
		{"first continue", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 1\r\n\r\nx", false, "x", ""},
		{"no body", "HTTP/1.1 304 Not Modified\r\n\r\n", false, "", ""},
		{"bad length", ok + "Content-Length: x\r\n\r\n", false, "", "curl: (8) Invalid Content-Length: value"},
		{"no HTTP", "SSH-2.0-x\r\n\r\n", false, "", "curl: (1) Received HTTP/0.9 when not allowed"},
		{"nothing at all", "", false, "", "curl: (52) Empty reply from server"},
		{"cut in the headers", ok, false, "", "curl: (56) Recv failure: headers cut off"},
		{"too long", ok + strings.Repeat("x", maxHeaders), false, "", "curl: (56) Too large response headers: 65553 > 65536"},
	} {
		for _, step := range []int{1, 7, 1 << 20} {
			if step == 1 && len(tt.text) > maxHeaders {
				continue
			}
			r := newResponse(tt.head)
			var body string
			for rest := tt.text; rest != "" && !r.done && r.err == nil; {
				n := min(step, len(rest))
				_, b := r.take([]byte(rest[:n]))
				body, rest = body+string(b), rest[n:]
			}
			err := r.err
			if err == nil && !r.done {
				err = r.cut()
			}
			got := ""
			if err != nil {
				got = err.Error()
			}
			if body != tt.body || got != tt.err && !(step == 7 && len(tt.text) > maxHeaders) || r.received != len(tt.body) {
				t.Errorf("%s, %d bytes at a time: got %q and %q, want %q and %q", tt.name, step, body, got, tt.body, tt.err)
			}
		}
	}
}

func FuzzResponse(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n\r\n"), uint8(3), false)
	f.Add([]byte("HTTP/1.1 200 OK\nContent-Length: 7\n\nhello"), uint8(30), false)
	f.Fuzz(func(t *testing.T, b []byte, step uint8, head bool) {
		r := newResponse(head)
		got := 0
		for len(b) > 0 && !r.done && r.err == nil {
			n := min(int(step)+1, len(b))
			_, body := r.take(b[:n])
			got += len(body)
			b = b[n:]
		}
		if got != r.received {
			t.Errorf("%d bytes counted of %d", r.received, got)
		}
		r.cut()
	})
}

func TestURLs(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.1":                       "10.0.0.1:80 10.0.0.1 /",
		"http://10.0.0.1":                "10.0.0.1:80 10.0.0.1 /",
		"http://10.0.0.1:8080/a/b?c=d#e": "10.0.0.1:8080 10.0.0.1:8080 /a/b?c=d",
		"http://10.0.0.1?x":              "10.0.0.1:80 10.0.0.1 /?x",
	} {
		u, err := parseURL(text)
		if got := u.remote.String() + " " + u.host + " " + u.path; err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
}

// A long page comes whole over a link that loses and delays.
func TestLongPageOverABadLink(t *testing.T) {
	b := newBench(t, address1)
	for _, end := range []int{0, 1} {
		var s link.Settings
		for name, value := range map[string]string{"loss": "3%", "delay": "20ms", "jitter": "5ms"} {
			if err := s.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		b.link.End(end).Change(s)
	}
	first, _ := b.play(t, "2 httpd", "1 curl 10.0.0.2/bytes/1000000")
	_, page, _ := strings.Cut(first, "\n")
	want := strings.Repeat(string(filling), 1000000/len(filling)+1)[:1000000]
	if strings.TrimSuffix(page, "\n") != strings.TrimSuffix(want, "\n") {
		t.Errorf("%d bytes, ending in %q", len(page), page[max(len(page)-100, 0):])
	}
}

// A visitor that says nothing does not stay.
func TestSilentVisitor(t *testing.T) {
	b := newBench(t, address1)
	first, _ := b.play(t, "2 httpd", "1 nc 10.0.0.2 80", "29s", "1 GET / HTTP/1.1", "29s", "2 ss", "2s")
	if want := "PC1#nc 10.0.0.2 80\nGET / HTTP/1.1\nnc: Connection reset by peer\n"; first != want {
		t.Errorf("got %q", first)
	}
}

func TestRequests(t *testing.T) {
	for request, want := range map[string]string{
		"GET / HTTP/1.1":           "HTTP/1.1 200 OK",
		"GET /index.html HTTP/1.0": "HTTP/1.1 200 OK",
		"GET /bytes/-1 HTTP/1.1":   "HTTP/1.1 404 Not Found",
		"POST / HTTP/1.1":          "HTTP/1.1 501 Not Implemented",
		"GET /":                    "HTTP/1.1 400 Bad Request",
		"hello":                    "HTTP/1.1 400 Bad Request",
	} {
		b := newBench(t, address1)
		first, _ := b.play(t, "2 httpd", "1 nc 10.0.0.2 80", "1 "+request, "1 ", "1s")
		if lines := strings.Split(first, "\n"); len(lines) < 4 || strings.TrimSpace(lines[3]) != want {
			t.Errorf("%s: %q", request, first)
		}
	}
	b := newBench(t, address1)
	first, _ := b.play(t, "2 httpd", "1 nc 10.0.0.2 80", "1 "+strings.Repeat("x", maxRequest+1), "1s")
	if !strings.Contains(first, "400 Bad Request") {
		t.Errorf("a long request: %q", first[max(0, len(first)-300):])
	}
}

func TestServersEndWithTheHost(t *testing.T) {
	b := newBench(t, address1)
	b.play(t, "2 httpd", "1 nc 10.0.0.2 80", "1s")
	b.hosts[1].Boot([]string{address2})
	if problems := b.hosts[1].Boot([]string{address2, "python3 -m http.server 80", "nc -l 7", "httpd -p 81"}); len(problems) != 1 || problems[0].Index != 2 {
		t.Errorf("problems %v", problems)
	}
	b.RunUntil(b.Now() + 40*time.Second)
	b.screens[1].Reset()
	if _, got := b.play(t, "2 ss -tl"); !strings.Contains(got, "0.0.0.0:80 ") || !strings.Contains(got, "0.0.0.0:81 ") || strings.Contains(got, "0.0.0.0:7 ") {
		t.Errorf("got %q", got)
	}
}
