package main

import (
	"fmt"
	"io"
	"runtime/debug"
)

// printVersion says which ioslab this is, as far as it was built to know.
func printVersion(out io.Writer, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("version takes no argument %q", args[0])
	}
	b, ok := debug.ReadBuildInfo()
	if !ok {
		b = &debug.BuildInfo{}
	}
	fmt.Fprintln(out, versionText(b))
	return nil
}

// versionText is the version of the module, the commit and the Go that built it.
func versionText(b *debug.BuildInfo) string {
	version := b.Main.Version
	if version == "" {
		version = "(devel)"
	}
	text := "ioslab " + version
	set := map[string]string{}
	for _, s := range b.Settings {
		set[s.Key] = s.Value
	}
	if commit := set["vcs.revision"]; commit != "" {
		text += ", commit " + commit[:min(len(commit), 12)]
		if set["vcs.modified"] == "true" {
			text += " with changes"
		}
	}
	if b.GoVersion != "" {
		text += ", " + b.GoVersion
	}
	return text
}
