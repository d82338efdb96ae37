package acl

import (
	"net/netip"
	"strings"
	"testing"
)

func TestParseUnread(t *testing.T) {
	for _, line := range []string{
		"dynamic OPEN timeout 9 permit tcp any host 10.9.9.9 eq telnet", "dynamic OPEN permit ip any any",
		"permit udp 10.9.0.0 0.0.255.255 any ttl gt 9 reflect BACK timeout 60", "permit tcp any any eq www ttl eq 3 reflect BACK",
		"deny icmp any any echo ttl gt 9", "permit object-group WEB any host 10.9.9.9", "permit tcp object-group A object-group B eq 443",
		"deny ip any any ttl lt 5", "deny ip any any ttl range 3 9", "deny udp any any log-input MARK",
		"permit tcp any any established log HITS time-range NIGHT",
	} {
		words := strings.Fields(line)
		if e, ok := ParseUnread(words, Extended); !ok || e.String() != line {
			t.Errorf("%s: got %v %v", line, e, ok)
		}
		if _, err := ParseEntry(words, Extended); err == nil {
			t.Errorf("%s is read", line)
		}
	}
	for _, line := range []string{
		"permit ip any any", "permit tcp any any eq foo", "permit ip any", "evaluate", "evaluate A B", "dynamic X", "dynamic X permit ip any",
		"permit foo any any time-range X", "permit ip any any time-range", "permit ip object-group", "permit ip any any reflect", "permit ip any any ttl lt",
		"remark time-range X", "permit ip any any log A B",
	} {
		if e, ok := ParseUnread(strings.Fields(line), Extended); ok {
			t.Errorf("%s: taken as %v", line, e)
		}
	}
	if _, ok := ParseUnread(strings.Fields("permit 10.9.9.0 0.0.0.255 log TAG"), Standard); !ok {
		t.Error("a tag in a standard list is refused")
	}
}

// TestUnreadEntryDenies looks packets up that come to an entry before one that is not read,
// and to one after it.
func TestUnreadEntryDenies(t *testing.T) {
	l := NewList("L", Extended)
	unread, _ := ParseUnread(strings.Fields("deny tcp any any ttl eq 1"), Extended)
	for _, e := range []Entry{mustParse(t, "permit ip host 10.0.0.1 any", Extended), unread, mustParse(t, "permit ip any any", Extended)} {
		if err := l.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	look := func(src string) Outcome {
		return l.Lookup(&Packet{Src: netip.MustParseAddr(src), Dst: netip.MustParseAddr("10.9.9.9"), Protocol: 17}).Outcome
	}
	if got := look("10.0.0.1"); got != Permitted {
		t.Errorf("before it: %v", got)
	}
	if got := look("10.0.0.2"); got != ImplicitlyDenied || !l.Incomplete() {
		t.Errorf("after it: %v", got)
	}
	if err := l.DeleteSequence(20); err != nil {
		t.Fatal(err)
	}
	if got := look("10.0.0.2"); got != Permitted || l.Incomplete() {
		t.Errorf("without it: %v", got)
	}
}
