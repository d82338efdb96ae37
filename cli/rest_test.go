package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/loop"
)

// restGrammar has a router of which nothing is built: its lines and those of a family
// within are kept, but for those that are whole commands of configuration.
func restGrammar(t testing.TB, kept *[]string) *Grammar {
	take := func(c *Call) error {
		*kept = append(*kept, c.Session.Mode()+": "+strings.TrimSpace(c.Line))
		return nil
	}
	stays := func(l RestLine) bool { return l.Word == "neighbor" || !l.Head && !l.Whole && !l.Outdented }
	note := func(name string) func(*Call) error {
		return func(c *Call) error {
			*kept = append(*kept, c.Session.Mode()+"/"+name+": "+c.Spelled())
			return nil
		}
	}
	enter := func(mode string) func(*Call) error {
		return func(c *Call) error { c.Enter(mode, nil); return nil }
	}
	rest := &Rest{Take: take, Stays: stays, Help: "Kept"}
	g, err := (&Language{
		Modes: []Mode{
			{Name: ModeExec}, {Name: "config", Prompt: "(config)", Parent: ModeExec},
			{Name: "if", Prompt: "(config-if)", Parent: "config"},
			{Name: "router", Prompt: "(config-router)", Parent: "config", Rest: rest},
			{Name: "af", Prompt: "(config-router-af)", Parent: "router", Rest: rest},
		},
		Commands: []Command{
			{Modes: []string{ModeExec}, Grammar: `configure "Configure"`, Run: enter("config")},
			{Modes: []string{"config"}, Grammar: `interface "I" e0 "E"`, Header: true, Run: enter("if")},
			{Modes: []string{"config"}, Grammar: `router "R" ospf "O" <1-9>:id "N"`, Header: true, Run: enter("router")},
			{Modes: []string{"config"}, Grammar: `hostname "H" WORD:name "N"`, Run: note("built")},
			{Modes: []string{"config"}, Grammar: `spanning-tree mode LINE:rest`, Kept: "Kept", Run: note("kept")},
			{Modes: []string{"if"}, Grammar: `spanning-tree LINE:rest`, Kept: "Kept", Run: note("kept")},
			{Modes: []string{"if"}, Grammar: `set "S" route "R" name "N"`, Run: note("built")},
			{Modes: []string{"config"}, Grammar: `set "S" router "R" WORD:name "N" on "O"`, Header: true, Run: enter("router")},
			{Modes: []string{"if"}, Grammar: `shutdown "S"`, Run: note("built")},
			{Modes: []string{"if"}, Grammar: `exec-timeout "T" <0-9>:n "N"`, Run: note("built")},
			{Modes: []string{"if"}, Grammar: `exec`, Kept: "Kept", Run: note("kept")},
			{Modes: []string{"router"}, Grammar: `address-family WORD:name`, Kept: "Kept", Header: true, Run: enter("af")},
		},
	}).Compile("")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestWhereALineGoes types lines and tells where each has gone and what the prompt is
// at the end.
func TestWhereALineGoes(t *testing.T) {
	for _, c := range []struct{ name, typed, kept, mode string }{
		{"lines of a section", "router ospf 1/network 1/log x/no y z", "router: network 1/router: log x/router: no y z", "router"},
		{"a whole command leaves", "router ospf 1/hostname X/network 1", "config/built: hostname X", "config"},
		{"whose first word is abbreviated", "router ospf 1/host X", "config/built: hostname X", "config"},
		{"a head of configuration is no line", "router ospf 1/interface e9/network 1", "", "config"},
		{"a kept line is no abbreviation", "router ospf 1/span mode x", "router: span mode x", "router"},
		{"a section within", "router ospf 1/address-family v4/neighbor 1/exit/neighbor 2", "af: neighbor 1/router: neighbor 2", "router"},
		{"by indentation", "router ospf 1/ address-family v4/  x/ y/ address-family v6/  z", "af: x/router: y/af: z", "af"},
		{"by hand", "router ospf 1/address-family v4/  x/neighbor y", "af: x/af: neighbor y", "af"},
		{"not indented, and unknown", "router ospf 1/ x/zebra/ y", "router: x", "router"},
		{"in full before an abbreviation", "interface e0/exec/exec 5/spanning-tree cost 1", "if/kept: exec/if/built: exec-timeout 5/if/kept: spanning-tree cost 1", "if"},
		{"what says more", "interface e0/spanning-tree mode x", "config/kept: spanning-tree mode x", "config"},
		{"below its mode", "interface e0/ shutdown/spanning-tree mode x", "if/built: shutdown/config/kept: spanning-tree mode x", "config"},
		{"under a refused header", "interface e0/router foo/ shutdown/ exit/interface e0/shutdown", "if/built: shutdown", "if"},
		{"and not indented", "interface e0/router foo/shutdown/exit/hostname X", "config/built: hostname X", "config"},
		{"nor abbreviated", "interface e0/router foo/host X/hostname Y", "config/built: hostname Y", "config"},
		{"under what nobody knows", "interface e0/zebra/ shutdown/shutdown", "if/built: shutdown", "if"},
		{"after a slip", "interface e0/shutdwn/shutdown", "if/built: shutdown", "if"},
		{"a header that is cut short", "interface e0/router/shutdown", "", "config"},
		{"a slip behind words of the mode", "interface e0/set route nmae x/shutdown", "if/built: shutdown", "if"},
		{"a header that names nothing", "interface e0/set router/shutdown", "if/built: shutdown", "if"},
		{"another header with a slip", "interface e0/set router x off/shutdown", "", "config"},
		{"exit without a section", "router foo/exit", "", ModeExec},
	} {
		t.Run(c.name, func(t *testing.T) {
			var kept []string
			g := restGrammar(t, &kept)
			s := NewSession(g, &fakeDevice{host: "R1"}, loop.New(), Options{Script: &transcript{}, Privilege: PrivilegedLevel})
			s.TypeLine("configure")
			for _, line := range strings.Split(c.typed, "/") {
				s.TypeLine(line)
			}
			if got := strings.Join(kept, "/"); got != c.kept || s.Mode() != c.mode {
				t.Errorf("kept %q in %s, want %q in %s", got, s.Mode(), c.kept, c.mode)
			}
		})
	}
}

// TestHelpOfARest lists the rows of the mode and the lines that it takes.
func TestHelpOfARest(t *testing.T) {
	var kept []string
	g := restGrammar(t, &kept)
	var words []string
	for line := range strings.Lines(g.help(g.modes["router"], "", nil, 15, 80)) {
		if f := strings.Fields(line); len(f) > 0 {
			words = append(words, f[0])
		}
	}
	if want := []string{"LINE", "default", "do", "end", "exit", "help", "no"}; !slices.Equal(words, want) {
		t.Errorf("got %q", words)
	}
	if got := g.help(g.modes["router"], "address-family ", nil, 15, 80); !strings.Contains(got, "WORD") {
		t.Errorf("of a Kept row: %q", got)
	}
	if got := g.help(g.modes["router"], "network ", nil, 15, 80); !strings.Contains(got, "<cr>") {
		t.Errorf("of a line: %q", got)
	}
}
