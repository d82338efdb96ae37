package labs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/topology"
)

// orderLab has two routers, a host and a switch.
func orderLab(t *testing.T) *topology.File {
	t.Helper()
	f, err := topology.Parse("lab.clab.yml", []byte(`
name: orders
topology:
  nodes:
    R1: {kind: cisco_iol}
    R2: {kind: cisco_iol}
    PC1: {kind: linux}
    SW: {kind: bridge}
  links:
    - endpoints: [R1:FastEthernet0/0, R2:FastEthernet0/0]
    - endpoints: [PC1:eth1, SW:p1]
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOrders(t *testing.T) {
	lab := orderLab(t)
	seed := uint64(7)
	tests := []struct {
		line string
		want Order // Pattern and Settings are compared by hand
	}{
		{"!lab use site-to-site", Order{Verb: Use, Use: UseOrder{Lab: "site-to-site"}}},
		{"!lab use a/b seed=7 version=12.4", Order{Verb: Use, Use: UseOrder{Lab: "a/b", Seed: &seed, Version: "12.4"}}},
		{"!lab wait 30s", Order{Verb: Wait, Time: 30 * time.Second}},
		{"!lab  wait   1d ", Order{Verb: Wait, Time: 24 * time.Hour}},
		{"!lab wait 1d2h3m", Order{Verb: Wait, Time: 26*time.Hour + 3*time.Minute}},
		{"!lab wait 1.5s", Order{Verb: Wait, Time: 1500 * time.Millisecond}},
		{"!lab press R1 ^Z", Order{Verb: Press, Node: "R1", Keys: []byte{0x1a}}},
		{"!lab press R1 ^^", Order{Verb: Press, Node: "R1", Keys: []byte{0x1e}}},
		{"!lab press PC1 show ver<Tab> ^c<up>", Order{Verb: Press, Node: "PC1", Keys: []byte("show ver\t \x03\x1b[A")}},
		{"!lab press R1 a < b", Order{Verb: Press, Node: "R1", Keys: []byte("a < b")}},
		{"!lab link R1:FastEthernet0/0 down", Order{Verb: Link, End: topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}}},
		{"!lab link R2:fa0/0 up", Order{Verb: Link, End: topology.Endpoint{Node: "R2", Interface: "FastEthernet0/0"}}},
		{"!lab link SW:p1 up", Order{Verb: Link, End: topology.Endpoint{Node: "SW", Interface: "p1"}}},
		{"!lab capture R1:fa0/0 a b.pcapng ", Order{Verb: Capture, File: "a b.pcapng", End: topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}}},
		{"!lab capture PC1:eth1 stop", Order{Verb: Capture, End: topology.Endpoint{Node: "PC1", Interface: "eth1"}}},
		{"!lab capture", Order{Verb: Capture}},
		{"!lab link ", Order{Verb: Link}},
		{"!lab keys my keys", Order{Verb: Keys, File: "my keys"}},
		{"!lab console R2", Order{Verb: Console, Node: "R2"}},
		{"!lab reset R1", Order{Verb: Reset, Node: "R1"}},
		{"!lab time", Order{Verb: Time}},
		{"!lab help", Order{Verb: Help}},
	}
	show := func(o Order) string {
		if o.Use.Seed != nil {
			return fmt.Sprint(*o.Use.Seed, o.Use.Lab, o.Use.Version)
		}
		return fmt.Sprintf("%d %+v %v %q %q %v %q", o.Verb, o.Use, o.Time, o.Node, o.Keys, o.End, o.File)
	}
	for _, tt := range tests {
		o, err := ParseOrder(tt.line, lab)
		if err != nil {
			t.Errorf("%s: %v", tt.line, err)
			continue
		}
		if got, want := show(*o), show(tt.want); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.line, got, want)
		}
	}
}

func TestOrderParts(t *testing.T) {
	lab := orderLab(t)
	parse := func(line string) *Order {
		o, err := ParseOrder(line, lab)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		return o
	}
	o := parse("!lab link R1:FastEthernet0/0 loss=30% delay=50ms jitter=5ms rate=1mbit")
	if s := o.Settings; s.Loss != 0.3 || s.Delay != 50*time.Millisecond || s.Jitter != 5*time.Millisecond || s.Rate != 1_000_000 {
		t.Errorf("settings %+v", s)
	}
	o = parse("!lab after 20s link R2:FastEthernet0/0 loss=0%")
	if o.Time != 20*time.Second || o.Then.Verb != Link || o.Then.End.Node != "R2" {
		t.Errorf("after: %+v, %+v", o, o.Then)
	}
	o = parse("!lab after 3s press R1 ^^")
	if o.Then.Verb != Press || string(o.Then.Keys) != "\x1e" {
		t.Errorf("after: %+v", o.Then)
	}
	o = parse("!lab until /^a b$/")
	if o.Time != time.Minute || o.PatternText() != "^a b$" || !o.Pattern.MatchString("x\na b\ny") {
		t.Errorf("until: %v %v", o.Time, o.Pattern)
	}
	o = parse(`!lab until /1\/5 packets/ 2h`)
	if o.Time != 2*time.Hour || !o.Pattern.MatchString("(1/5 packets)") {
		t.Errorf("until: %v %v", o.Time, o.Pattern)
	}
}

func TestMistakenOrders(t *testing.T) {
	lab := orderLab(t)
	for line, want := range map[string]string{
		"!labs":                         `"!labs" is no order: want !lab ORDER`,
		"!lab":                          "the order is missing: want one of use, wait",
		"!lab wiat 3s":                  `there is no order "wiat": want one of use, wait`,
		"!lab capture R1:Fa0/0":         "capture names no file",
		"!lab capture R1:Fa0/1 stop":    "there is no link at R1:Fa0/1",
		"!lab keys ":                    "keys names no directory",
		"!lab use":                      "use names no lab: want !lab use LAB [seed=N] [version=V]",
		"!lab use a seed=x":             `seed "x" is no number`,
		"!lab use a version=":           `there is no IOS version "": want version=12.4`,
		"!lab use a sede=1":             `"sede=1" is not known to use`,
		"!lab wait":                     `"" is no time: want one such as 30s`,
		"!lab wait 30":                  `"30" is no time`,
		"!lab wait -1s":                 `"-1s" is no time`,
		"!lab wait 9999d":               `"9999d" is no time`,
		"!lab wait 1s 2s":               `"2s" is too much: want !lab wait 30s`,
		"!lab until foo":                "until has no pattern",
		"!lab until /(/":                "is no pattern",
		"!lab until /a/ soon":           `"soon" is no time`,
		"!lab press R9 x":               `press does not know "R9": want one of R1, R2, PC1`,
		"!lab press R1":                 "press names no keys",
		"!lab press R1 <Foo>":           "there is no key <Foo>: want one of <Backspace>",
		"!lab press R1 ^1":              "^1 is no key",
		"!lab link R1":                  `"R1" is no end of a link`,
		"!lab link R1:Fa0/1 down":       "there is no link at R1:Fa0/1",
		"!lab link R1:Fa0/0":            "link changes nothing",
		"!lab link R1:Fa0/0 dwon":       `link does not know "dwon"`,
		"!lab link R1:Fa0/0 state=down": `link does not know "state=down"`,
		"!lab link R1:Fa0/0 loss=30":    `loss "30": want a percentage`,
		"!lab link R1:Fa0/0 mtu=1":      `a link has no "mtu"`,
		"!lab after 20s":                "the order is missing",
		"!lab after link R1:Fa0/0 down": `"link" is no time`,
		"!lab after 1s wait 1s":         "wait cannot be given later",
		"!lab console SW":               `console does not know "SW": want one of R1, R2, PC1`,
		"!lab reset PC1":                `reset does not know "PC1": want one of R1, R2`,
		"!lab time now":                 `"now" is too much`,
	} {
		if _, err := ParseOrder(line, lab); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", line, err, want)
		}
	}
}

func TestParseCapture(t *testing.T) {
	lab, one := orderLab(t), &topology.File{
		Nodes: []*topology.Node{{Name: "R1"}},
		Links: []*topology.Link{{Ends: [2]topology.Endpoint{{Node: "R1", Interface: "FastEthernet0/0"}}}},
	}
	for _, c := range []struct {
		text string
		lab  *topology.File
		want string
	}{
		{"R2:fa0/0=a.pcapng", lab, "R2:FastEthernet0/0 a.pcapng"},
		{"PC1:eth1=-", lab, "PC1:eth1 -"},
		{"fa0/0=a=b", one, "R1:FastEthernet0/0 a=b"},
		{"R1:fa0/0=a", one, "R1:FastEthernet0/0 a"},
		{"fa0/0=a", lab, `"fa0/0" is no end of a link`},
		{"R1:fa0/0", lab, "names no file"},
		{"R1:fa0/0=", lab, "names no file"},
		{"R1:fa0/9=a", lab, "there is no link at R1:fa0/9"},
	} {
		o, err := ParseCapture(c.text, c.lab)
		got := fmt.Sprint(err)
		if err == nil {
			got = fmt.Sprint(o.End, " ", o.File)
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestIsOrder(t *testing.T) {
	for line, want := range map[string]bool{
		"!lab": true, "!lab time": true, "!lab\ttime": true, "!labs": false, "! lab": false, " !lab time": false, "": false,
	} {
		if IsOrder(line) != want {
			t.Errorf("IsOrder(%q) is %v", line, !want)
		}
	}
}

func TestHelpListsEveryOrder(t *testing.T) {
	for _, v := range verbs {
		if !strings.Contains(HelpText(), "!lab "+v.name) {
			t.Errorf("help does not tell of %s", v.name)
		}
	}
	for line := range strings.Lines(HelpText()) {
		if IsOrder(line) {
			t.Errorf("an order in a transcript: %q", line)
		}
	}
}

func FuzzParseOrder(f *testing.F) {
	for _, v := range verbs {
		f.Add("!lab " + v.name + " " + v.form)
	}
	f.Add("!lab after 1s after 1s press R1 ^^<Tab>")
	lab := &topology.File{Nodes: []*topology.Node{{Name: "R1"}}}
	f.Fuzz(func(t *testing.T, line string) {
		o, err := ParseOrder(line, lab)
		if (o == nil) == (err == nil) {
			t.Errorf("order %v, error %v", o, err)
		}
	})
}
