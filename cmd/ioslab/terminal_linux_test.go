package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pseudoTerminal is a terminal: what is written to keys is typed at tty.
func pseudoTerminal(t *testing.T) (keys, tty *os.File) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there are no pseudo-terminals: ", err)
	}
	t.Cleanup(func() { keys.Close() })
	number, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close() })
	return keys, tty
}

// TestTerminalAndPipe: `ioslab run | tee FILE` is for a person. The terminal does
// not show the keys beside the console, and is afterwards as it was.
func TestTerminalAndPipe(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, leave := range map[string]func(keys io.Writer, output io.Closer){
		"by Ctrl-]":       func(keys io.Writer, _ io.Closer) { io.WriteString(keys, "\x1dquit\r") },
		"by the pipe end": func(keys io.Writer, output io.Closer) { output.Close(); io.WriteString(keys, "x") },
	} {
		t.Run(name, func(t *testing.T) {
			keys, tty := pseudoTerminal(t)
			before, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(program, "run", "--seed", "3")
			cmd.Env = append(os.Environ(), asProgram+"=1")
			var notes bytes.Buffer
			cmd.Stdin, cmd.Stderr = tty, &notes
			output, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			stuck := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
			defer stuck.Stop()
			var shown strings.Builder
			until := func(want string) {
				t.Helper()
				for b := make([]byte, 1); !strings.HasSuffix(shown.String(), want); shown.Write(b) {
					if _, err := io.ReadFull(output, b); err != nil {
						t.Fatalf("no %q in %q: %v", want, shown.String(), err)
					}
				}
			}
			until("R1>")
			io.WriteString(keys, "show privilege\r")
			until("level is 1\nR1>")
			if want := "R1>show privilege\nCurrent privilege level is 1\nR1>"; !strings.HasSuffix(shown.String(), want) {
				t.Errorf("%q, want %q", shown.String(), want)
			}
			leave(keys, output)
			io.Copy(io.Discard, output)
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
			if !strings.Contains(notes.String(), "Ctrl-] and quit leaves") {
				t.Errorf("nobody says how to leave: %q", notes.String())
			}
			if after, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS); err != nil || *after != *before {
				t.Errorf("the terminal is %+v, %v; it was %+v", after, err, before)
			}
			tty.Close()
			if echo, _ := io.ReadAll(keys); len(echo) > 0 {
				t.Errorf("the terminal showed %q", echo)
			}
		})
	}
}
