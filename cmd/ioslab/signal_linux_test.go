package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestSignalsThatInsist: a program whose output is not read cannot end in good order,
// and ends all the same.
func TestSignalsThatInsist(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command(program, "run", "--seed", "3")
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.Stdin, cmd.Stdout = strings.NewReader(strings.Repeat("show version\n", 1000)), w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	defer cmd.Process.Kill()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	late := time.After(30 * time.Second)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for full := false; ; {
		select {
		case err := <-ended:
			if s, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !full || !ok || s.Signal() != syscall.SIGTERM {
				t.Errorf("it ended by %v", err)
			}
			return
		case <-late:
			t.Fatal("it does not end")
		case <-again.C:
			if !full {
				waiting, err := unix.IoctlGetInt(int(r.Fd()), unix.TIOCINQ)
				if err != nil {
					t.Fatal(err)
				}
				full = waiting > 60000
			}
			if full {
				cmd.Process.Signal(syscall.SIGTERM)
			}
		}
	}
}
