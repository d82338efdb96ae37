package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a program at work in an end's namespace.
type process struct {
	cmd   *exec.Cmd
	input io.Writer
	log   *os.File
	done  chan error
}

// start runs a program; its output goes to a file of that name.
func (b *bench) start(e side, name string, env []string, args ...string) (*process, error) {
	log, err := os.CreateTemp(b.dir, name)
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command("ip", e.in(args...)...), log: log, done: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if p.input, err = p.cmd.StdinPipe(); err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	go func() { p.done <- p.cmd.Wait() }()
	return p, nil
}

// stop asks the process to end, and makes it.
func (p *process) stop() {
	if p == nil {
		return
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		p.cmd.Process.Kill()
		<-p.done
	}
	p.log.Close()
}

// alive gives the program's last words when it has ended.
func (p *process) alive() error {
	select {
	case err := <-p.done:
		p.done <- err
		text, _ := os.ReadFile(p.log.Name())
		return fmt.Errorf("%s has ended: %v: %s", p.cmd.Args[4], err, text)
	default:
		return nil
	}
}

// ticks is the unit of /proc/PID/stat (USER_HZ, 100 on every platform of Linux).
const ticks = 100

// cpu is the processor time that the process has used, its own and the kernel's on its
// behalf. ip netns exec becomes the program that it is told to run.
func (p *process) cpu() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The second field is a name in parentheses, in which anything may stand.
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc/PID/stat is too short")
	}
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks, errors.Join(err1, err2)
}
