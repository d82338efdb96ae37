package containers

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A box is a container as an engine runs it: a process with number 1 of its own, a
// network of its own, and a root folder with nothing in it but the program and what
// is bound there. There is not even a /dev or a /proc.
type box struct {
	t     *testing.T
	name  string
	cmd   *exec.Cmd
	ended chan struct{}

	mu     sync.Mutex
	output bytes.Buffer
}

// Write takes what the program prints.
func (b *box) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.output.Write(text)
}

// log is what it has printed, which `docker logs` would show.
func (b *box) log() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.output.String()
}

// startBox starts a container; folders holds those that containers share, in place
// of the sources of binds.
func startBox(t *testing.T, name, program string, c *container, folders map[string]string) *box {
	t.Helper()
	root := t.TempDir()
	mount(t, program, filepath.Join(root, "ioslab"), false)
	for _, m := range c.mounts(t) {
		source := m.source
		if folder := folders[source]; folder != "" {
			source = folder
		}
		mount(t, source, filepath.Join(root, m.target), m.readOnly)
	}
	b := &box{t: t, name: name, cmd: exec.Command("/ioslab", strings.Fields(c.Cmd)...), ended: make(chan struct{})}
	b.cmd.Dir, b.cmd.Env = "/", []string{"PATH=/"}
	b.cmd.Stdout, b.cmd.Stderr = b, b
	b.cmd.SysProcAttr = &syscall.SysProcAttr{
		Chroot:     root,
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
	}
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		b.cmd.Wait()
		close(b.ended)
	}()
	t.Cleanup(func() {
		b.cmd.Process.Kill()
		<-b.ended
		if t.Failed() {
			t.Logf("%s printed:\n%s", name, b.log())
		}
	})
	b.ip("link", "set", "lo", "up")
	return b
}

// mount binds a file or folder as an engine does.
func mount(t *testing.T, source, target string, readOnly bool) {
	t.Helper()
	info, err := os.Stat(source)
	if err == nil && info.IsDir() {
		err = os.MkdirAll(target, 0o755)
	} else if err == nil {
		err = os.WriteFile(target, nil, 0o644)
	}
	if err == nil {
		err = unix.Mount(source, target, "", unix.MS_BIND, "")
	}
	if err == nil && readOnly {
		err = unix.Mount("", target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, "")
	}
	if err != nil {
		t.Fatalf("%s cannot be bound: %v", source, err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(target, unix.MNT_DETACH); err != nil {
			t.Errorf("%s: %v", target, err)
		}
	})
}

// pid is how others name it.
func (b *box) pid() string { return strconv.Itoa(b.cmd.Process.Pid) }

// ip runs the host's ip in the container's network.
func (b *box) ip(arguments ...string) {
	b.t.Helper()
	out, err := exec.Command("nsenter", append([]string{"-t", b.pid(), "-n", "ip"}, arguments...)...).CombinedOutput()
	if err != nil {
		b.t.Fatalf("%s: ip %s: %v\n%s", b.name, strings.Join(arguments, " "), err, out)
	}
}

// stop ends the container as an engine does, and returns its status.
func (b *box) stop() error {
	if err := b.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-b.ended:
		if status := b.cmd.ProcessState.ExitCode(); status != 0 {
			return errors.New(b.cmd.ProcessState.String())
		}
		return nil
	case <-time.After(5 * time.Second):
		return errors.New("still running")
	}
}

// A terminal is a telnet connection to a console.
type terminal struct {
	t      *testing.T
	prompt string // with the line end before it
	conn   io.ReadWriteCloser
	seen   bytes.Buffer
}

// command types a line and returns all up to the next prompt.
func (c *terminal) command(line string) string {
	c.t.Helper()
	if _, err := io.WriteString(c.conn, line+"\r\n"); err != nil {
		c.t.Fatal(err)
	}
	return c.until(c.prompt)
}

func (c *terminal) until(text string) string {
	c.t.Helper()
	buffer := make([]byte, 4096)
	for {
		if at := bytes.Index(c.seen.Bytes(), []byte(text)); at >= 0 {
			return string(c.seen.Next(at + len(text)))
		}
		n, err := c.conn.Read(buffer)
		c.seen.Write(buffer[:n])
		if err != nil && n == 0 {
			c.t.Fatalf("%v before %q came in %q", err, text, c.seen.String())
		}
	}
}
