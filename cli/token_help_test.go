package cli

import (
	"strings"
	"testing"
)

// helpLanguage has a command for each place that help may stand in.
func helpLanguage() *Language {
	run := func(*Call) error { return nil }
	return &Language{
		Modes: []Mode{{Name: ModeExec}, {Name: "config", Parent: ModeExec}, {Name: "if", Parent: "config"}},
		Commands: []Command{
			{Modes: []string{ModeExec}, Grammar: `show clock "Time of day"`, Run: run},
			{Modes: []string{ModeExec}, Grammar: `show ip ( arp "ARP table" | route "Routes" [ A.B.C.D:dst "To there" ] )`, Run: run},
			{Modes: []string{"config"}, Grammar: `ip mtu "Largest packet" <64-1500>:bytes "Bytes"`, No: Optional, Run: run, Unset: run},
			{Modes: []string{"if"}, Grammar: `ip "IP here" mtu "Largest packet" <64-1500>:bytes "Bytes"`, Run: run},
			{
				Modes: []string{"config"}, Grammar: `name "A name" WORD:name "The name"`,
				No: `name [ LINE:rest "Anything" ]`, Run: run, Unset: run,
			},
		},
		Prefixes: Prefixes{
			ModeExec: {"show": "Show something", "show ip": "IP information"},
			"config": {"ip": "IP of the box"},
		},
	}
}

func TestHelpOfEachToken(t *testing.T) {
	g, err := helpLanguage().Compile("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ mode, line, want string }{
		{ModeExec, "sho", "show"},
		{ModeExec, "show ", "clock  Time of day\nhistory  Lines typed before\nip  IP information"},
		{ModeExec, "show ip ", "arp  ARP table\nroute  Routes"},
		{ModeExec, "show ip route ", "A.B.C.D  To there\n|  Filter the output\n<cr>"},
		{"config", "ip ", "mtu  Largest packet"},
		{"config", "no ", "ip  IP of the box\nname  A name"},
		{"config", "no ip mtu ", "<64-1500>  Bytes\n<cr>"},
		{"config", "no name ", "LINE  Anything\n<cr>"},
		{"if", "ip ", "mtu  Largest packet"},
	} {
		got := strings.Fields(strings.ReplaceAll(g.help(g.modes[c.mode], c.line, nil, 15, 80), "\n", " / "))
		want := strings.Fields(strings.ReplaceAll(c.want, "\n", " / ") + " / /")
		if c.line == "sho" {
			want = []string{"show", "/", "/"}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %s?\n got %q\nwant %q", c.mode, c.line, got, want)
		}
	}
	if _, v := g.placeAt(group{mode: g.modes["config"]}, "ip mtu", nil, 15); v != matched {
		t.Errorf("ip mtu may not go on")
	}
	if p := g.match(g.modes["config"], nil, false, "ip mtu", nil, 15); p.verdict != incomplete {
		t.Errorf("No: Optional makes the command itself optional")
	}
}

func TestWordsOfACommand(t *testing.T) {
	for grammar, want := range map[string]string{
		`banner "A text" motd "For all" LINE:text "The text"`: "banner motd",
		`show flash: "Files"`:             "show flash:",
		`login "Ask" [ local "By name" ]`: "login",
		`<1-9>:n "A number"`:              "",
	} {
		if got := (&Command{Grammar: grammar}).Words(); got != want {
			t.Errorf("%s: %q, want %q", grammar, got, want)
		}
	}
}
