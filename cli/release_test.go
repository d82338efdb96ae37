package cli

import (
	"strings"
	"testing"
)

func TestCommandsOfARelease(t *testing.T) {
	run := func(*Call) error { return nil }
	exec := []string{ModeExec}
	lang := Language{
		Modes:    []Mode{{Name: ModeExec}},
		Releases: []string{"1", "2", "3"},
		Commands: []Command{
			{Modes: exec, Grammar: `always "In all"`, Run: run},
			{Modes: exec, Grammar: `old "In 1"`, Until: "2", Run: run},
			{Modes: exec, Grammar: `middle "In 2"`, Since: "2", Until: "3", Run: run},
			{Modes: exec, Grammar: `new "From 2 on"`, Since: "2", Run: run},
			{Modes: exec, Grammar: `latest "From 3 on"`, Since: "3", Run: run},
		},
	}
	for _, c := range []struct{ release, want string }{
		{"1", "always old"},
		{"2", "always middle new"},
		{"3", "always new latest"},
		{"", "always old"},
	} {
		g, err := lang.Compile(c.release)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range g.Commands() {
			got = append(got, row.Words())
			if _, err := g.Resolve(ModeExec, row.Words(), nil, 1); err != nil {
				t.Errorf("release %q: %v", c.release, err)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("release %q has %q, want %q", c.release, got, c.want)
		}
	}
	if _, err := lang.Compile("4"); err == nil {
		t.Error("release 4 compiles")
	}
	lang.Commands[0].Since = "4"
	if _, err := lang.Compile("1"); err == nil || !strings.Contains(err.Error(), `command "always"`) {
		t.Errorf("since a release that there is not: %v", err)
	}
}
