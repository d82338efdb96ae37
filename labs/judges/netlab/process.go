//go:build unix

package netlab

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A Process is a command that was started.
type Process struct {
	t     testing.TB
	name  string
	cmd   *exec.Cmd
	input io.WriteCloser
	ended chan struct{}

	mu      sync.Mutex
	output  bytes.Buffer // both of its outputs
	seen    int          // of it, by Expect
	changed chan struct{}
}

func start(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{t: t, name: strings.Join(cmd.Args, " "), cmd: cmd, ended: make(chan struct{}), changed: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p, p
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var err error
	if p.input, err = cmd.StdinPipe(); err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	go func() {
		cmd.Wait()
		close(p.ended)
	}()
	return p
}

// Write takes what the command prints.
func (p *Process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.output.Write(b)
	close(p.changed)
	p.changed = make(chan struct{})
	return len(b), nil
}

// Output is what the command has printed, on both of its outputs.
func (p *Process) Output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.String()
}

// Pid is the process's number.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Type types a line.
func (p *Process) Type(line string) {
	p.t.Helper()
	if _, err := io.WriteString(p.input, line+"\n"); err != nil {
		p.t.Errorf("%s: cannot type %q: %v", p.name, line, err)
	}
}

// CloseInput ends the command's standard input.
func (p *Process) CloseInput() { p.input.Close() }

// Expect waits for the command to print a match that no Expect before has taken,
// and returns what was printed up to its end. The test ends where it does not come.
func (p *Process) Expect(pattern string, within time.Duration) string {
	p.t.Helper()
	text, ok := p.Await(pattern, within)
	if !ok {
		p.t.Fatalf("%s: no match of /%s/ within %v in:\n%s", p.name, pattern, within, text)
	}
	return text
}

// Await is Expect where a miss is no failure; then it returns what there is.
func (p *Process) Await(pattern string, within time.Duration) (string, bool) {
	re := regexp.MustCompile("(?m)" + pattern)
	end := time.NewTimer(within)
	defer end.Stop()
	for ended := false; ; {
		p.mu.Lock()
		fresh, changed := p.output.String()[p.seen:], p.changed
		at := re.FindStringIndex(fresh)
		if at != nil {
			p.seen += at[1]
		}
		p.mu.Unlock()
		if at != nil {
			return fresh[:at[1]], true
		}
		if ended {
			return fresh, false
		}
		select {
		case <-changed:
		case <-p.ended:
			ended = true // what it printed last is looked at once more
		case <-end.C:
			return fresh, false
		}
	}
}

// Signal sends the process a signal.
func (p *Process) Signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Errorf("%s: %v: %v", p.name, s, err)
	}
}

// Wait waits for the process to end and returns its exit status, or minus the
// number of the signal that killed it.
func (p *Process) Wait(within time.Duration) int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(within):
		p.t.Fatalf("%s: does not end within %v; it printed:\n%s", p.name, within, p.Output())
	}
	status := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		return -int(status.Signal())
	}
	return status.ExitStatus()
}

// Running reports whether the process has not ended.
func (p *Process) Running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// Kill kills the process and what it has started, and waits for its end.
func (p *Process) Kill() {
	p.t.Helper()
	if err := syscall.Kill(-p.Pid(), syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		p.t.Errorf("%s: %v", p.name, err)
	}
	<-p.ended
	p.input.Close()
}
