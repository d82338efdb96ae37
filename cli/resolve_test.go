package cli

import (
	"strings"
	"testing"
)

// phraseType is letters a and b in turn, of which the last must be b.
type phraseType struct{}

func (t phraseType) Match(dev any, words []string) (n int, ok, partial bool, bad int) {
	want := "alpha"
	for i, w := range words {
		if w == "x" { // which might be either of two words
			return 0, false, false, bad
		}
		if !strings.HasPrefix(want, w) {
			return 0, false, false, bad
		}
		want = map[string]string{"alpha": "beta", "beta": "alpha"}[want]
		if i < len(words)-1 {
			bad += len(w) + 1
		}
	}
	return len(words), want == "alpha", true, bad
}

func (t phraseType) Lacks(dev any, words []string) (more, clarity bool) {
	_, ok, partial, _ := t.Match(dev, words)
	return !ok && partial, words[len(words)-1] == "x"
}

func (t phraseType) Help() []HelpEntry { return t.HelpFor(nil, nil) }

func (t phraseType) HelpFor(_ any, typed []string) []HelpEntry {
	return []HelpEntry{{Text: []string{"alpha", "beta"}[len(typed)%2], Help: "a letter"}}
}

func phraseGrammar(t *testing.T) *Grammar {
	t.Helper()
	run := func(*Call) error { return nil }
	g, err := compile([]Mode{{Name: ModeExec}, {Name: "config", Parent: ModeExec}}, []Command{
		{Modes: []string{ModeExec}, Grammar: withHelp("show letters PHRASE:letters"), Run: run},
		{Modes: []string{ModeExec}, Grammar: withHelp("show all"), Run: run},
		{Modes: []string{"config"}, Grammar: withHelp("letters <1-9>:n [ PHRASE:letters ]"), Run: run, Unset: run},
	}, map[string]TokenType{"PHRASE": phraseType{}})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestResolve(t *testing.T) {
	g := phraseGrammar(t)
	for _, test := range []struct{ mode, line, want string }{
		{ModeExec, "sh let a b", "show letters a b"},
		{ModeExec, "sh  al | inc x  y", "show all | include x  y"},
		{"config", "LET 5", "letters 5"},
		{"config", "no let 5", "no letters 5"},
		{"config", "def let 5 a b", "default letters 5 a b"},
		{"config", "do sh l a b a b", "do show letters a b a b"},
		{ModeExec, "sh let", textIncomplete},
		{ModeExec, "sh let a b a", textIncomplete},
		{ModeExec, "sh let a x", textAmbiguous("sh let a x")},
		{ModeExec, "sh let a z", textInvalid},
		{ModeExec, "nothing", textInvalid},
	} {
		got, err := g.Resolve(test.mode, test.line, nil, PrivilegedLevel)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.line, test.mode, got, test.want)
		}
	}
}

func TestPhraseHelpAndCompletion(t *testing.T) {
	g := phraseGrammar(t)
	exec, config := g.modes[ModeExec], g.modes["config"]
	for _, test := range []struct {
		m          *mode
		line, want string
	}{
		{exec, "show letters ", "  alpha  a letter\n\n"},
		{exec, "show letters a ", "  beta  a letter\n\n"},
		{exec, "show letters a b ", "  alpha  a letter\n  <cr>\n\n"},
		{exec, "show letters a b", "beta\n\n"},
		{config, "letters 5 ", "  alpha  a letter\n  <cr>\n\n"},
		{exec, "show letters a x ", textAmbiguous("show letters a x ") + "\n"},
		{exec, "show letters z ", textUnknown + "\n"},
	} {
		if got := g.help(test.m, test.line, nil, PrivilegedLevel, 80); strings.TrimSpace(got) != strings.TrimSpace(test.want) {
			t.Errorf("%s?: %q, want %q", test.line, got, test.want)
		}
	}
	for line, want := range map[string]string{
		"show letters al": "show letters alpha ", "show letters a b": "show letters a beta ",
		"show letters beta": "show letters beta", "show letters a beta": "show letters a beta ",
	} {
		if got := g.complete(exec, line, nil, PrivilegedLevel); got != want {
			t.Errorf("%s Tab: %q, want %q", line, got, want)
		}
	}
}
