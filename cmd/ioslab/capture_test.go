package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/gopacket/pcapgo"
)

// countPackets reads a capture.
func countPackets(t *testing.T, in io.Reader) int {
	t.Helper()
	r, err := pcapgo.NewNgReader(in, pcapgo.DefaultNgReaderOptions)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		if _, _, err := r.ReadPacketData(); err == io.EOF {
			return n
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// onStderr has standard error go to a file and returns what is in it.
func onStderr(t *testing.T) (text func() string) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = f
	t.Cleanup(func() { os.Stderr = before; f.Close() })
	return func() string {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
}

// TestCaptureToStdout: the packets are there, and nothing else.
func TestCaptureToStdout(t *testing.T) {
	stderr := onStderr(t)
	output, status := typed(t, "ping 12.12.12.2\n", "run", "--seed", "3", "--capture", "R1:fa0/0=-")
	if n := countPackets(t, strings.NewReader(output)); n < 10 || status != statusOK {
		t.Errorf("%d packets, status %d", n, status)
	}
	if !strings.Contains(stderr(), "Success rate is 80 percent") {
		t.Errorf("the console shows %q", stderr())
	}
}

func TestCaptureOfATranscript(t *testing.T) {
	stderr := onStderr(t)
	file := filepath.Join(t.TempDir(), "a.ios")
	if err := os.WriteFile(file, []byte("!lab use site-to-site\nR1>ping 12.12.12.2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	output, status := typed(t, "", "replay", file, "--capture", "R2:fa0/0=-")
	if n := countPackets(t, strings.NewReader(output)); n < 10 || status != statusOK {
		t.Errorf("%d packets, status %d", n, status)
	}
	if !strings.Contains(stderr(), "Success rate is 80 percent") {
		t.Errorf("standard error shows %q", stderr())
	}
	captured := filepath.Join(t.TempDir(), "a.pcapng")
	for _, want := range []int{statusOK, statusUsage} {
		args := []string{"replay", file, "--capture", "R2:fa0/0=" + captured}
		if want == statusUsage {
			args = append(args, file)
		}
		if _, status := typed(t, "", args...); status != want {
			t.Errorf("%v: status %d", args, status)
		}
	}
	b, err := os.ReadFile(captured)
	if err != nil || string(b) != output {
		t.Errorf("the file differs from standard output: %v", err)
	}
}

func TestBadCaptures(t *testing.T) {
	onStderr(t)
	for _, capture := range []string{"R1:fa0/0", "R9:fa0/0=x", "fa0/0=x", "R1:fa0/0=no/such/dir/x"} {
		if _, status := typed(t, "", "run", "--capture", capture); status != statusUsage {
			t.Errorf("%s: status %d", capture, status)
		}
	}
}

// stuck is a reader that takes nothing until it is let.
type stuck struct {
	bytes.Buffer
	let chan struct{}
}

func (s *stuck) Write(b []byte) (int, error) { <-s.let; return s.Buffer.Write(b) }
func (s *stuck) Close() error                { return nil }

func TestSlowReader(t *testing.T) {
	reader := &stuck{let: make(chan struct{})}
	s := newStream(reader)
	s.limit = 1 << 20
	chunk := make([]byte, 1<<16)
	var err error
	n := 0
	for ; err == nil && n < 40; n++ {
		_, err = s.Write(chunk)
	}
	if err == nil || !strings.Contains(err.Error(), "its reader is slow") {
		t.Errorf("after %d KB: %v", n*len(chunk)>>10, err)
	}
	if s.Close() != err { // at once: the lab has other things to do
		t.Error("the error is lost")
	}
	close(reader.let)
	<-s.done
	if reader.Len() < s.limit || reader.Len()%len(chunk) != 0 {
		t.Errorf("%d bytes came through", reader.Len())
	}
}
