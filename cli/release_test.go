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
	if _, err := (&Language{
		Modes: lang.Modes, Releases: lang.Releases,
		Commands: []Command{{Modes: exec, Grammar: `a@4 "x"`, Run: run}},
	}).Compile("1"); err == nil {
		t.Error("a keyword is of a release that there is not")
	}
	if _, err := lang.Compile("4"); err == nil {
		t.Error("release 4 compiles")
	}
	lang.Commands[0].Since = "4"
	if _, err := lang.Compile("1"); err == nil || !strings.Contains(err.Error(), `command "always"`) {
		t.Errorf("since a release that there is not: %v", err)
	}
}

// Keywords that a later release brings do not make abbreviations ambiguous.
func TestAbbreviationsOfARelease(t *testing.T) {
	run := func(*Call) error { return nil }
	lang := Language{
		Modes:    []Mode{{Name: ModeExec}},
		Releases: []string{"1", "2"},
		Commands: []Command{
			{Modes: []string{ModeExec}, Grammar: withHelp(`hash ( md5 | sha | sha256@2 | sha384@2 )`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`set ( sha-hmac | sha256-hmac@2 | shb | null-x | null-y@2 )`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`monitor@2 capture`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`more WORD:file`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`motion`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`mend@2`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`mend`), Run: run},
			{Modes: []string{ModeExec}, Grammar: withHelp(`mess`), Run: run},
		},
	}
	for _, c := range []struct{ release, line, want string }{
		{"1", "hash s", "hash sha"},
		{"1", "hash sha", "hash sha"},
		{"1", "hash sha2", "hash sha256"},
		{"1", "hash sha256", "hash sha256"},
		{"2", "hash s", `% Ambiguous command:  "hash s"`},
		{"2", "hash sha", "hash sha"},
		{"1", "set sha", "set sha-hmac"},
		{"1", "set sh", `% Ambiguous command:  "set sh"`},
		{"1", "set sha2", "set sha256-hmac"},
		{"1", "set n", "set null-x"},
		{"1", "mon cap", "monitor capture"},
		{"1", "mo cap", `% Ambiguous command:  "mo cap"`},
		{"1", "mot", "motion"},
		{"1", "me", `% Ambiguous command:  "me"`}, // mend is in both
	} {
		g, err := lang.Compile(c.release)
		if err != nil {
			t.Fatal(err)
		}
		got, err := g.Resolve(ModeExec, c.line, nil, 1)
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q in release %s: %s, want %s", c.line, c.release, got, c.want)
		}
	}
	g, _ := lang.Compile("1")
	for line, want := range map[string]string{
		"hash s": "hash sha ", "hash sha2": "hash sha256 ", "set n": "set null-x ", "set sh": "set sh", "mon": "monitor ",
	} {
		if got := g.complete(g.modes[ModeExec], line, nil, 1); got != want {
			t.Errorf("Tab after %q: %q, want %q", line, got, want)
		}
	}
	if help := g.help(g.modes[ModeExec], "hash ", nil, 1, 80); !strings.Contains(help, "sha256  help of sha256") {
		t.Errorf("help does not show what later releases have:\n%s", help)
	}
}
