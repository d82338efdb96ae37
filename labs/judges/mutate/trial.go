package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// outcome is what became of a mutant.
type outcome int

const (
	survived outcome = iota
	killed
	timedOut   // killed, by tests that came to no end
	uncompiled // the package compiles with it, its tests do not
)

// verdict is an outcome, with how it came about.
type verdict struct {
	outcome     outcome
	by          string // the first test that failed
	build, test time.Duration
	err         error // the tests could not be run
}

// memory is how many kilobytes of address space a test may take, for a fault can
// make it ask for all there is.
const memory = 8 << 20

// overlay is what the compiler reads of `-overlay`.
type overlay struct{ Replace map[string]string }

// try runs the tests with a mutant; nil is the package as it is.
func (s *subject) try(m *mutant, timeout time.Duration) (v verdict) {
	dir, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return verdict{err: err}
	}
	defer os.RemoveAll(dir)
	args := []string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-o", filepath.Join(dir, "tests")}
	if m != nil {
		name, err := s.writeOverlay(dir, m)
		if err != nil {
			return verdict{err: err}
		}
		args = append(args, "-overlay", name)
	}
	for _, j := range s.judges {
		o, by, took, err := build(args, j)
		v.build += took
		if err != nil || o != survived {
			v.outcome, v.by, v.err = o, by, err
			return v
		}
		start := time.Now()
		v.outcome, v.by, v.err = run(filepath.Join(dir, "tests"), j.dir, timeout)
		v.test += time.Since(start)
		if v.err != nil || v.outcome != survived {
			return v
		}
	}
	return v
}

// writeOverlay writes the changed file and what tells the compiler of it.
func (s *subject) writeOverlay(dir string, m *mutant) (name string, err error) {
	changed := filepath.Join(dir, m.file)
	if err := os.WriteFile(changed, m.apply(s.sources[m.file]), 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(overlay{map[string]string{filepath.Join(s.dir, m.file): changed}})
	if err != nil {
		return "", err
	}
	name = filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, text, 0o600)
}

// build makes the program of a package's tests.
func build(args []string, j judgePackage) (o outcome, complaint string, took time.Duration, err error) {
	start := time.Now()
	cmd := exec.Command("go", append(args, j.importPath)...)
	cmd.Dir = j.dir
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		o, err = uncompiled, nil
	}
	return o, string(out), time.Since(start), err
}

var failedTest = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// run runs the program of a package's tests.
func run(program, dir string, timeout time.Duration) (outcome, string, error) {
	// The test stops itself; the context is for one that cannot.
	ctx, cancel := context.WithTimeout(context.Background(), timeout+5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", `ulimit -v "$1"; shift; exec "$@"`, "sh", strconv.Itoa(memory),
		program, "-test.failfast", "-test.timeout", timeout.String())
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	exit := (*exec.ExitError)(nil)
	switch {
	case err == nil:
		return survived, "", nil
	case !errors.As(err, &exit):
		return survived, "", fmt.Errorf("%s: %w", program, err)
	case ctx.Err() != nil || panicked.Match(out):
		return timedOut, "", nil
	}
	by := "the end of its program"
	if found := failedTest.FindSubmatch(out); found != nil {
		by = string(found[1])
	}
	return killed, by, nil
}

var panicked = regexp.MustCompile(`(?m)^panic: test timed out after`)
