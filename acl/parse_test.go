package acl

import (
	"errors"
	"strconv"
	"strings"
	"testing"
)

func mustParse(t testing.TB, line string, kind Kind) Entry {
	t.Helper()
	words := strings.Fields(line)
	sequence, err := strconv.Atoi(words[0]) // as in a list's own mode
	if err == nil {
		words = words[1:]
	}
	e, err := ParseEntry(words, kind)
	if err != nil {
		t.Fatalf("%q: %v %+v", line, err, err)
	}
	e.Sequence = sequence
	return e
}

func TestParsePrints(t *testing.T) {
	tests := []struct {
		kind             Kind
		in, config, show string // show "" = as config
	}{
		{Standard, "permit 192.168.1.0 0.0.0.255", "permit 192.168.1.0 0.0.0.255", "permit 192.168.1.0, wildcard bits 0.0.0.255"},
		{Standard, "permit 10.1.1.1", "permit 10.1.1.1", ""},
		{Standard, "permit host 10.1.1.1 log", "permit 10.1.1.1 log", ""},
		{Standard, "permit 10.1.1.1 0.0.0.0", "permit 10.1.1.1", ""},
		{Standard, "deny any log", "deny   any log", ""},
		{Standard, "d a", "deny   any", ""},
		{Standard, "permit 10.0.0.0 255.0.0.0", "permit 0.0.0.0 255.0.0.0", "permit 0.0.0.0, wildcard bits 255.0.0.0"},
		{Standard, "permit 10.0.10.7 0.255.0.255", "permit 10.0.10.0 0.255.0.255", "permit 10.0.10.0, wildcard bits 0.255.0.255"},
		{Standard, "permit 0.0.0.0 255.255.255.255", "permit any", ""},
		{Standard, "remark  two  words", "remark two words", ""},
		{Extended, "permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255", "permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255", ""},
		{Extended, "permit ip 10.1.1.5 0.0.0.255 20.1.1.9 0.0.0.255", "permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255", ""},
		{Extended, "deny ip any any", "deny   ip any any", ""},
		{Extended, "permit 0 any any", "permit ip any any", ""},
		{Extended, "permit 53 any any log", "permit 53 any any log", ""},
		{Extended, "permit 6 any any eq 80", "permit tcp any any eq www", ""},
		{Extended, "permit tcp any host 10.1.1.1 eq 80", "permit tcp any host 10.1.1.1 eq www", ""},
		{Extended, "permit tcp any host 10.1.1.1 eq 443 log", "permit tcp any host 10.1.1.1 eq 443 log", ""},
		{Extended, "permit tcp 10.0.13.0 0.0.0.255 any eq 22", "permit tcp 10.0.13.0 0.0.0.255 any eq 22", ""},
		{Extended, "permit tcp any eq 23 any", "permit tcp any eq telnet any", ""},
		{Extended, "permit tcp any eq 514 any eq 514", "permit tcp any eq cmd any eq cmd", ""},
		{Extended, "permit udp any eq 514 any eq domain", "permit udp any eq syslog any eq domain", ""},
		{Extended, "permit udp any range 32767 16384 10.1.1.0 0.0.0.255 range 5 5", "permit udp any range 16384 32767 10.1.1.0 0.0.0.255 eq 5", ""},
		{Extended, "permit udp any eq snmp bootpc 10.1.0.0 0.0.0.255", "permit udp any eq snmp bootpc 10.1.0.0 0.0.0.255", ""},
		{Extended, "permit tcp any eq host host 1.2.3.4", "permit tcp any eq hostname host 1.2.3.4", ""},
		{Extended, "permit tcp any eq 1 2 3 4 5 6 7 8 10 11 any", "permit tcp any eq 1 2 3 4 5 6 echo 8 10 11 any", ""},
		{Extended, "permit tcp any neq 22 any gt 1023", "permit tcp any neq 22 any gt 1023", ""},
		{Extended, "permit tcp any lt 1024 any", "permit tcp any lt 1024 any", ""},
		{Extended, "permit ahp any any log-input", "permit ahp any any log-input", ""},
		{Extended, "permit tcp host 10.1.1.1 any established", "permit tcp host 10.1.1.1 any established", ""},
		{Extended, "permit tcp any any established psh", "permit tcp any any established psh", ""},
		{Extended, "permit tcp any any syn ack", "permit tcp any any ack syn", ""},
		{Extended, "permit tcp any any match-all +ack -fin log", "permit tcp any any match-all +ack -fin log", ""},
		{Extended, "permit tcp any any eq 80 match-any -syn +syn", "permit tcp any any eq www match-any +syn", ""},
		{Extended, "permit tcp host 1.1.1.1 gt 8 10.0.0.0 0.255.255.255 log est", "permit tcp host 1.1.1.1 gt 8 10.0.0.0 0.255.255.255 established log", ""},
		{Extended, "deny esp any any precedence 6", "deny   esp any any precedence internet", ""},
		{Extended, "deny esp any any tos 0", "deny   esp any any tos normal", ""},
		{Extended, "deny esp any any tos 3 prec flash", "deny   esp any any precedence flash tos 3", ""},
		{Extended, "permit ip any any dscp 46", "permit ip any any dscp ef", ""},
		{Extended, "permit ip any any dscp 7 log", "permit ip any any dscp 7 log", ""},
		{Extended, "permit icmp any any 8", "permit icmp any any echo", ""},
		{Extended, "permit icmp any any 3 1", "permit icmp any any host-unreachable", ""},
		{Extended, "permit icmp any any 8 0", "permit icmp any any 8 0", ""},
		{Extended, "permit icmp any any 255 255", "permit icmp any any 255 255", ""},
		{Extended, "permit icmp any any 3 log", "permit icmp any any unreachable log", ""},
		{Extended, "permit icmp any any administratively-prohibited", "permit icmp any any administratively-prohibited", ""},
		{Extended, "permit igmp any any 2", "permit igmp any any host-report", ""},
		{Extended, "permit ip any any log fragments", "permit ip any any fragments log", ""},
		{Extended, "perm ig a a", "permit igmp any any", ""},
		{Extended, "PERMIT IP ANY ANY", "permit ip any any", ""},
		{Extended, "10 permit ip any any", "permit ip any any", ""},
	}
	for _, test := range tests {
		e := mustParse(t, test.in, test.kind)
		if got := e.String(); got != test.config {
			t.Errorf("%q: config %q, want %q", test.in, got, test.config)
		}
		show := test.show
		if show == "" {
			show = test.config
			if test.kind == Extended {
				show = strings.Replace(show, "deny   ", "deny ", 1)
			}
		}
		if got := e.ShowText(); got != show {
			t.Errorf("%q: show %q, want %q", test.in, got, show)
		}
		if again := mustParse(t, e.String(), test.kind); again.said() != e.said() {
			t.Errorf("%q: printed and read again: %+v, was %+v", test.in, again, e)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		kind         Kind
		in           string
		problem      Problem
		word, offset int
	}{
		{Extended, "", Incomplete, 0, 0},
		{Extended, "permit", Incomplete, 1, 0},
		{Extended, "permit ip", Incomplete, 2, 0},
		{Extended, "permit ip any", Incomplete, 3, 0},
		{Extended, "permit ip host", Incomplete, 3, 0},
		{Extended, "permit ip 10.1.1.0", Incomplete, 3, 0},
		{Extended, "permit ip 10.1.1.0 any", Invalid, 3, 0},
		{Extended, "permit ip any any eq 80", Invalid, 4, 0},
		{Extended, "permit tcp any any eq", Incomplete, 5, 0},
		{Extended, "permit tcp any any eq wwx", Invalid, 5, 2},
		{Extended, "permit tcp any any eq 65536", Invalid, 5, 0},
		{Extended, "permit tcp any any eq 80x", Invalid, 5, 2},
		{Extended, "permit tcp any any range 5", Incomplete, 6, 0},
		{Extended, "permit tcp any eq 1 2 3 4 5 6 7 8 10 11 12 any", Invalid, 14, 2}, // could be an address,
		{Extended, "permit tcp any any eq 80 fragments", Invalid, 6, 1},              // finger,
		{Extended, "permit tcp any any fragments established", Invalid, 5, 0},
		{Extended, "permit icmp any any echo fragments", Invalid, 5, 0},
		{Extended, "permit icmp any any 3 precedence 5 1", Invalid, 7, 0},
		{Extended, "permit icmp any any 3 1 1", Invalid, 6, 0},
		{Extended, "permit icmp any any echo 0", Invalid, 5, 0},
		{Extended, "permit tcp any any match-all", Incomplete, 5, 0},
		{Extended, "permit tcp any any match-all ack", Invalid, 5, 0},
		{Extended, "permit udp any any established", Invalid, 4, 1}, // eq
		{Extended, "permit ip any any log log", Invalid, 5, 0},
		{Extended, "permit ip any any dscp ef tos 1", Invalid, 6, 1},
		{Extended, "permit xyz any any", Invalid, 1, 0},
		{Extended, "permit i any any", Ambiguous, 1, 0},
		{Extended, "permit 256 any any", Invalid, 1, 0},
		{Extended, "permit ip 10.1.1.300 any", Invalid, 2, 9},
		{Extended, "permit ip 10.1.1 any any", Invalid, 2, 6},
		{Extended, "permit ip 10.1.1.1.1 any any", Invalid, 2, 8},
		{Extended, "permitx ip any any", Invalid, 0, 6},
		{Extended, "remark", Incomplete, 1, 0},
		{Extended, "0 permit ip any any", Invalid, 0, 0},
		{Standard, "permit ip any any", Invalid, 1, 0},
		{Standard, "permit any any", Invalid, 2, 0},
		{Standard, "permit any log log", Invalid, 3, 0},
		{Standard, "permit any log-input", Invalid, 2, 3},
		{Standard, "permit 1.2.3.4 0.0.0.255 log x", Invalid, 4, 0},
		{Standard, "deny", Incomplete, 1, 0},
	}
	for _, test := range tests {
		_, err := ParseEntry(strings.Fields(test.in), test.kind)
		var pe *ParseError
		if !errors.As(err, &pe) {
			t.Errorf("%q: no error", test.in)
			continue
		}
		if pe.Problem != test.problem || pe.Word != test.word || pe.Offset != test.offset {
			t.Errorf("%q: %+v, want %d at %d+%d", test.in, *pe, test.problem, test.word, test.offset)
		}
	}
}

func words(choices []Choice) string {
	var w []string
	for _, c := range choices {
		w = append(w, c.Word)
	}
	return strings.Join(w, " ")
}

func TestNext(t *testing.T) {
	tests := []struct {
		kind     Kind
		in, want string
	}{
		{Standard, "", "deny permit remark"},
		{Standard, "permit", "A.B.C.D any host"},
		{Standard, "permit 1.2.3.4", "A.B.C.D log <cr>"},
		{Standard, "permit any log", "<cr>"},
		{Extended, "permit ip any", "A.B.C.D any host"},
		{Extended, "permit ip any any", "dscp fragments log log-input precedence time-range tos <cr>"},
		{Extended, "permit tcp any any range 1", "<0-65535>"},
		{Extended, "permit tcp any any eq 80", "<0-65535>"},
		{Extended, "permit icmp any any 3", "<0-255> dscp log log-input precedence time-range tos <cr>"},
		{Extended, "permit icmp any any echo", "dscp log log-input precedence time-range tos <cr>"},
		{Extended, "permit tcp any any match-all +ack log", "dscp precedence time-range tos <cr>"},
		{Extended, "permit ip any any log dscp ef", "fragments time-range <cr>"},
	}
	for _, test := range tests {
		choices, err := Next(strings.Fields(test.in), test.kind)
		if err != nil {
			t.Errorf("%q: %v", test.in, err)
		}
		got := words(choices)
		if got != test.want && !(strings.HasPrefix(test.want, "<0-65535>") && strings.HasPrefix(got, test.want)) {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
	if _, err := Next([]string{"permit", "nonsense"}, Extended); err == nil {
		t.Error("nonsense has a continuation")
	}
}

func FuzzParseEntry(f *testing.F) {
	for _, s := range []string{
		"permit tcp 10.0.0.0 0.255.255.255 eq telnet 22 www 8080 host 10.1.0.0 neq telnet 22",
		"permit icmp any any 3 1 log-input", "permit tcp any any match-all +ack -fin",
		"deny ip any any dscp ef fragments log", "remark x y", "permit udp any range 1 2 any",
		"permit 1.2.3.4 0.0.0.255 log", "deny igmp any any trace precedence 3 tos 15",
		"permit tcp any any eq www log time-range HOURS reflect MIRROR timeout 60", "permit ip any any option any-options",
	} {
		for _, standard := range []bool{true, false} {
			f.Add(s, standard, true)
			f.Add(s, standard, false)
		}
	}
	f.Fuzz(func(t *testing.T, line string, standard, named bool) {
		kind := Extended
		if standard {
			kind = Standard
		}
		w := strings.Split(line, " ")
		e, err := parse(w, kind, named)
		choices, nextErr := next(w, kind, named)
		if err != nil {
			var pe *ParseError
			if !errors.As(err, &pe) || pe.Word > len(w) || pe.Word < len(w) && pe.Offset > len(w[pe.Word]) {
				t.Fatalf("%q: error %+v out of the line", line, err)
			}
			if pe.Problem != Incomplete && nextErr == nil || pe.Problem == Incomplete && len(choices) == 0 {
				t.Fatalf("%q: %+v but next is %v, %v", line, pe, choices, nextErr)
			}
			return
		}
		again, err := parse(strings.Split(e.String(), " "), kind, named)
		if e.Action != Remark {
			again, err = parse(strings.Fields(e.String()), kind, named)
		}
		if err != nil || again.said() != e.said() {
			t.Fatalf("%q prints %q which reads as %+v, %v; want %+v", line, e.String(), again, err, e)
		}
	})
}
