package main

import (
	"errors"
	"fmt"

	"github.com/ioslab/ioslab/labs/normalise"
	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/storage"
)

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
	files, err := parse(f, "replay [flags] FILE...", args)
	if err == nil {
		err = c.check()
	}
	switch {
	case err != nil:
		return 0, err
	case len(files) == 0:
		return 0, errors.New("replay needs a file: want ioslab replay FILE...")
	case *check && *update, *update && *mask:
		return 0, errors.New("--update goes with neither --check nor --normalise")
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
		t, err := replay.Read(storage.Host, name)
		if err != nil {
			return 0, err
		}
		all = append(all, t)
	}
	here := storage.NewFolder("")
	status := statusOK
	for _, t := range all {
		first, err := taken.orders(t.Lab)
		if err != nil {
			return 0, err
		}
		result, err := t.Run(replay.Options{Seed: c.seed.value, Version: c.version, Report: complain, First: first, Stdout: stdout, Files: here})
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
