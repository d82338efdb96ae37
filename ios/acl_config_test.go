package ios

import (
	"strings"
	"testing"
)

// listsOf are the lines of a running configuration about access lists.
func listsOf(l *rigNode) string {
	var out []string
	inside := false
	for _, line := range strings.Split(l.RunningConfig(), "\n") {
		if !strings.HasPrefix(line, " ") {
			inside = strings.HasPrefix(line, "ip access-list ")
		}
		if inside || strings.HasPrefix(line, "access-list ") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestAccessListConfiguration(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines string
		want  string
	}{
		{"numbers in order", "access-list 101 permit ip any any\naccess-list 1 permit 10.1.1.1\naccess-list 1300 deny any log",
			"access-list 1 permit 10.1.1.1\naccess-list 101 permit ip any any\naccess-list 1300 deny   any log"},
		{"do not care", "access-list 90 permit 10.0.0.0 255.0.0.0", "access-list 90 permit 0.0.0.0 255.0.0.0"},
		{"remark keeps its blanks", "access-list 5 remark two  blanks ", "access-list 5 remark two  blanks"},
		{"empty remark", "access-list 5 remark", "access-list 5 remark"},
		{"long remark", "access-list 5 remark " + strings.Repeat("x", 120), "access-list 5 remark " + strings.Repeat("x", 100)},
		{"twice", "access-list 5 permit any\naccess-list 5 permit any", "access-list 5 permit any"},
		{"no removes all of a numbered list", "access-list 5 permit 10.1.1.1\naccess-list 5 permit any\nno access-list 5 permit any", ""},
		{"named", "ip access-list standard NAT\n permit 10.1.1.0 0.0.0.255\n deny any\nip access-list extended VPN\n permit ip host 10.1.1.1 any log",
			"ip access-list standard NAT\n permit 10.1.1.0 0.0.0.255\n deny   any\nip access-list extended VPN\n permit ip host 10.1.1.1 any log"},
		{"named without entries", "ip access-list extended X", "ip access-list extended X"},
		{"named removed", "ip access-list extended X\n permit ip any any\nno ip access-list extended X", ""},
		{"number by name", "access-list 150 permit tcp any any\nip access-list extended 150\n 5 deny udp any any",
			"access-list 150 deny   udp any any\naccess-list 150 permit tcp any any"},
		{"no by number", "ip access-list extended X\n permit tcp any any\n permit udp any any\n no 10", "ip access-list extended X\n permit udp any any"},
		{"no by entry", "ip access-list extended X\n permit tcp any any\n permit udp any any\n no permit udp any any", "ip access-list extended X\n permit tcp any any"},
		{"no remark", "ip access-list extended X\n remark a\n permit tcp any any\n no remark a", "ip access-list extended X\n permit tcp any any"},
		{"place", "ip access-list standard S\n permit 10.0.0.1\n permit 10.0.0.3\n 15 permit 10.0.0.2",
			"ip access-list standard S\n permit 10.0.0.1\n permit 10.0.0.2\n permit 10.0.0.3"},
		{"resequence", "ip access-list standard S\n permit 10.0.0.1\n permit 10.0.0.3\nip access-list resequence S 100 100\nip access-list standard S\n 150 permit 10.0.0.2",
			"ip access-list standard S\n permit 10.0.0.1\n permit 10.0.0.2\n permit 10.0.0.3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := loneRouter(t, "")
			enter(t, l, test.lines)
			if got := listsOf(l); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestAccessListErrors(t *testing.T) {
	const invalid = "% Invalid input detected at '^' marker."
	caret := func(column int) string {
		return strings.Repeat(" ", len("R1(config)#")+column) + "^\n" + invalid + "\n\n"
	}
	for _, test := range []struct{ line, want string }{
		{"access-list 101 permit tcp any any eq foo", caret(len("access-list 101 permit tcp any any eq f"))},
		{"access-list 101 permit tcp any any eq 70000", caret(len("access-list 101 permit tcp any any eq "))},
		{"access-list 101 permit ip any any any", caret(len("access-list 101 permit ip any any "))},
		{"access-list 101  permit  ip any  anx", caret(len("access-list 101  permit  ip any  an"))},
		{"access-list 1 permit 10.1.1", caret(len("access-list 1 permit "))},
		{"access-list 1 permit 10.1.1.300", caret(len("access-list 1 permit 10.1.1.30"))},
		{"access-list 1 permit host", "% Incomplete command.\n\n"},
		{"access-list 101 permit", "% Incomplete command.\n\n"},
		{"access-list 101 permit tcp any eq", "% Incomplete command.\n\n"},
		{"access-list 101 permit i any any", "% Ambiguous command:  \"access-list 101 permit i any any\"\n"},
		{"access-list 200 permit ip any any", caret(len("access-list "))},
		{"access-list 0 permit any", caret(len("access-list "))},
		{"access-list 101 allow ip any any", caret(len("access-list 101 "))},
		{"ip access-list extended 10", "% Invalid access list name.\n"},
		{"ip access-list standard 1x", "% Invalid access list name.\n"},
		{"ip access-list standard EXT", "% The ACL cannot be created or an ACL with the same name but incompatible type already exists.\n"},
		{"ip access-list resequence NONE 10 10", "%Specified access list does not exist\n"},
		{"no access-list 55", ""},
		{"no ip access-list standard NONE", ""},
	} {
		l := loneRouter(t, "ip access-list extended EXT\n permit ip any any\n")
		l.do("configure terminal")
		if got := l.do(test.line); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.line, got, test.want)
		}
	}
}

func TestNamedListErrors(t *testing.T) {
	l := loneRouter(t, "ip access-list extended EXT\n permit ip any any\n")
	l.do("configure terminal")
	l.do("ip access-list extended EXT")
	if p := l.Console().Prompt(); p != "R1(config-ext-nacl)#" {
		t.Errorf("prompt %q", p)
	}
	for _, test := range []struct{ line, want string }{
		{"10 permit tcp any any", "% Duplicate sequence number\n%Failed to add ace to access-list\n"},
		{"no 20", "%Access rule does not exist\n"},
		{"no permit udp any any", "%Access rule does not exist\n"},
		{"0 permit tcp any any", strings.Repeat(" ", len("R1(config-ext-nacl)#")) + "^\n% Invalid input detected at '^' marker.\n\n"},
		{"d ip any any", "% Ambiguous command:  \"d ip any any\"\n"},
	} {
		if got := l.do(test.line); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.line, got, test.want)
		}
	}
	l.do("ip access-list standard STD")
	if p := l.Console().Prompt(); p != "R1(config-std-nacl)#" {
		t.Errorf("prompt %q", p)
	}
}

func TestAccessListHelp(t *testing.T) {
	l := loneRouter(t, "")
	l.do("configure terminal")
	for _, test := range []struct{ line, want string }{
		{"access-list ", "<1-99> <100-199> <1300-1999> <2000-2699>"},
		{"access-list 1 ", "deny permit remark"},
		{"access-list 1 permit ", "A.B.C.D any host"},
		{"access-list 1 permit 10.1.1.0 ", "A.B.C.D log <cr>"},
		{"access-list 1 permit 10.1.1.0 0.0.0.255 ", "log <cr>"},
		{"access-list 1 permit host ", "A.B.C.D"},
		{"access-list 101 permit tcp any ", "A.B.C.D any eq gt host lt neq range"},
		{"access-list 101 permit tcp any any e", "eq established"},
		{"access-list 101 permit ip any any ", "dscp fragments log log-input precedence time-range tos <cr>"},
		{"access-list 101 permit i", "icmp igmp ip ipinip"},
		{"access-list 1 permit 10.", "A.B.C.D"},
		{"access-list 101 permit i ", "% Ambiguous"},
		{"access-list 101 permit ip any any x ", "% Unrecognized"},
		{"ip access-list ", "extended log-update logging resequence standard"},
		{"ip access-list extended ", "<100-199> <2000-2699> WORD"},
	} {
		if got := strings.Join(firstWordsOf(l.help(test.line)), " "); got != test.want {
			t.Errorf("%s?: %s, want %s", test.line, got, test.want)
		}
	}
}

// firstWordsOf are the words that a help text lists.
func firstWordsOf(help string) []string {
	var words []string
	for line := range strings.Lines(help) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case strings.HasPrefix(line, "% "):
			words = append(words, "% "+f[1])
		case strings.HasPrefix(line, "  "):
			words = append(words, f[0])
		default:
			words = append(words, f...)
		}
	}
	return words
}

func TestAccessListCompletion(t *testing.T) {
	l := loneRouter(t, "")
	l.do("configure terminal")
	for _, test := range []struct{ keys, want string }{
		{"access-list 101 permit tc\t any any est\t", "access-list 101 permit tcp any any established"},
		{"access-list 1 permit ho\t10.1.1.1 l\t", "access-list 1 permit 10.1.1.1 log"},
	} {
		l.Console().Keys([]byte(test.keys + "\r"))
		if !strings.Contains(l.RunningConfig(), test.want+"\n") {
			t.Errorf("%q does not give %q:\n%s", test.keys, test.want, listsOf(l))
		}
	}
}
