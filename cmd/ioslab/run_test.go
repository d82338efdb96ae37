package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/storage"
)

// typed runs ioslab with a file of lines as its standard input, and returns its
// standard output.
func typed(t *testing.T, lines string, args ...string) (output string, status int) {
	t.Helper()
	input := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(input, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(input)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(filepath.Join(t.TempDir(), "output"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	defer func(in, out *os.File) { os.Stdin, os.Stdout = in, out }(os.Stdin, os.Stdout)
	os.Stdin, os.Stdout = in, out
	status = ioslab(args)
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text), status
}

// TestTypedLines: each line of standard input is a line typed, none a key for the
// pager, and is printed whole.
func TestTypedLines(t *testing.T) {
	long := "! " + strings.Repeat("a long line ", 20) + "."
	output, status := typed(t, "enable\nshow running-config\nshow clock\n"+long+"\n!lab time", "run", "--seed", "3")
	if status != statusOK {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{"R1>enable\n", "R1#show running-config\n", "\nend\n", "R1#show clock\n*00:00:0", "R1#" + long + "\n", "R1#!lab time\n"} {
		if !strings.Contains(output, want) {
			t.Errorf("no %q in what appeared", want)
		}
	}
	if strings.Contains(output, "More") {
		t.Error("the pager waited for a key that nobody presses")
	}
}

// TestLastCommandEnds: the input's end does not break off the command under way.
func TestLastCommandEnds(t *testing.T) {
	output, _ := typed(t, "ping 12.12.12.1 repeat 3\n", "run", "--seed", "3")
	if !strings.Contains(output, "Success rate is 100 percent (3/3)") {
		t.Errorf("the ping did not end:\n%s", output)
	}
}

// TestStateIsForOneProcess: the second of two is refused, and the first keeps its files.
func TestStateIsForOneProcess(t *testing.T) {
	dir := t.TempDir()
	state, err := storage.OpenState(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, status := typed(t, "enable\nwrite memory\n", "run", "--state", dir); status != statusUsage {
		t.Errorf("the second: status %d", status)
	}
	if _, err := os.Stat(filepath.Join(dir, "R1.cfg")); err == nil {
		t.Error("the second has saved its configuration")
	}
	state.Close()
	if _, status := typed(t, "enable\nwrite memory\n", "run", "--state", dir); status != statusOK {
		t.Errorf("after the first: status %d", status)
	}
	if _, err := os.Stat(filepath.Join(dir, "R1.cfg")); err != nil {
		t.Error(err)
	}
}
