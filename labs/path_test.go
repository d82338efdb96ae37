package labs

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/library"
)

// perform gives an order and returns what it prints.
func (l *testLab) perform(t *testing.T, order string) string {
	t.Helper()
	o, err := ParseOrder(order, l.File)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	pause, err := l.Perform(o, Source{}, func(s string) { text.WriteString(s) })
	if err != nil {
		t.Fatal(err)
	}
	l.Loop.RunUntil(l.Loop.Now() + pause.Time)
	return text.String()
}

// TestPathChangesNothing asks about packets in one of two labs that are the same, on cold
// and on warm routers: both labs go on alike, and the same questions have the same
// answers.
func TestPathChangesNothing(t *testing.T) {
	asked, other := startLab(t, siteToSite(t), Options{}), startLab(t, siteToSite(t), Options{})
	questions := []string{
		"!lab path R1 10.1.1.1 20.1.1.1", "!lab path R1 10.1.1.1 20.1.1.1 size=3000", "!lab path R3 20.1.1.1 10.1.1.1 tcp 23",
		"!lab path R2 12.12.12.2 30.1.1.1 udp 53", "!lab path R1 10.1.1.7 20.1.1.1 in=Loopback0",
	}
	everything := func(l *testLab) (all string) {
		for _, n := range []string{"R1", "R2", "R3"} {
			all += l.typed(t, n, "enable", "show arp", "show interfaces", "show crypto ipsec sa", "show ip access-lists", "show logging")
		}
		return all
	}
	for _, when := range []string{"cold", "warm"} {
		var first []string
		for _, q := range questions {
			first = append(first, asked.perform(t, q))
		}
		for i, q := range questions {
			if again := asked.perform(t, q); again != first[i] {
				t.Errorf("%s: %s\n%s\nand then\n%s", when, q, first[i], again)
			}
		}
		if a, b := everything(asked), everything(other); a != b {
			t.Errorf("%s: the routers show\n%s\nand those that were not asked\n%s", when, a, b)
		}
		for _, l := range []*testLab{asked, other} {
			l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 20")
			l.Loop.RunUntil(l.Loop.Now() + time.Minute)
		}
	}
}

// TestPathForReal: the probe that is real counts, and goes the way that was foretold.
func TestPathForReal(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 20")
	l.Loop.RunUntil(l.Loop.Now() + time.Minute)
	encaps := func() string { return l.typed(t, "R1", "enable", "show crypto ipsec sa | include encaps") }
	foretold, before := l.perform(t, "!lab path R1 10.1.1.1 20.1.1.1"), encaps()
	real := l.perform(t, "!lab path R1 10.1.1.1 20.1.1.1 for-real")
	if real != regexp.MustCompile(` +it would answer .*\n`).ReplaceAllString(foretold, "") {
		t.Errorf("foretold\n%s\nand it was\n%s", foretold, real)
	}
	if encaps() == before {
		t.Error("nothing is counted of a real probe")
	}
}

func TestPathAsJSON(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	var steps []jsonStep
	if err := json.Unmarshal([]byte(l.perform(t, "!lab path R1 10.1.1.1 20.1.1.1 json")), &steps); err != nil {
		t.Fatal(err)
	}
	last := steps[len(steps)-1]
	if last.Stage != "crypto map" || last.Outcome != "dropped" || last.Map == nil || last.Map.Peer != "23.23.23.3" || last.Map.List.Sequence != 10 {
		t.Errorf("%+v", last)
	}
}

// TestPathAsJSONGoesOn: a program that reads the steps of cold routers finds none dropped
// while the packet goes on, and the answer back.
func TestPathAsJSONGoesOn(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	var steps []jsonStep
	if err := json.Unmarshal([]byte(l.perform(t, "!lab path R1 12.12.12.1 23.23.23.3 json")), &steps); err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		if s.Outcome == "dropped" {
			t.Errorf("%+v", s)
		}
	}
	if last := steps[len(steps)-1]; !last.Back || last.Reason != "the answer has come back" {
		t.Errorf("%+v", last)
	}
}

// TestPathTellsWhatNATAsked: the lists and route-maps that NAT has asked are told, by
// whose answer a packet is translated or left alone.
func TestPathTellsWhatNATAsked(t *testing.T) {
	file, err := Open(library.Files, "nat-exemption", "")
	if err != nil {
		t.Fatal(err)
	}
	l := startLab(t, file, Options{})
	const order = "!lab path R1 192.168.10.10 192.168.20.10"
	asks := func(lang string, lines ...string) {
		t.Helper()
		text := regexp.MustCompile(`\n {31}`).ReplaceAllString(l.perform(t, order+lang), "; ")
		for _, want := range lines {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}
	asks("", "translated; list NAT, line 10: permit ip 192.168.10.0 0.0.0.255 any; 192.168.10.10 -> ")
	l.typed(t, "R1", "enable", "configure terminal", "no ip nat inside source list NAT interface FastEthernet0/0 overload",
		"route-map NONAT deny 10", "match ip address VPN", "route-map NONAT permit 20", "match ip address NAT", "exit",
		"ip nat inside source route-map NONAT interface FastEthernet0/0 overload", "end")
	asks("", "no rule of NAT takes it; route-map NONAT denies: permit ip 192.168.10.0 0.0.0.255 192.168.20.0 0.0.0.255\n")
	asks(" lang=zh", "没有 NAT 规则匹配，不转换; route-map NONAT 拒绝：permit ip 192.168.10.0 0.0.0.255 192.168.20.0 0.0.0.255\n")
	asks(" json", `"nat":{"asked":[{"line":10,"text":"permit ip 192.168.10.0 0.0.0.255 192.168.20.0 0.0.0.255","route_map":"NONAT","permits":false}]}`)
	l.typed(t, "R1", "enable", "configure terminal", "no route-map NONAT deny 10", "route-map NONAT permit 20", "match interface FastEthernet0/1", "end")
	asks("", "no rule of NAT takes it; no entry of route-map NONAT matches\n")
	asks(" lang=zh", "没有 NAT 规则匹配，不转换; route-map NONAT 没有匹配的条目\n")
	asks(" json", `"nat":{"asked":[{"route_map":"NONAT","permits":false,"no_entry_matches":true}]}`)
}

// TestPathInACircle: two routers that have each other as their way out.
func TestPathInACircle(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R2", "enable", "configure terminal", "ip route 0.0.0.0 0.0.0.0 12.12.12.1", "end")
	text := l.perform(t, "!lab path R1 12.12.12.1 99.9.9.9 lang=zh")
	if !strings.HasSuffix(text, "报文在兜圈子。\n") {
		t.Errorf("...%s", text[max(0, len(text)-300):])
	}
}

func TestPathErrors(t *testing.T) {
	file := siteToSite(t)
	for order, want := range map[string]string{
		"!lab path":                                  `path does not know "": want one of R1, R2, R3`,
		"!lab path R1 10.1.1.1":                      `path does not know the address ""`,
		"!lab path R1 10.1.1.1 20.1.1.1 tcp":         `path does not know "tcp"`,
		"!lab path R1 10.1.1.1 20.1.1.1 size=27":     "such a packet has 28 to 18024 bytes",
		"!lab path R1 10.1.1.1 20.1.1.1 lang=fr":     `path does not know "lang=fr"`,
		"!lab path R1 10.1.1.1 20.1.1.1 sctp 9":      `path does not know "sctp"`,
		"!lab path R1 10.1.1.1 2001:db8::1 icmp":     `path does not know the address "2001:db8::1"`,
		"!lab path R1 10.1.1.1 20.1.1.1 size=999999": "such a packet has",
	} {
		if _, err := ParseOrder(order, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", order, err, want)
		}
	}
}
