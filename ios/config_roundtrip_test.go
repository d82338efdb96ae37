package ios

import (
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/cli"
)

// modeLines are the lines that lead into each configuration mode.
var modeLines = map[string]string{
	modeConfig:       "",
	modeInterface:    "interface FastEthernet0/0",
	modeLine:         "line vty 0 4",
	modeISAKMP:       "crypto isakmp policy 10",
	modeTransformSet: "crypto ipsec transform-set TS esp-aes esp-sha-hmac",
	modeCryptoMap:    "crypto map CMAP 10 ipsec-isakmp",
	modeNATPool:      "ip nat pool P netmask 255.255.255.0",
	modeStandardList: "ip access-list standard S",
	modeExtendedList: "ip access-list extended E",
	modeTimeRange:    "time-range T",
	modeRouteMap:     "route-map MAP permit 10",
}

// groundOf is what must be configured before an example can be.
func groundOf(mode, example string) string {
	switch {
	case mode == modeCryptoMap && strings.HasPrefix(example, "set transform-set "):
		return "crypto ipsec transform-set TS esp-aes esp-sha-hmac\n mode tunnel\n"
	case mode == modeInterface && strings.HasPrefix(example, "crypto map "):
		return "crypto map CMAP 10 ipsec-isakmp\n"
	case mode == modeInterface && strings.HasSuffix(example, " secondary"):
		return "interface FastEthernet0/0\n ip address 172.16.0.1 255.255.255.0\n"
	}
	return ""
}

// serialOnly reports whether only a serial interface takes a line.
func serialOnly(line string) bool {
	return strings.HasPrefix(line, "clock rate ") || strings.HasPrefix(line, "encapsulation ")
}

// withoutExample are rows that do something once rather than configure it.
var withoutExample = []string{
	"ip access-list resequence",
	"interface range",
	"mode tunnel", // the only mode there is
}

// printsNothing are examples of what is so by itself and cannot be otherwise.
var printsNothing = []string{"line con 0", "line vty 0 4", "encapsulation hdlc"}

// ownDefault are lines whose `default` form does something of its own: what is
// in an interface goes, and a router without a name is called Router.
var ownDefault = []string{"interface ", "hostname "}

// configRows are the rows of configuration commands that are built.
func configRows() []cli.Command {
	return slices.DeleteFunc(slices.Clone(grammarOf(DefaultVersion).Commands()), func(c cli.Command) bool {
		return slices.Contains(c.Modes, modeExec) || slices.Contains(c.Modes, modeRange) || c.Kept != ""
	})
}

func TestEveryConfigurationRowHasAnExample(t *testing.T) {
	for _, row := range configRows() {
		exempt := slices.ContainsFunc(withoutExample, func(w string) bool { return strings.HasPrefix(row.Words(), w) })
		if len(row.Examples) == 0 && !row.Hidden && !exempt {
			t.Errorf("%s has no example", row.Words())
		}
	}
}

// withLine is the running configuration after a line in a mode, with what the
// line needs; an empty line is the mode alone.
func withLine(t *testing.T, mode string, example string, lines ...string) string {
	t.Helper()
	n := loneRouter(t, groundOf(mode, example))
	text := modeLines[mode] + "\n"
	if serialOnly(example) {
		text = "interface Serial0/0\n"
	}
	for _, l := range lines {
		if mode != modeConfig {
			l = " " + l
		}
		text += l + "\n"
	}
	for _, p := range n.load(text) {
		t.Errorf("%q in %s: %s at %d", p.Text, mode, p.Message, p.Column)
	}
	return n.RunningConfig()
}

// TestEveryExample sets each example, reloads what is printed, and takes it
// back by `no` and `default`. Where `no` leads elsewhere than to what there was
// by itself, that is printed and reloaded too.
func TestEveryExample(t *testing.T) {
	for _, row := range configRows() {
		for _, mode := range row.Modes {
			changes := len(row.Examples) == 0
			for _, example := range row.Examples {
				t.Run(mode+"/"+example, func(t *testing.T) {
					changes = tryExample(t, row, mode, example) || changes || slices.Contains(printsNothing, example)
				})
			}
			if !changes {
				t.Errorf("no example of %s prints anything", row.Words())
			}
		}
	}
}

// tryExample reports whether the example, or its `no` form, prints anything.
func tryExample(t *testing.T, row cli.Command, mode, example string) (prints bool) {
	if _, known := modeLines[mode]; !known {
		t.Fatalf("this test does not know how to enter %s", mode)
	}
	no, negative := strings.CutPrefix(example, "no ")
	if !negative {
		no, _, _ = strings.Cut("no "+example, "\n") // of a banner the delimiter is enough
	}
	before := withLine(t, mode, example)
	set := withLine(t, mode, example, example)
	reloads(t, before)
	reloads(t, set)
	// A list may say the same twice, and a second key for a peer is refused.
	if !strings.Contains(example, "remark") && !strings.HasPrefix(example, "crypto isakmp key") {
		equalText(t, "set twice", withLine(t, mode, example, example, example), set)
	}
	if row.Unset == nil {
		return set != before
	}
	unset := withLine(t, mode, example, example, no)
	equalText(t, "after no and again", withLine(t, mode, example, example, no, example), set)
	if !slices.ContainsFunc(ownDefault, func(w string) bool { return strings.HasPrefix(example, w) }) {
		equalText(t, "after default", withLine(t, mode, example, example, defaultOf(example)), before)
	}
	if unset != before { // off is not what it is by itself
		reloads(t, unset)
		equalText(t, "only no", withLine(t, mode, example, no), unset)
	}
	return set != before || unset != before
}

// noStandard are the rows whose values are something else than nothing as soon as
// there is any.
var noStandard = []string{
	"address", "access-list", "banner", "crypto map", "crypto isakmp policy", "crypto isakmp key", "crypto isakmp keepalive",
	"crypto isakmp nat keepalive", "crypto ipsec transform-set", "crypto ipsec security-association idle-time",
	"clock rate", "description", "enable", "hostname", "interface", "ip access-group", "ip access-list", "ip address",
	"ip domain", "ip domain-name", "ip nat", "ip route", "ip virtual-reassembly", "line", "match", "match address", "ip local policy", "ip policy", "ip prefix-list", "route-map", "password", "permit", "deny", "remark", "set peer", "set pfs",
	"set default", "set interface", "set ip", "set transform-set", "set security-association idle-time", "transport input", "username",
	"time-range", "absolute", "periodic",
}

// Who types what is so by itself changes nothing, whatever was set before.
func TestStandardValuesAreNotPrinted(t *testing.T) {
	for _, row := range configRows() {
		if len(row.Standard) == 0 && !row.Hidden && strings.ContainsAny(row.Grammar, "<({:") {
			exempt := slices.ContainsFunc(noStandard, func(w string) bool { return row.Words() == w || strings.HasPrefix(row.Words(), w+" ") })
			if !exempt && row.Words() != "" {
				t.Errorf("%s says no standard value", row.Words())
			}
		}
		mode := row.Modes[0]
		for _, standard := range row.Standard {
			before := withLine(t, mode, standard)
			equalText(t, standard, withLine(t, mode, standard, standard), before)
			for _, example := range row.Examples {
				if sameSubject(example, standard) {
					equalText(t, standard+" after "+example, withLine(t, mode, standard, example, standard), before)
				}
			}
		}
	}
}

// sameSubject reports whether two lines of a row set the same of several values.
func sameSubject(a, b string) bool {
	for _, word := range []string{"seconds", "kilobytes", "debug", "log"} {
		if strings.Contains(a, " "+word+" ") != strings.Contains(b, " "+word+" ") {
			return false
		}
	}
	return true
}

// defaultOf is the `default` form of a line.
func defaultOf(example string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(example, "no "), "\n")
	return "default " + first
}

// reloads checks that a configuration, loaded into an empty router, is printed
// as it was.
func reloads(t *testing.T, config string) {
	t.Helper()
	n := newRig(t, map[string]string{"R1": config}).on("R1")
	equalText(t, "reloaded", n.RunningConfig(), config)
}

// A grammar does not compile where a token has no help.
func TestEveryTokenTypeHasHelp(t *testing.T) {
	for name, typ := range tokenTypes {
		if list := typ.Help(); len(list) == 0 || list[0].Text == "" {
			t.Errorf("%s does not say what may be typed", name)
		}
	}
}

// What looks like something else than it is reads back as what it is.
func TestMisleadingTextReloads(t *testing.T) {
	for _, c := range []struct {
		name, text string
		has        string // a line of the running configuration
	}{
		{"a password that begins like a type", "enable password 0 7 zz", "enable password 0 7 zz"},
		{"a password that is a type", "enable password 0 7", "enable password 0 7"},
		{"a password that begins with a nought", "enable password 0 0 x", "enable password 0 0 x"},
		{"a line's password", "line con 0\n password 0 7 zz", " password 0 7 zz"},
		{"a password with blanks", "enable password a  b c", "enable password a  b c"},
		{"a user's password", "username u password 0 7 zz", "username u password 0 7 zz"},
		{"a key that is a type", "crypto isakmp key 0 0 address 1.1.1.1", "crypto isakmp key 0 0 address 1.1.1.1"},
		{"a key that is a keyword", "crypto isakmp key address address 1.1.1.1", "crypto isakmp key address address 1.1.1.1"},
		{"a banner of configuration", "banner motd #\ninterface FastEthernet0/7\nbanner login #", "interface FastEthernet0/7"},
		{"a banner with an end", "banner motd #\nend\n!\nhostname x\n#", "hostname R1"},
		{"a description with a filter", "interface FastEthernet0/0\n description a | include b ! c", " description a | include b ! c"},
		{"a description in quotes", "interface FastEthernet0/0\n description \"a  é\"", " description \"a  é\""},
		{"a description beyond ASCII", "interface FastEthernet0/0\n description 到 分公司 – Zürich", " description 到 分公司 – Zürich"},
		{"a description that is cut", "interface FastEthernet0/0\n description " + strings.Repeat("长", 241), " description " + strings.Repeat("长", 240)},
		{"a remark that is cut", "access-list 101 remark " + strings.Repeat("流", 101), "access-list 101 remark " + strings.Repeat("流", 100)},
		{"a remark of its length", "access-list 101 remark " + strings.Repeat("é", 100), "access-list 101 remark " + strings.Repeat("é", 100)},
		{"a banner beyond ASCII", "banner motd 。欢迎\n光临。", "光临^C"},
		{"a list called end", "ip access-list extended end\n permit ip any any", "ip access-list extended end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := loneRouter(t, "")
			enter(t, n, c.text)
			config := n.RunningConfig()
			if !strings.Contains(config, c.has+"\n") {
				t.Errorf("%q is not in the configuration:\n%s", c.has, config)
			}
			reloads(t, config)
		})
	}
}

// hardwareOf does not take the text of a banner for interfaces.
func TestHardwareOfAConfiguration(t *testing.T) {
	const text = "interface FastEthernet0/0\nbanner motd ^C\ninterface FastEthernet0/1\n^C\nbanner exec xabcx\n" +
		"interface Serial0/0\nbanner login x\ninterface FastEthernet0/2 x\ninterface Loopback0\ninterface FastEthernet1/0 ! spare\n"
	var got []string
	for _, n := range hardwareOf(text) {
		got = append(got, n.String())
	}
	if want := "FastEthernet0/0 Serial0/0 FastEthernet1/0"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
