package host

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

var errLate = errors.New("the time is over")

// maxHeaders is how long the headers of a message may be, in bytes.
const maxHeaders = 1 << 16

// headerLines cuts the headers off a message: its lines, with the empty one after
// them, and what follows; no lines where they have not all come.
func headerLines(b []byte) (lines []string, rest []byte) {
	end := bytes.Index(b, []byte("\n\r\n"))
	size := 3
	if bare := bytes.Index(b, []byte("\n\n")); bare >= 0 && (end < 0 || bare < end) {
		end, size = bare, 2
	}
	if end < 0 {
		return nil, b
	}
	for _, l := range strings.Split(string(b[:end]), "\n") {
		lines = append(lines, strings.TrimSuffix(l, "\r"))
	}
	return append(lines, ""), b[end+size:]
}

// headerValue returns the value of a header; "" where it does not stand there.
func headerValue(lines []string, name string) string {
	for _, l := range lines[1:] {
		if n, value, ok := strings.Cut(l, ":"); ok && strings.EqualFold(n, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// A response reads the answer to a request, as it comes (RFC 9112).
type response struct {
	head     bool   // to a HEAD: there is no body
	buffer   []byte // that has come and means nothing yet
	inBody   bool
	chunked  bool
	left     int // of the body or the chunk; -1 for all until the end
	received int // of the body
	done     bool
	err      error
}

func newResponse(head bool) *response { return &response{head: head} }

// take takes what has come and returns the headers, when they are whole, and what it has
// of the body.
func (r *response) take(b []byte) (header []string, body []byte) {
	r.buffer = append(r.buffer, b...)
	for !r.inBody && r.err == nil {
		lines, rest := headerLines(r.buffer)
		if lines == nil {
			if len(r.buffer) > maxHeaders {
				r.err = curlError(56, "Too large response headers: %d > %d", len(r.buffer), maxHeaders)
			}
			return header, nil
		}
		r.buffer = rest
		header = append(header, lines...)
		r.begin(lines)
	}
	for r.err == nil && !r.done {
		part := r.next()
		if part == nil {
			break
		}
		body = append(body, part...)
	}
	r.received += len(body)
	return header, body
}

// begin learns from the headers how long the body is.
func (r *response) begin(lines []string) {
	version, status, _ := strings.Cut(lines[0], " ")
	if !strings.HasPrefix(version, "HTTP/1.") && version != "HTTP/1.0" {
		r.err = curlError(1, "Received HTTP/0.9 when not allowed")
		return
	}
	code, _, _ := strings.Cut(status, " ")
	if strings.HasPrefix(code, "1") {
		return // only that more will come
	}
	r.inBody, r.left = true, -1
	length := headerValue(lines, "Content-Length")
	switch {
	case r.head || code == "204" || code == "304":
		r.done = true
	case strings.EqualFold(headerValue(lines, "Transfer-Encoding"), "chunked"):
		r.chunked, r.left = true, 0
	case length != "":
		n, err := strconv.Atoi(length)
		if err != nil || n < 0 {
			r.err = curlError(8, "Invalid Content-Length: value")
			return
		}
		r.left, r.done = n, n == 0
	}
}

// next returns a part of the body, nil where none is here.
func (r *response) next() []byte {
	if r.chunked && r.left == 0 && !r.chunk() {
		return nil
	}
	n := len(r.buffer)
	if r.left >= 0 {
		n = min(n, r.left)
	}
	if n == 0 {
		return nil
	}
	part := r.buffer[:n]
	r.buffer = r.buffer[n:]
	if r.left > 0 {
		r.left -= n
		r.done = r.left == 0 && !r.chunked
	}
	return part
}

var errChunk = curlError(56, "Illegal or missing hexadecimal sequence in chunked-encoding")

// chunk reads the line before a chunk, and the end of the one before it.
func (r *response) chunk() bool {
	rest := bytes.TrimPrefix(r.buffer, []byte("\r\n"))
	line, rest, found := bytes.Cut(rest, []byte("\n"))
	if !found {
		if len(r.buffer) > maxHeaders {
			r.err = errChunk
		}
		return false
	}
	size, _, _ := strings.Cut(strings.TrimSpace(string(line)), ";")
	n, err := strconv.ParseUint(size, 16, 31)
	if err != nil {
		r.err = errChunk
		return false
	}
	r.buffer, r.left, r.done = rest, int(n), n == 0
	return n > 0
}

// cut is what curl says where the connection ends there.
func (r *response) cut() error {
	switch {
	case !r.inBody && len(r.buffer) == 0:
		return curlError(52, "Empty reply from server")
	case !r.inBody:
		return curlError(56, "Recv failure: headers cut off")
	case r.chunked:
		return curlError(18, "transfer closed with outstanding read data remaining")
	case r.left > 0:
		return curlError(18, "transfer closed with %d bytes remaining to read", r.left)
	}
	return nil
}
