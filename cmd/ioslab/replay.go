package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/ioslab/ioslab/labs/normalise"
	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/storage"
)

// stdinName is standard input in place of a transcript's file.
const stdinName = "-"

// replayAll runs transcripts: all are read before the first one starts.
func replayAll(args []string) (int, error) {
	var c common
	f := newFlags("replay")
	c.register(f)
	var taken captures
	taken.register(f)
	check := f.Bool("check", false, "compare with the output that the file holds; print a diff and exit 1 where they differ")
	update := f.Bool("update", false, "write the real output into the file")
	mask := f.Bool("normalise", false, "print and compare with volatile values masked")
	anywhere := f.Bool("allow-paths", false, "the transcript's orders may name files outside its folder")
	files, err := parse(f, "replay [flags] FILE...", args)
	if err == nil {
		err = c.check()
	}
	switch {
	case err != nil:
		return 0, err
	case len(files) == 0:
		return 0, errors.New("replay needs a file: want ioslab replay FILE..., or - for standard input")
	case *check && *update, *update && *mask:
		return 0, errors.New("--update goes with neither --check nor --normalise")
	case *update && slices.Contains(files, stdinName):
		return 0, errors.New("--update writes into files: want one in place of -")
	}
	if len(files) > 1 && len(taken.list) > 0 {
		return 0, errors.New("--capture goes with one file, as each transcript is a lab of its own")
	}
	stdout, out, err := taken.stdout()
	if err != nil {
		return 0, err
	}
	var all []*replay.Transcript
	for _, name := range files {
		t, err := readTranscript(name)
		if err != nil {
			return 0, err
		}
		all = append(all, t)
	}
	here := storage.NewFolder("")
	status := statusOK
	for _, t := range all {
		o := replay.Options{Seed: c.seed.value, Version: c.version, Report: complain, Given: here, Stdout: stdout}
		if o.First, err = taken.orders(t.Lab); err != nil {
			return 0, err
		}
		o.Files = storage.NewWithin(filepath.Dir(t.Path))
		if *anywhere {
			o.Files = storage.NewFolder(filepath.Dir(t.Path))
		}
		result, err := t.Run(o)
		if err != nil {
			return 0, err
		}
		for _, failure := range result.Failures {
			complain(failure)
			status = statusFailed
		}
		switch {
		case *check:
			if diff := t.Diff(result, *mask); diff != "" {
				fmt.Fprint(out, diff)
				status = statusFailed
			}
		case *update:
			if err := t.Update(result, here); err != nil {
				return 0, err
			}
		case *mask:
			fmt.Fprint(out, normalise.Text(result.Text))
		default:
			fmt.Fprint(out, result.Text)
		}
	}
	return status, nil
}

// readTranscript reads a file, or standard input, beside which is the current directory.
func readTranscript(name string) (*replay.Transcript, error) {
	if name != stdinName {
		return replay.Read(storage.Host, name)
	}
	text, err := io.ReadAll(io.LimitReader(os.Stdin, maxStdin+1))
	if err == nil && len(text) > maxStdin {
		err = fmt.Errorf("more than %d MB", maxStdin>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("the transcript cannot be read from standard input: %w", err)
	}
	return replay.Parse(storage.Host, stdinName, string(text))
}

// maxStdin is how long a transcript from standard input may be, in bytes.
const maxStdin = 16 << 20
