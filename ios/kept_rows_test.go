package ios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/kept"
)

// samples are what may be typed for the variables of the rows that are kept.
var samples = map[string]string{
	"WORD": "X1", "LINE": "some words 7", "A.B.C.D": "192.0.2.9", "MASK": "255.255.255.0", "SLASH": "/24", "H.H.H": "0123.4567.89ab",
	"LINES": "1", "VLANS": "10,20", "AS": "65001", "TRANSFORMS": "esp-gcm 256", "LATERGROUP": "group19",
	"KEPTINTERFACE": "Tunnel7", "INTERFACE": "FastEthernet0/0",
}

var rangeForm = regexp.MustCompile(`^<(\d+)-`)

// linesOf writes lines that a grammar takes: one for each alternative of its
// brackets, the optional parts once in and once out.
func linesOf(t *testing.T, grammar string) []string {
	t.Helper()
	words := strings.Fields(regexp.MustCompile(`([(){}\[\]|])`).ReplaceAllString(grammar, " $1 "))
	var alternatives func() []string
	at := 0
	sequence := func() []string {
		lines := []string{""}
		for at < len(words) && !strings.Contains(")]}|", words[at]) {
			w := words[at]
			at++
			var parts []string
			switch w {
			case "(", "[", "{":
				parts = alternatives()
				if w != "(" {
					parts = []string{"", parts[0]}
				}
			default:
				if typ, _, variable := strings.Cut(w, ":"); variable {
					w = samples[typ]
					if m := rangeForm.FindStringSubmatch(typ); m != nil {
						w = m[1]
					}
					if w == "" {
						t.Fatalf("no sample of %s in %s", typ, grammar)
					}
				}
				parts = []string{w}
			}
			var longer []string
			for i, p := range parts {
				for j, l := range lines {
					if i == 0 || j == 0 { // each once is enough
						longer = append(longer, strings.TrimSpace(l+" "+p))
					}
				}
			}
			lines = longer
		}
		return lines
	}
	alternatives = func() []string {
		var all []string
		for {
			all = append(all, sequence()...)
			closing := words[at]
			at++
			if closing != "|" {
				return all
			}
		}
	}
	return sequence()
}

// TestEveryKeptLineIsShownAndTakenBack types each line of the tables in its mode.
func TestEveryKeptLineIsShownAndTakenBack(t *testing.T) {
	for _, table := range []struct {
		name, enter, leave string
		rows               []kept.Row
	}{
		{"configuration", "", "", kept.Lines},
		{"interface", "interface FastEthernet0/0", "", kept.InterfaceLines},
		{"kept interface", "interface Tunnel3", "", slices.Concat(kept.InterfaceLines, kept.KeptInterfaceLines)},
		{"crypto map entry", "crypto map M 10 ipsec-isakmp", "", kept.MapLines},
		{"policy", "crypto isakmp policy 10", "", kept.PolicyLines},
		{"transform set", "crypto ipsec transform-set T esp-aes", "", kept.TransformLines},
		{"line", "line vty 0 4", "", kept.LineLines},
	} {
		t.Run(table.name, func(t *testing.T) {
			n := loneRouter(t, "")
			n.do("configure terminal", table.enter)
			inside := n.Console().Prompt()
			before := n.RunningConfig()
			for _, row := range table.rows {
				for _, line := range linesOf(t, row.Grammar) {
					n.do(line)
					if got := n.Console().Prompt(); got != inside {
						t.Fatalf("%q leaves its mode for %s:\n%s", line, got, n.screen)
					}
					if !shows(n.RunningConfig(), line) {
						t.Fatalf("%q is not shown:\n%s", line, n.RunningConfig())
					}
					n.do("no " + line)
					if shows(n.RunningConfig(), line) {
						t.Errorf("no %s takes nothing back", line)
					}
					n.do("default " + line)
					equalText(t, "after default "+line, n.RunningConfig(), before)
					if t.Failed() {
						return
					}
				}
			}
		})
	}
}

// shows reports whether a configuration has a line.
func shows(config, line string) bool {
	for l := range strings.Lines(config) {
		if strings.TrimSpace(l) == line {
			return true
		}
	}
	return false
}

// TestEveryKeptHeaderOpensItsMode types each header of the tables, with a line below
// it and those of the headers within.
func TestEveryKeptHeaderOpensItsMode(t *testing.T) {
	parents := map[string]*kept.Mode{}
	for i := range kept.Modes {
		parents[kept.Modes[i].Key] = &kept.Modes[i]
	}
	headers := slices.Clone(kept.Headers)
	headers = append(headers, kept.Header{Mode: "config-if kept", Grammar: "interface KEPTINTERFACE:name"},
		kept.Header{Mode: "config-subif", Grammar: "interface ATM2/0.7"})
	opened := map[string]string{} // a header of each mode
	for round := 0; len(headers) > 0; round++ {
		for _, h := range headers {
			for _, line := range linesOf(t, h.Grammar) {
				n := loneRouter(t, "")
				before := n.RunningConfig()
				n.do("configure terminal")
				if within := parents[h.Mode].Parent; within != "" {
					n.do(strings.Split(opened[within], "\n")...)
				}
				n.do(line)
				if got, want := n.Console().Prompt(), "R1"+parents[h.Mode].Prompt()+"#"; got != want {
					t.Fatalf("%q: prompt %s, want %s\n%s", line, got, want, n.screen)
				}
				if opened[h.Mode] == "" {
					opened[h.Mode] = strings.TrimPrefix(opened[parents[h.Mode].Parent]+"\n"+line, "\n")
				}
				n.do("frobnicate 10.0.0.1 255.0.0.0")
				if parents[h.Mode].Parent == "" {
					n.do("shutdown", "ip address 9.9.9.9 255.0.0.0")
				}
				config := n.RunningConfig()
				if !shows(config, line) || !shows(config, "frobnicate 10.0.0.1 255.0.0.0") {
					t.Fatalf("%q is not shown with its lines:\n%s", line, config)
				}
				reloads(t, config)
				n.do("exit")
				top, _, _ := strings.Cut(opened[h.Mode], "\n")
				if within := parents[h.Mode].Parent; within == "" {
					top = line
				} else {
					for range depth(parents, h.Mode) {
						n.do("exit")
					}
				}
				if got := n.Console().Prompt(); got != "R1(config)#" {
					t.Fatalf("%q: exit leads to %s", line, got)
				}
				n.do("no " + top)
				equalText(t, "after no "+top, n.RunningConfig(), before)
				if t.Failed() {
					return
				}
			}
		}
		headers = nil
		if round == 0 {
			headers = slices.Clone(kept.NestedHeaders)
			slices.SortStableFunc(headers, func(a, b kept.Header) int { return depth(parents, a.Mode) - depth(parents, b.Mode) })
		}
	}
}

// depth is how many modes a mode is within.
func depth(modes map[string]*kept.Mode, key string) int {
	n := 0
	for m := modes[key]; m.Parent != ""; m = modes[m.Parent] {
		n++
	}
	return n
}
