package telnet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/loop"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// served is a lab at work whose consoles are offered by telnet.
type served struct {
	*Server
	t     *testing.T
	loop  *loop.Loop
	lines []*console.Line
	nodes []*labs.Node
	stop  func()
}

// serve starts the bundled lab on the wall clock.
func serve(t *testing.T) *served {
	t.Helper()
	file, err := labs.Open(library.Files, "site-to-site", "")
	if err != nil {
		t.Fatal(err)
	}
	s := &served{t: t}
	lab, err := labs.New(file, labs.Options{
		Entropy: loop.Seeded(1),
		Terminal: func(n *labs.Node) cli.Options {
			s.nodes = append(s.nodes, n)
			s.lines = append(s.lines, console.New(n.Name, n))
			return cli.Options{Out: s.lines[len(s.lines)-1]}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Server, err = Listen("127.0.0.1:0", s.lines); err != nil {
		t.Fatal(err)
	}
	if err := lab.Boot(); err != nil {
		t.Fatal(err)
	}
	s.loop = lab.Loop
	lab.Loop.Bind()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { lab.Loop.Run(ctx) })
	s.Serve(lab.Loop)
	s.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		lab.Close()
		s.Close()
	})
	t.Cleanup(s.stop)
	return s
}

// a guest is a client as a script would be: it refuses all options.
type guest struct {
	net.Conn
	t    *testing.T
	seen bytes.Buffer
}

func (s *served) dial(i int) *guest {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.Address(i).String())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(patience))
	return &guest{Conn: conn, t: s.t}
}

func (g *guest) send(text string) {
	g.t.Helper()
	if _, err := io.WriteString(g, text); err != nil {
		g.t.Fatal(err)
	}
}

// until reads up to the end of text, and returns what came before and text.
func (g *guest) until(text string) string {
	g.t.Helper()
	g.SetDeadline(time.Now().Add(patience))
	buffer := make([]byte, 64<<10)
	for searched := 0; ; {
		if at := bytes.Index(g.seen.Bytes()[searched:], []byte(text)); at >= 0 {
			return string(g.seen.Next(searched + at + len(text)))
		}
		searched = max(0, g.seen.Len()-len(text))
		n, err := g.Read(buffer)
		g.seen.Write(buffer[:n])
		if err != nil && n == 0 {
			seen := g.seen.Bytes()
			g.t.Fatalf("%v before %q came; the last that did: %q", err, text, seen[max(0, len(seen)-1000):])
		}
	}
}

func TestEachConsoleHasItsPort(t *testing.T) {
	s := serve(t)
	for i, line := range s.lines {
		g := s.dial(i)
		if first := g.until(line.Name + ">"); !strings.Contains(first, "Connected to the console of "+line.Name+".\r\n") {
			t.Errorf("%s begins with %q", line.Name, first)
		}
		g.send("show privilege\r\n")
		g.until("show privilege\r\nCurrent privilege level is 1\r\n" + line.Name + ">")
	}
}

// TestConsoleIsShared: every terminal at a console sees everything, from when it comes.
func TestConsoleIsShared(t *testing.T) {
	s := serve(t)
	a, b := s.dial(0), s.dial(0)
	a.until("R1>")
	b.until("R1>")
	a.send("sho")
	b.until("sho")
	c := s.dial(0)
	c.until("console of R1.\r\nR1>sho") // what stands in the line
	b.send("w privilege\r")
	for _, g := range []*guest{a, b, c} {
		g.until("level is 1\r\nR1>")
	}
	b.Close()
	a.send("show history\r")
	c.until("show history\r\n  show privilege\r\n")
}

// TestPasteLosesNothing: a configuration of any length, sent at once, arrives whole and in order.
func TestPasteLosesNothing(t *testing.T) {
	s := serve(t)
	g := s.dial(0)
	g.until("R1>")
	var paste strings.Builder
	const n = 1500
	paste.WriteString("enable\r\nconfigure terminal\r\nip access-list extended PASTE\r\n")
	for i := range n {
		fmt.Fprintf(&paste, " permit tcp host 10.1.%d.%d any eq %d\r\n", i/250, i%250, 1000+i)
	}
	paste.WriteString("end\r\nterminal length 0\r\nshow running-config | include tcp host\r\n!that is all\r\n")
	go io.WriteString(g, paste.String())
	g.until("include tcp host\r\n")
	shown := strings.Split(g.until("R1#!that is all"), "\r\n")
	for i := range n {
		want := fmt.Sprintf(" permit tcp host 10.1.%d.%d any eq %d", i/250, i%250, 1000+i)
		if i >= len(shown) || shown[i] != want {
			t.Fatalf("line %d: %q", i, shown[min(i, len(shown)-1)])
		}
	}
}

// TestTypeAheadIsNotLost: what is sent while a command runs waits, however much it is.
func TestTypeAheadIsNotLost(t *testing.T) {
	s := serve(t)
	g := s.dial(0)
	g.until("R1>")
	g.send("ping 12.12.12.77 repeat 1\r")
	g.until("seconds:")
	const n = 3000
	go func() {
		io.WriteString(g, strings.Repeat("!0123456789012345678\r", n)+"!the end\r")
	}()
	all := g.until("R1>!the end")
	if lines := strings.Count(all, "R1>!0123456789012345678\r\n"); lines != n {
		t.Errorf("%d of %d lines arrived", lines, n)
	}
}

// TestSleeperIsCutOff: a client that does not read is cut off with a word, and
// stops no other.
func TestSleeperIsCutOff(t *testing.T) {
	s := serve(t)
	sleeper := s.dial(0)
	sleeper.until("R1>")
	noise := bytes.Repeat([]byte("noise "), 10000)
	left := make(chan bool)
	for cut := false; !cut; cut = <-left {
		s.loop.Do(func() {
			s.lines[0].Write(noise)
			left <- s.lines[0].Terminals() == 0
		})
	}
	other := s.dial(0)
	other.until("console of R1")
	other.send("\rshow privilege\r")
	other.until("level is 1\r\n")
	sleeper.until(tooSlow)
	if b, err := io.ReadAll(sleeper); len(b) != 0 || err != nil {
		t.Errorf("then %q, %v", b, err)
	}
}

// TestWriterThatDoesNotRead: a client that only sends is made to wait.
func TestWriterThatDoesNotRead(t *testing.T) {
	s := serve(t)
	writer, other := s.dial(0), s.dial(1)
	writer.SetDeadline(time.Now().Add(500 * time.Millisecond))
	line := strings.Repeat("show version\r", 1000)
	for err := error(nil); err == nil; {
		_, err = io.WriteString(writer, line)
	}
	other.until("R2>")
	other.send("show privilege\r")
	other.until("level is 1\r\n")
	// It reads at last, and was not cut off: its own output waited for it.
	writer.SetDeadline(time.Now().Add(patience))
	writer.until("R1>")
	for range 300 {
		writer.until("R1>show version")
	}
}

func TestSizeOfTheScreen(t *testing.T) {
	s := serve(t)
	size := func() string {
		got := make(chan string)
		s.loop.Do(func() {
			session := s.nodes[0].Console()
			got <- fmt.Sprintf("%dx%d", session.Width(), session.Length())
		})
		return <-got
	}
	naws := func(g *guest, width, height byte) {
		g.send(iac(cmdWill, optNAWS) + iac(cmdSB, optNAWS, 0, width, 0, height) + iac(cmdSE) + iac(cmdDo, optTimingMark))
		g.until(iac(cmdWill, optTimingMark))
	}
	if got := size(); got != "80x24" {
		t.Errorf("nobody is there: %s", got)
	}
	a := s.dial(0)
	naws(a, 100, 40)
	if got := size(); got != "100x40" {
		t.Errorf("alone: %s", got)
	}
	b := s.dial(0)
	naws(b, 60, 20)
	naws(a, 90, 30)
	if got := size(); got != "100x40" {
		t.Errorf("with another: %s", got)
	}
	a.send("terminal length 0\r")
	a.until("terminal length 0\r\nR1>")
	a.Close()
	for size() != "60x20" { // b is alone, in a moment, and what it has is taken when it types
		b.send("\r")
		b.until("R1>")
	}
}

// TestCloseTellsAll: at the end clients are told, and nothing is left over.
func TestCloseTellsAll(t *testing.T) {
	before := runtime.NumGoroutine()
	s := serve(t)
	a, b := s.dial(0), s.dial(2)
	a.until("R1>")
	b.until("R3>")
	address := s.Address(0).String()
	s.stop()
	for _, g := range []*guest{a, b} {
		g.until(ended)
		if n, err := g.Read(make([]byte, 1)); n != 0 || err != io.EOF {
			t.Errorf("then %d bytes, %v", n, err)
		}
	}
	if l, err := net.Listen("tcp", address); err != nil {
		t.Errorf("the port is still taken: %v", err)
	} else {
		l.Close()
	}
	for end := time.Now().Add(patience); time.Now().Before(end); runtime.Gosched() {
		if runtime.NumGoroutine() <= before {
			return
		}
	}
	buffer := make([]byte, 1<<16)
	t.Errorf("%d goroutines were there before, now %d:\n%s", before, runtime.NumGoroutine(), buffer[:runtime.Stack(buffer, true)])
}

func TestTooManyClients(t *testing.T) {
	s := serve(t)
	for range maxClients {
		s.dial(0).until("R1>")
	}
	s.dial(0).until(fmt.Sprintf(tooMany, maxClients))
}

// TestBreakPassesWhatWaits: Ctrl-Shift-6 ends a command, whatever was typed ahead,
// and that is typed then.
func TestBreakPassesWhatWaits(t *testing.T) {
	s := serve(t)
	g := s.dial(0)
	g.until("R1>")
	for _, key := range []string{"\x1e", iac(cmdBreak)} {
		g.send("ping 12.12.12.77 repeat 100000\r")
		g.until("seconds:")
		g.send(key)
		g.until("Success rate")
		g.until("R1>")
	}
	g.send("ping 12.12.12.77 repeat 100000\r")
	g.until("seconds:")
	g.send(strings.Repeat("! a line of a paste\r", 1000) + "!the end\r" + iac(cmdBreak))
	all := g.until("R1>!the end")
	if !strings.Contains(all, "Success rate") || strings.Count(all, "R1>! a line of a paste\r\n") != 1000 {
		t.Errorf("what came ends in %q", all[max(0, len(all)-200):])
	}
}

// TestScriptThatHangsUp: a script that has sent its last line and closes its end reads what
// comes of it.
func TestScriptThatHangsUp(t *testing.T) {
	s := serve(t)
	g := s.dial(0)
	g.send("enable\nping 12.12.12.1 repeat 3\nshow privilege\n")
	if err := g.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	g.SetDeadline(time.Now().Add(patience))
	all, err := io.ReadAll(g)
	if err != nil || !strings.Contains(string(all), "(3/3)") || !strings.HasSuffix(string(all), "level is 15\r\nR1#") {
		t.Errorf("%v, %q", err, all)
	}
}
