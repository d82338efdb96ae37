package acl

import (
	"net/netip"
	"testing"
)

func selector(t testing.TB, line string) Selector {
	t.Helper()
	e := mustParse(t, line, Extended)
	s, ok := e.Selector()
	if !ok {
		t.Fatalf("%q has no selector", line)
	}
	return s
}

func TestSelector(t *testing.T) {
	side := func(a, m string, port uint16) Proxy { return Proxy{addr(a), addr(m), port} }
	tests := []struct {
		line string
		want Selector
	}{
		{"permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255",
			Selector{side("10.1.1.0", "255.255.255.0", 0), side("20.1.1.0", "255.255.255.0", 0), 0}},
		{"permit tcp host 1.2.3.4 eq 23 any eq 80",
			Selector{side("1.2.3.4", "255.255.255.255", 23), side("0.0.0.0", "0.0.0.0", 80), 6}},
		{"permit udp any range 1 2 any neq 5", Selector{side("0.0.0.0", "0.0.0.0", 0), side("0.0.0.0", "0.0.0.0", 0), 17}},
		{"permit udp any eq 1 2 any", Selector{side("0.0.0.0", "0.0.0.0", 0), side("0.0.0.0", "0.0.0.0", 0), 17}},
		{"permit gre host 1.1.1.1 host 2.2.2.2", Selector{side("1.1.1.1", "255.255.255.255", 0), side("2.2.2.2", "255.255.255.255", 0), 47}},
	}
	for _, test := range tests {
		if got := selector(t, test.line); got != test.want {
			t.Errorf("%q: %+v, want %+v", test.line, got, test.want)
		}
	}
	for _, line := range []string{"deny ip any any", "remark x"} {
		e := mustParse(t, line, Extended)
		if _, ok := e.Selector(); ok {
			t.Errorf("%q has a selector", line)
		}
	}
	e := mustParse(t, "permit 10.1.1.0 0.0.0.255", Standard)
	if s, ok := e.Selector(); !ok || s != (Selector{side("10.1.1.0", "255.255.255.0", 0), side("0.0.0.0", "0.0.0.0", 0), 0}) {
		t.Errorf("standard: %+v, %v", s, ok)
	}
}

func TestCryptoList(t *testing.T) {
	l := listOf(t, Extended,
		"permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255",
		"deny ip host 10.1.2.9 any",
		"permit ip 10.1.2.0 0.0.0.255 20.0.0.0 0.255.255.255")
	at := func(r *Rule) int {
		if r == nil {
			return 0
		}
		return r.Sequence
	}
	tests := []struct {
		offer            string
		exact, accepting int // sequence number, 0 none
	}{
		{"permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255", 10, 10},
		{"permit ip host 10.1.1.1 20.1.1.0 0.0.0.255", 0, 10},
		{"permit tcp host 10.1.1.1 host 20.1.1.1 eq 80", 0, 10},
		{"permit ip 10.1.0.0 0.0.255.255 20.1.1.0 0.0.0.255", 0, 0},
		{"permit ip 10.1.1.0 0.0.0.255 any", 0, 0},
		{"permit ip 20.1.1.0 0.0.0.255 10.1.1.0 0.0.0.255", 0, 0},
		{"permit ip 10.1.2.0 0.0.0.255 20.0.0.0 0.255.255.255", 30, 0}, // a part is denied
		{"permit ip host 10.1.2.1 host 20.9.9.9", 0, 30},
		{"permit ip host 10.1.2.9 host 20.9.9.9", 0, 0},
	}
	for _, test := range tests {
		s := selector(t, test.offer)
		if exact, accepting := at(l.FindSelector(s)), at(l.CoveringRule(s)); exact != test.exact || accepting != test.accepting {
			t.Errorf("%q: exact %d accepting %d, want %d %d", test.offer, exact, accepting, test.exact, test.accepting)
		}
	}
	// A peer may send an address with host bits.
	s := selector(t, tests[0].offer)
	s.Local.Addr = addr("10.1.1.7")
	if at(l.FindSelector(s)) != 10 {
		t.Error("host bits of a proxy hide its rule")
	}
	var undefined *List
	if undefined.FindSelector(s) != nil || undefined.CoveringRule(s) != nil {
		t.Error("an undefined list has rules")
	}
	p := udp("10.1.1.5", "20.1.1.5", 1, 2)
	in := p.Reversed()
	back := in.Reversed()
	if r := l.Lookup(&back); !r.Selects() || r.Rule.Sequence != 10 {
		t.Errorf("%+v", r)
	}
	if r := l.Lookup(&in); r.Selects() {
		t.Errorf("%+v", r)
	}
}

func TestSelectorContains(t *testing.T) {
	s := selector(t, "permit tcp 10.1.1.0 0.0.0.255 host 20.1.1.1 eq 80")
	tests := []struct {
		p    Packet
		want bool
	}{
		{tcp("10.1.1.3", "20.1.1.1", 5, 80, 0), true},
		{tcp("10.1.1.3", "20.1.1.1", 80, 5, 0), false},
		{tcp("10.1.2.3", "20.1.1.1", 5, 80, 0), false},
		{tcp("10.1.1.3", "20.1.1.2", 5, 80, 0), false},
		{udp("10.1.1.3", "20.1.1.1", 5, 80), false},
		{fragment(tcp("10.1.1.3", "20.1.1.1", 5, 80, 0)), true},
	}
	for _, test := range tests {
		if got := s.Contains(&test.p); got != test.want {
			t.Errorf("%+v: %v", test.p, got)
		}
		if (Selector{}).Contains(&test.p) != true {
			t.Error("the zero selector is not everything")
		}
	}
}

func TestForeignAddresses(t *testing.T) {
	// What a peer sends may hold anything: nothing panics.
	s := Selector{Local: Proxy{netip.IPv6Loopback(), netip.Addr{}, 0}}
	l := listOf(t, Extended, "permit ip host 1.1.1.1 any")
	if l.FindSelector(s) != nil || l.CoveringRule(s) != nil {
		t.Error("a selector without addresses was found")
	}
	p := Packet{Src: netip.IPv6Loopback()}
	s.Contains(&p)
	l.Lookup(&p)
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		words      string
		text, mask string
	}{
		{"any", "any", "0.0.0.0"},
		{"host 1.2.3.4", "host 1.2.3.4", "255.255.255.255"},
		{"10.1.1.7 0.0.0.255", "10.1.1.0 0.0.0.255", "255.255.255.0"},
		{"10.1.1.7 0.0.255.0", "10.1.0.7 0.0.255.0", "255.255.0.255"},
		{"10.1.1.7 0.0.0.3", "10.1.1.4 0.0.0.3", "255.255.255.252"},
		{"10.1.1.7 255.255.255.255", "any", "0.0.0.0"},
		{"1.2.3.4 0.0.0.0", "host 1.2.3.4", "255.255.255.255"},
	}
	for _, test := range tests {
		e := mustParse(t, "permit ip "+test.words+" any", Extended)
		if e.Src.String() != test.text || e.Src.Mask() != addr(test.mask) {
			t.Errorf("%s: %s, mask %s", test.words, e.Src, e.Src.Mask())
		}
		if !e.Src.Contains(e.Src.Network()) {
			t.Errorf("%s is without its first address", e.Src)
		}
	}
}
