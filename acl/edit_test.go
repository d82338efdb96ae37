package acl

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"
)

// block is the list as one text, for comparison.
func block(lines []string) string { return strings.Join(lines, "\n") }

func show(l *List) string { return block(l.ShowLines()) }

func TestConfigLines(t *testing.T) {
	var table Table
	tests := []struct {
		name  string
		kind  Kind
		lines []string
		want  string
	}{
		{"101", Extended, []string{"remark to site B", "permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255", "deny ip any any log"},
			"access-list 101 remark to site B\naccess-list 101 permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255\naccess-list 101 deny   ip any any log"},
		{"10", Standard, []string{"permit 192.168.1.0 0.0.0.255", "deny any"},
			"access-list 10 permit 192.168.1.0 0.0.0.255\naccess-list 10 deny   any"},
		{"WEB", Extended, []string{"permit tcp any any eq www"}, "ip access-list extended WEB\n permit tcp any any eq www"},
		{"HOSTS", Standard, []string{"permit 10.1.1.1"}, "ip access-list standard HOSTS\n permit 10.1.1.1"},
		{"EMPTY", Standard, nil, "ip access-list standard EMPTY"},
	}
	for _, test := range tests {
		l, err := table.Open(test.name, test.kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range test.lines {
			if err := l.Add(mustParse(t, line, test.kind)); err != nil {
				t.Fatal(err)
			}
		}
		if got := block(l.ConfigLines()); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
	var names []string
	for _, l := range table.All() {
		names = append(names, l.Name())
	}
	if got := strings.Join(names, " "); got != "10 EMPTY HOSTS 101 WEB" {
		t.Errorf("order: %s", got)
	}
}

func TestShowLines(t *testing.T) {
	l := listOf(t, Extended, "remark not shown", "permit tcp any any eq 80", "permit udp any any", "deny icmp any any")
	web, dns := tcp("1.1.1.1", "2.2.2.2", 1, 80, 0), udp("1.1.1.1", "2.2.2.2", 1, 53)
	l.Evaluate(&web)
	for range 5 {
		l.Evaluate(&dns)
	}
	want := `Extended IP access list T
    10 permit tcp any any eq www (1 match)
    20 permit udp any any (5 matches)
    30 deny icmp any any`
	if got := show(l); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s := listOf(t, Standard, "permit 192.168.1.0 0.0.0.255", "deny any log")
	want = "Standard IP access list T\n    10 permit 192.168.1.0, wildcard bits 0.0.0.255\n    20 deny   any log"
	if got := show(s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEdit(t *testing.T) {
	tests := []struct {
		name  string
		start []string
		line  string // added; with "no " deleted
		want  string // sequence:protocol in order, or the error's text
	}{
		{"first", nil, "permit ip any any", "10:ip"},
		{"appended", []string{"permit tcp any any"}, "permit udp any any", "10:tcp 20:udp"},
		{"appended after an odd number", []string{"15 permit tcp any any"}, "permit udp any any", "15:tcp 25:udp"},
		{"inserted", []string{"permit tcp any any", "permit udp any any"}, "15 permit icmp any any", "10:tcp 15:icmp 20:udp"},
		{"inserted first", []string{"permit tcp any any"}, "5 permit icmp any any", "5:icmp 10:tcp"},
		{"at the end with a number", []string{"permit tcp any any"}, "100 permit icmp any any", "10:tcp 100:icmp"},
		{"the same again", []string{"permit tcp any any"}, "permit tcp any any", "10:tcp"},
		{"the same under another number", []string{"permit tcp any any"}, "50 permit tcp any any", "10:tcp"},
		{"the same under its number", []string{"permit tcp any any"}, "10 permit tcp any any", "10:tcp"},
		{"the number taken", []string{"permit tcp any any"}, "10 permit udp any any", ErrDuplicateSequence.Error()},
		{"no more numbers", []string{"2147483640 permit tcp any any"}, "permit udp any any", ErrSequenceTooHigh.Error()},
		{"remarks stay with their entry", []string{"permit tcp any any", "remark u", "permit udp any any"}, "15 permit icmp any any", "10:tcp 15:icmp remark 20:udp"},
		{"a remark with a number", []string{"permit tcp any any", "permit udp any any"}, "20 remark u", "10:tcp remark 20:udp"},
		{"a remark twice", []string{"remark u"}, "remark u", "remark remark"},
		{"deleted", []string{"permit tcp any any", "permit udp any any"}, "no permit tcp any any", "20:udp"},
		{"deleted with a number", []string{"permit tcp any any", "permit udp any any"}, "no 10 permit tcp any any", "20:udp"},
		{"deleted remark", []string{"remark u", "permit udp any any"}, "no remark u", "10:udp"},
		{"deleted what is not there", []string{"permit udp any any"}, "no permit tcp any any", ErrNoEntry.Error()},
	}
	for _, test := range tests {
		l := listOf(t, Extended, test.start...)
		before := l.Rules()
		copied := append([]*Rule(nil), before...)
		line, no := strings.CutPrefix(test.line, "no ")
		e := mustParse(t, line, Extended)
		edit := l.Add
		if no {
			edit = l.Delete
		}
		err := edit(e)
		got := order(l)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		for i := range copied {
			if before[i] != copied[i] {
				t.Errorf("%s: a published slice was changed", test.name)
			}
		}
	}
}

func order(l *List) string {
	var s []string
	for _, r := range l.Rules() {
		if r.Action == Remark {
			s = append(s, "remark")
			continue
		}
		text, _, _ := strings.Cut(strings.TrimSpace(r.String()[7:]), " ")
		s = append(s, strconv.Itoa(r.Sequence)+":"+text)
	}
	return strings.Join(s, " ")
}

func TestDeleteSequence(t *testing.T) {
	l := listOf(t, Extended, "remark x", "permit tcp any any", "permit udp any any")
	if err := l.DeleteSequence(10); err != nil || order(l) != "remark 20:udp" {
		t.Errorf("%v, %s", err, order(l))
	}
	for _, n := range []int{0, 10, 30} {
		if err := l.DeleteSequence(n); !errors.Is(err, ErrNoEntry) {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestResequenceKeepsHits(t *testing.T) {
	l := listOf(t, Extended, "permit tcp any any", "remark x", "permit udp any any")
	dns := udp("1.1.1.1", "2.2.2.2", 1, 53)
	old := l.Evaluate(&dns).Rule
	if err := l.Resequence(100, 5); err != nil || order(l) != "100:tcp remark 105:udp" {
		t.Errorf("%v, %s", err, order(l))
	}
	// A packet that was on its way under the old numbers counts all the same.
	old.hits.Add(1)
	l.Evaluate(&dns)
	if n := l.Rules()[2].Hits(); n != 3 || old.Sequence != 20 {
		t.Errorf("%d hits, old number %d", n, old.Sequence)
	}
	if err := l.Add(mustParse(t, "103 permit icmp any any", Extended)); err != nil || l.Rules()[2].Hits()+l.Rules()[3].Hits() != 3 {
		t.Errorf("%v: an insertion cost hits: %s", err, show(l))
	}
	if err := l.Resequence(math.MaxInt32, 1); !errors.Is(err, ErrSequenceTooHigh) || l.Rules()[0].Sequence != 100 {
		t.Errorf("%v, %s", err, order(l))
	}
}

func TestTable(t *testing.T) {
	var table Table
	if table.Get("101") != nil || table.Delete("101") || len(table.All()) != 0 {
		t.Error("the empty table is not empty")
	}
	l, err := table.Open("101", Extended)
	if err != nil || table.Get("101") != l || !l.Numbered() || l.Kind() != Extended {
		t.Fatal(l, err)
	}
	if again, err := table.Open("101", Extended); again != l || err != nil {
		t.Error(again, err)
	}
	if err := l.Add(mustParse(t, "deny any", Standard)); !errors.Is(err, ErrKind) {
		t.Errorf("a standard entry in an extended list: %v", err)
	}
	if _, err := table.Open("N", Standard); err != nil {
		t.Error(err)
	}
	for _, test := range []struct {
		name string
		kind Kind
		want error
	}{
		{"N", Extended, ErrIncompatible}, {"101", Standard, ErrName}, {"10", Extended, ErrName}, {"200", Standard, ErrName},
		{"0", Standard, ErrName}, {"", Standard, ErrName}, {"9x", Standard, ErrName}, {"1299", Extended, ErrName},
		{"99", Standard, nil}, {"1300", Standard, nil}, {"1999", Standard, nil}, {"2000", Extended, nil}, {"2699", Extended, nil}, {"x9", Standard, nil},
	} {
		if _, err := table.Open(test.name, test.kind); !errors.Is(err, test.want) {
			t.Errorf("%s %s: %v, want %v", test.kind, test.name, err, test.want)
		}
	}
	if err := l.Add(mustParse(t, "deny ip any any", Extended)); err != nil {
		t.Error(err)
	}
	if !table.Delete("101") || table.Get("101") != nil || len(l.Rules()) != 0 {
		t.Error("Delete")
	}
}
