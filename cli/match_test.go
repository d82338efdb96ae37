package cli

import (
	"fmt"
	"math/rand"
	"slices"
	"sort"
	"strings"
	"testing"
)

func TestCaret(t *testing.T) {
	g := testGrammar(t)
	for _, c := range []struct{ mode, line, caret string }{
		{"exec", "sh ip routte", "          ^"},
		{"config", "no cdp transmit", "        ^"},
		{"config", "run lldp", " ^"},
		{"config", "hostnane R1", "      ^"},
		{"exec", "show ip route 109.169.23.78/32", "                           ^"},
		{"config", "logging 0255.255.1", "        ^"},
		{"config", "logging 300.1.1.1", "          ^"},
		{"config", "logging 9", "        ^"},
		{"config", "logging 5x", "         ^"},
		{"exec", "show ip interface brief now", "                        ^"},
		{"exec", "zebra", "^"},
		{"exec", "show zebra", "     ^"},
		{"exec", "  show   zebra", "         ^"},
		{"if", "ip adress 1.1.1.1 255.0.0.0", "     ^"},
		{"if", "ip address 1.1.1.1 255.0.255.0", "                   ^"},
		{"if", "ip address 1.1.1.x 255.0.255.0", "                 ^"},
		{"if", "router ospf 70000", "            ^"},
		{"config", "interface e0/0 x", "               ^"},
		{"config", "interface ethernat 0", "                ^"},
		{"config", "interface e 0/x", "              ^"},
		{"exec", "show running-config |i x", "                     ^"},
		{"exec", "show running-config | x", "                      ^"},
		{"config", "do show zebra", "        ^"},
		{"isakmp", "group 3", "      ^"},
	} {
		p := g.match(g.modes[c.mode], nil, false, c.line, &fakeDevice{}, PrivilegedLevel)
		if p.verdict != invalid {
			t.Errorf("%s: %q: verdict %d", c.mode, c.line, p.verdict)
			continue
		}
		if got := strings.Repeat(" ", max(0, p.column)) + "^"; got != c.caret {
			t.Errorf("%s: caret\n%s\n%s got\n%s want", c.mode, c.line, got, c.caret)
		}
	}
}

func TestVerdicts(t *testing.T) {
	g := testGrammar(t)
	for _, c := range []struct {
		mode, line string
		level      int
		want       string
	}{
		{"exec", "show", 15, "incomplete"},
		{"exec", "sh ip", 15, "incomplete"},
		{"exec", "sh i", 15, "ambiguous"},
		{"exec", "sh i brief", 15, "ambiguous"},
		{"exec", "co", 15, "ambiguous"},
		{"exec", "conf", 15, "incomplete"},
		{"exec", "conf t", 15, "configure terminal"},
		{"exec", "conf t", 1, "invalid"},
		{"exec", "e", 1, "ambiguous"},
		{"exec", "en", 1, "enable"},
		{"exec", "d", 15, "disable"},
		{"exec", "d", 1, "invalid"},
		{"exec", "SH IP INT", 15, "show ip interface"},
		{"exec", "sh ip int br", 15, "show ip interface brief"},
		{"exec", "sh ru int e0", 15, "show running-config interface if=e0"},
		{"exec", "sh ru int e 0", 15, "show running-config interface if=e 0"},
		{"exec", "sh ru int e", 15, "incomplete"},
		{"exec", "sh ru | i a  b ", 15, "show running-config | include regexp=a  b "},
		{"exec", "sh ru | i", 15, "incomplete"},
		{"exec", "sh ru |", 15, "incomplete"},
		{"exec", "sh ru | sec ^interface|^router", 15, "show running-config | section regexp=^interface|^router"},
		{"exec", "ping ip", 15, "ping ip"},
		{"exec", "ping i", 15, "ping ip"},
		{"exec", "ping host", 15, "ping host=host"},
		{"exec", "ping 1.1.1.1 size 100 source lo0 repeat 5", 15, "ping host=1.1.1.1 size size=100 source if=lo0 repeat repeat=5"},
		{"exec", "ping 1.1.1.1 source 2.2.2.2", 15, "ping host=1.1.1.1 source addr=2.2.2.2"},
		{"exec", "ping 1.1.1.1 size 100 size 200", 15, "invalid"},
		{"exec", "ping 1.1.1.1 si", 15, "incomplete"},
		{"exec", "ping 1.1.1.1 s 100", 15, "ambiguous"},
		{"config", "crypto isakmp key 0 secret address 1.1.1.1", 15, "crypto isakmp key 0 key=secret address addr=1.1.1.1"},
		{"config", "crypto isakmp key secret address 1.1.1.1 255.255.255.0", 15, "crypto isakmp key key=secret address addr=1.1.1.1 mask=255.255.255.0"},
		{"config", "no crypto isakmp pol 5", 15, "no crypto isakmp policy n=5"},
		{"config", "no", 15, "incomplete"},
		{"config", "n host", 15, "no hostname"},
		{"config", "default host", 15, "default hostname"},
		{"config", "do sh ip int", 15, "do show ip interface"},
		{"config", "do", 15, "incomplete"},
		{"config", "show ip interface", 15, "invalid"},
		{"config", "banner motd #  two  blanks#", 15, "banner motd text=#  two  blanks#"},
		{"if", "cry isa pol 1", 15, "crypto isakmp policy n=1"},
		{"if", "no sh", 15, "no shutdown"},
		{"if", "ip address 1.1.1.1", 15, "incomplete"},
		{"if", "ip a", 15, "ambiguous"},
		{"if", "ip access-group 101 in", 15, "ip access-group list=101 in"},
		{"if", "ip access-group 201 in", 15, "ip access-group list=201 in"},
		{"isakmp", "group 1", 15, "group 1"},
		{"isakmp", "no group", 15, "no group"},

		// An exclamation mark at the start of a word begins a remark.
		{"exec", "conf t ! now", 15, "configure terminal"},
		{"exec", "sh ru int e0 !", 15, "show running-config interface if=e0"},
		{"exec", "sh ru int e 0 !x", 15, "show running-config interface if=e 0"},
		{"exec", "sh ru ! | i a", 15, "show running-config"},
		{"exec", "sh ru | i ! a", 15, "show running-config | include regexp=! a"},
		{"exec", "sh !", 15, "incomplete"},
		{"exec", "ping h ! size 100", 15, "ping host=h"},
		{"exec", "ping h size ! 100", 15, "incomplete"},
		{"exec", "ping a!b", 15, "ping host=a!b"},
		{"config", "do sh ip int !x ! y", 15, "do show ip interface"},
		{"config", "no host ! it goes", 15, "no hostname"},
		{"config", "banner motd # a ! b #", 15, "banner motd text=# a ! b #"},
		{"config", "banner motd !a!", 15, "banner motd text=!a!"},
		{"config", "crypto isakmp key !s!t address 1.1.1.1 !!", 15, "crypto isakmp key key=!s!t address addr=1.1.1.1"},
		{"isakmp", "group 1!", 15, "invalid"},
		{"isakmp", "group 1 !the first", 15, "group 1"},
		{"isakmp", "cry isa pol 1 ! x", 15, "crypto isakmp policy n=1"},
	} {
		p := g.match(g.modes[c.mode], nil, false, c.line, &fakeDevice{}, c.level)
		if got := describe(p); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.mode, c.line, got, c.want)
		}
	}
}

func describe(p parse) string {
	if p.verdict != matched {
		return [...]string{"invalid", "ambiguous", "incomplete"}[p.verdict]
	}
	var words []string
	if p.do {
		words = append(words, "do")
	}
	switch p.form.kind {
	case formNo:
		words = append(words, "no")
	case formDefault:
		words = append(words, "default")
	}
	for _, b := range append(append([]binding(nil), p.bound...), p.filter...) {
		if b.tok.keyword() {
			words = append(words, b.tok.text)
		} else {
			words = append(words, b.tok.name+"="+b.text)
		}
	}
	return strings.Join(words, " ")
}

// TestNamesOfTheFormMeant: where two commands begin alike, each handler sees
// the names of its own row.
func TestNamesOfTheFormMeant(t *testing.T) {
	rows := []Command{
		row("exec", "set WORD:first one", nil),
		row("exec", "set WORD:second two [ WORD:third ]", nil),
	}
	for i := range rows {
		rows[i].Run = func(*Call) error { return nil }
	}
	g, err := compile([]Mode{{Name: "exec"}}, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"set x one":   "set first=x one",
		"set x two":   "set second=x two",
		"set x two y": "set second=x two third=y",
	} {
		if got := describe(g.match(g.modes["exec"], nil, false, line, nil, 1)); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}

// TestAgainstSlowModel compares abbreviation with the plain definition, over
// all short lines of a grammar of keywords.
func TestAgainstSlowModel(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for round := range 200 {
		lines := randomKeywordLines(rng)
		var rows []Command
		for _, l := range lines {
			r := row("exec", strings.Join(l, " "), func(*Call) error { return nil })
			rows = append(rows, r)
		}
		g, err := compile([]Mode{{Name: "exec"}}, rows, nil)
		if err != nil {
			t.Fatal(err)
		}
		// The built-in rows are part of the grammar too.
		for _, b := range builtins([]Mode{{Name: "exec"}}) {
			if !b.Hidden && slices.Contains(b.Modes, "exec") && !strings.ContainsAny(b.Grammar, "<[(") {
				lines = append(lines, strings.Fields(b.Words()))
			}
		}
		for range 200 {
			typed := randomAbbreviation(rng, lines)
			if skipped(typed[0]) {
				continue
			}
			want, wantColumn := slowMatch(lines, typed)
			line := strings.Join(typed, " ")
			p := g.match(g.modes["exec"], nil, false, line, nil, 1)
			got := describe(p)
			if got != want || want == "invalid" && p.column != wantColumn {
				t.Fatalf("round %d: %q of %q: %s at %d, want %s at %d", round, line, lines, got, p.column, want, wantColumn)
			}
		}
	}
}

// skipped leaves out what the model does not know: hidden and optional parts.
func skipped(word string) bool {
	return strings.HasPrefix("terminal", word) || strings.HasPrefix("quit", word) || strings.HasPrefix("show", word)
}

func randomKeywordLines(rng *rand.Rand) [][]string {
	words := []string{"a", "ab", "abc", "abd", "b", "ba", "bc", "c-d", "c-e"}
	var lines [][]string
	for range 1 + rng.Intn(8) {
		var l []string
		for range 1 + rng.Intn(3) {
			l = append(l, words[rng.Intn(len(words))])
		}
		lines = append(lines, l)
	}
	return lines
}

func randomAbbreviation(rng *rand.Rand, lines [][]string) []string {
	l := lines[rng.Intn(len(lines))]
	l = append([]string(nil), l[:1+rng.Intn(len(l))]...)
	for i := range l {
		l[i] = l[i][:1+rng.Intn(len(l[i]))]
		if rng.Intn(6) == 0 {
			l[i] += string(rune('a' + rng.Intn(4)))
		}
	}
	if rng.Intn(5) == 0 {
		l = append(l, "a")
	}
	return l
}

// slowMatch is what abbreviation means: at each word, the commands whose
// keyword is the word, or else, if they all have the same, begins with it.
func slowMatch(lines [][]string, typed []string) (string, int) {
	left := lines
	offset := 0
	var full []string
	for i, word := range typed {
		exact, prefix := map[string]bool{}, map[string]bool{}
		shared := 0
		for _, l := range left {
			if len(l) <= i {
				continue
			}
			shared = max(shared, sharedPrefix(word, l[i]))
			if l[i] == word {
				exact[word] = true
			}
			if strings.HasPrefix(l[i], word) {
				prefix[l[i]] = true
			}
		}
		if len(exact) > 0 {
			prefix = exact
		}
		switch len(prefix) {
		case 0:
			return "invalid", offset + shared
		case 1:
		default:
			return "ambiguous", 0
		}
		var next [][]string
		for _, l := range left {
			if len(l) > i && prefix[l[i]] {
				next = append(next, l)
				if len(full) == i {
					full = append(full, l[i])
				}
			}
		}
		left = next
		offset += len(word) + 1
	}
	for _, l := range left {
		if len(l) == len(typed) {
			return strings.Join(full, " "), 0
		}
	}
	return "incomplete", 0
}

// TestAnyOrderAgainstPermutations: { } takes each part once, in any order.
func TestAnyOrderAgainstPermutations(t *testing.T) {
	parts := []string{"a", "b WORD:x", "( c | d [ e ] )"}
	r := row("exec", "go { "+strings.Join(parts, " | ")+" } [ end ]", func(*Call) error { return nil })
	g, err := compile([]Mode{{Name: "exec"}}, []Command{r}, nil)
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]bool{}
	samples := [][]string{{"a"}, {"b 1"}, {"c", "d", "d e"}}
	var build func(line string, used [3]bool)
	build = func(line string, used [3]bool) {
		good[line], good[line+" end"] = true, true
		for i := range samples {
			if used[i] {
				continue
			}
			next := used
			next[i] = true
			for _, s := range samples[i] {
				build(line+" "+s, next)
			}
		}
	}
	build("go", [3]bool{})
	words := []string{"a", "b 1", "c", "d", "d e", "end"}
	var lines []string
	for l := range good {
		lines = append(lines, l)
		for _, w := range words {
			lines = append(lines, l+" "+w)
		}
	}
	sort.Strings(lines)
	for _, line := range lines {
		p := g.match(g.modes["exec"], nil, false, line, nil, 1)
		if (p.verdict == matched) != good[line] {
			t.Errorf("%q: %s", line, describe(p))
		}
	}
}

func TestCompileErrors(t *testing.T) {
	run := func(*Call) error { return nil }
	for _, c := range []struct{ mode, grammar, no, want string }{
		{"exec", `a "one" b`, "", `no help for "b"`},
		{"exec", `a "one" "two"`, "", `help "two" follows no token`},
		{"exec", `"one" a`, "", `help "one" follows no token`},
		{"exec", `a "one`, "", `the quote of "one" is not closed`},
		{"nowhere", `a "one"`, "", "unknown mode"},
		{"exec", `a "one" ( b "two"`, "", "not closed"},
		{"exec", `a "one" )`, "", "unexpected"},
		{"exec", `a "one" ( b "two" | )`, "", "empty alternative"},
		{"exec", "", "", "empty grammar"},
		{"exec", `a "one" WORD "two"`, "", "WORD has no name"},
		{"exec", `a "one" <9-1>:x "two"`, "", "no range"},
		{"exec", `a "one" THING:x "two"`, "", "neither a type nor a keyword"},
		{"exec", `a "one"`, "a WORD:x", `no help for "WORD:x"`},
	} {
		cmd := Command{Modes: []string{c.mode}, Grammar: c.grammar, No: c.no, Run: run, Unset: run}
		_, err := compile([]Mode{{Name: "exec"}}, []Command{cmd}, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.grammar, err, c.want)
		}
	}
	for _, modes := range [][]Mode{
		{{Name: "config"}},
		{{Name: "exec"}, {Name: "exec"}},
		{{Name: "exec"}, {Name: "a", Parent: "b"}},
		{{Name: "exec"}, {Name: "a", Parent: "b"}, {Name: "b", Parent: "a"}},
	} {
		if _, err := compile(modes, nil, nil); err == nil {
			t.Errorf("modes %v: no error", modes)
		}
	}
}

func FuzzGrammar(f *testing.F) {
	for _, r := range testRows() {
		f.Add(r.Grammar)
	}
	f.Add("a [ b { c | d X:x ] }")
	f.Add(`\| \`)
	f.Add(strings.Repeat("(", 100))
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseGrammar(text, nil)
		if err != nil {
			return
		}
		if len(s.tokens) > 200 {
			return
		}
		form := s.form(&Command{}, formSet, nil)
		if len(form.follow) != len(s.tokens) {
			t.Fatalf("%d follow sets for %d tokens", len(form.follow), len(s.tokens))
		}
		for _, edges := range append(form.follow, form.first) {
			for _, e := range edges {
				if e.to < 0 || e.to >= len(s.tokens) {
					t.Fatalf("edge to %d of %d", e.to, len(s.tokens))
				}
			}
		}
	})
}

func FuzzMatch(f *testing.F) {
	g := testGrammar(f)
	for _, l := range []string{"sh ip int br", "ping 1.1.1.1 size 36 source lo 0", "no int e0", "do sh ru | i x", "banner motd ^C x ^C", "int e", "crypto isakmp key 0 a address 1.1.1.1 255.0.0.0"} {
		f.Add(l, 15)
	}
	f.Fuzz(func(t *testing.T, line string, level int) {
		for _, name := range []string{"exec", "config", "if", "isakmp"} {
			md := g.modes[name]
			p := g.match(md, nil, false, line, &fakeDevice{}, level)
			switch p.verdict {
			case matched:
				if p.form == nil || p.form.cmd.Privilege > level {
					t.Fatalf("%q: matched %+v", line, p)
				}
				for i, b := range p.bound {
					if !strings.HasPrefix(line[b.offset:], b.words[0]) {
						t.Fatalf("%q: binding %d is not at its place", line, i)
					}
				}
			case invalid:
				if len(split(line)) > 0 && (p.column < 0 || p.column > len(line)) {
					t.Fatalf("%q: caret at %d", line, p.column)
				}
			}
			help := g.help(md, line, &fakeDevice{}, level, 80)
			if !strings.HasSuffix(help, "\n") {
				t.Fatalf("%q: help %q", line, help)
			}
			whole := g.complete(md, line, &fakeDevice{}, level)
			before, _ := lastWord(line)
			if !strings.HasPrefix(whole, before) {
				t.Fatalf("%q completed to %q", line, whole)
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	var rows []Command
	for i := range 300 {
		rows = append(rows, row("config", fmt.Sprintf("feature%03d option ( one | two WORD:x ) [ <1-10>:n ]", i), func(*Call) error { return nil }))
	}
	g, err := compile(testModes, append(rows, testRows()...), map[string]TokenType{"INTERFACE": interfaceType{}})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if g.match(g.modes["if"], nil, false, "cry isa key 0 secret address 10.0.0.1", &fakeDevice{}, 15).verdict != matched {
			b.Fatal("no match")
		}
	}
}
