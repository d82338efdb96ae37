package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
)

// check reads labs, configurations and transcripts without starting anything, and
// lists what a router would refuse or keep without effect. What is refused makes the
// check fail.
func check(args []string) (int, error) {
	var c common
	f := newFlags("check")
	c.register(f)
	names, err := parse(f, "check [flags] LAB|FILE...", args)
	if err == nil {
		err = c.check()
	}
	switch {
	case err != nil:
		return 0, err
	case len(names) == 0:
		return 0, errors.New("check needs a lab or a file: want ioslab check LAB|FILE...")
	}
	status := statusOK
	for _, name := range names {
		found, err := c.findings(name)
		if err != nil {
			return 0, err
		}
		for _, finding := range found {
			fmt.Println(finding.What)
			if !finding.Kept {
				status = statusFailed
			}
		}
	}
	return status, nil
}

// findings reads a lab with what is beside it, a transcript, or else a configuration.
func (c *common) findings(name string) ([]labs.Finding, error) {
	switch {
	case strings.HasSuffix(name, ".ios"):
		_, err := replay.Read(storage.Host, name)
		return nil, err
	case strings.HasSuffix(name, ".yml"), !isFile(name):
		file, err := labs.Open(storage.Host, name, "")
		if err != nil {
			return nil, err
		}
		found, err := labs.CheckConfigs(file, c.version)
		if err != nil {
			return nil, err
		}
		return found, checkTranscripts(filepath.Dir(file.Path))
	}
	text, err := source.Read(storage.Host, name)
	if err != nil {
		return nil, source.Errorf(name, 0, "it cannot be read: %v", err)
	}
	return labs.CheckConfig(name, text, c.version, nil)
}

// isFile reports whether a name is that of a file, not of a folder or a bundled lab.
func isFile(name string) bool {
	info, err := fs.Stat(storage.Host, name)
	return err == nil && !info.IsDir()
}

// checkTranscripts reads the transcripts of a folder.
func checkTranscripts(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.ios"))
	for _, name := range files {
		if _, err := replay.Read(storage.Host, name); err != nil {
			return err
		}
	}
	return err
}
