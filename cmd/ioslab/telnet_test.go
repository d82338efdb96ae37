package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/storage"
)

// asProgram is the environment variable with which a test starts its own binary as
// the command.
const asProgram = "IOSLAB_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(ioslab(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// TestServesUntilToldToEnd: where standard input is closed the consoles are there
// by telnet until a signal comes; then clients are told, and the status is 0.
func TestServesUntilToldToEnd(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("signals cannot be sent there")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "run", "--telnet", "127.0.0.1:0", "--seed", "3")
	cmd.Env = append(os.Environ(), asProgram+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	lines := bufio.NewScanner(out)
	var address string
	for range 3 { // R1's, R2's and R3's
		lines.Scan()
		name, words, _ := strings.Cut(lines.Text(), ": telnet ")
		if name == "R3" {
			address = net.JoinHostPort(strings.Fields(words)[0], strings.Fields(words)[1])
		}
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	seen := bufio.NewReader(conn)
	until := func(text string) {
		t.Helper()
		var all strings.Builder
		for !strings.HasSuffix(all.String(), text) {
			c, err := seen.ReadByte()
			if err != nil {
				t.Fatalf("%v before %q came in %q", err, text, all.String())
			}
			all.WriteByte(c)
		}
	}
	until("R3>")
	io.WriteString(conn, "show privilege\r\n")
	until("level is 1\r\n")
	io.WriteString(conn, "!lab console R1\r\n")
	until("that of R1 has a port of its own\r\nR3>")
	cmd.Process.Signal(syscall.SIGTERM)
	until("[the lab has ended]\r\n")
	conn.Close()
	rest, _ := io.ReadAll(out)
	if err := cmd.Wait(); err != nil || len(rest) > 0 || complaints.Len() > 0 {
		t.Errorf("%v; it printed %q and %q", err, rest, complaints.String())
	}
}

// TestPortsOfConsoles: routers come first, in the order of the file.
func TestPortsOfConsoles(t *testing.T) {
	path := t.TempDir() + "/x.clab.yml"
	text := "name: x\ntopology:\n  nodes: {PC2: {kind: linux}, R9: {kind: cisco_iol}, PC1: {kind: linux}, SW: {kind: bridge}, R1: {kind: cisco_iol}}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := labs.Open(storage.Host, path, "")
	if err != nil {
		t.Fatal(err)
	}
	d := &terminal{out: io.Discard}
	if _, err := labs.New(file, labs.Options{
		Entropy:  loop.Seeded(1),
		Terminal: func(n *labs.Node) cli.Options { return cli.Options{Out: d.add(n)} },
	}); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, line := range d.ports() {
		names = append(names, line.Name)
	}
	if got := strings.Join(names, " "); got != "R9 R1 PC2 PC1" {
		t.Errorf("the order is %s", got)
	}
}
