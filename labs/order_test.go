package labs

import (
	"fmt"
	"reflect"
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
	at := func(node, port string) topology.Endpoint { return topology.Endpoint{Node: node, Interface: port} }
	tests := []struct {
		line string
		want action
	}{
		{"!lab use site-to-site", &Use{Lab: "site-to-site"}},
		{"!lab use a/b seed=7 version=12.4", &Use{Lab: "a/b", Seed: &seed, Version: "12.4"}},
		{"!lab wait 30s", Pause{Time: 30 * time.Second}},
		{"!lab  wait   1d ", Pause{Time: 24 * time.Hour}},
		{"!lab wait 1d2h3m", Pause{Time: 26*time.Hour + 3*time.Minute}},
		{"!lab wait 1.5s", Pause{Time: 1500 * time.Millisecond}},
		{"!lab press R1 ^Z", press{"R1", []byte{0x1a}}},
		{"!lab press R1 ^^", press{"R1", []byte{0x1e}}},
		{"!lab press PC1 show ver<Tab> ^c<up>", press{"PC1", []byte("show ver\t \x03\x1b[A")}},
		{"!lab press R1 a < b", press{"R1", []byte("a < b")}},
		{"!lab capture R1:fa0/0 a b.pcapng ", startCapture{at("R1", "FastEthernet0/0"), "a b.pcapng"}},
		{"!lab capture PC1:eth1 stop", stopCapture{at("PC1", "eth1")}},
		{"!lab capture", listCaptures{}},
		{"!lab link ", listLinks{}},
		{"!lab keys my keys", logKeys{"my keys"}},
		{"!lab console R2", showConsole{"R2"}},
		{"!lab reset R1", reset{"R1"}},
		{"!lab time", tellTime{}},
		{"!lab help", help{}},
	}
	for _, tt := range tests {
		o, err := ParseOrder(tt.line, lab)
		if err != nil {
			t.Errorf("%s: %v", tt.line, err)
			continue
		}
		if !reflect.DeepEqual(o.action, tt.want) {
			t.Errorf("%s:\ngot  %#v\nwant %#v", tt.line, o.action, tt.want)
		}
	}
}

// parsed is what an order does, of the kind that the test expects.
func parsed[A action](t *testing.T, line string) A {
	t.Helper()
	o, err := ParseOrder(line, orderLab(t))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	a, ok := o.action.(A)
	if !ok {
		t.Fatalf("%s: %#v", line, o.action)
	}
	return a
}

func TestLinkOrders(t *testing.T) {
	for line, want := range map[string]topology.Endpoint{
		"!lab link R1:FastEthernet0/0 down": {Node: "R1", Interface: "FastEthernet0/0"},
		"!lab link R2:fa0/0 up":             {Node: "R2", Interface: "FastEthernet0/0"},
		"!lab link SW:p1 up":                {Node: "SW", Interface: "p1"},
	} {
		if o := parsed[linkChange](t, line); o.end != want {
			t.Errorf("%s: %v", line, o.end)
		}
	}
	o := parsed[linkChange](t, "!lab link R1:FastEthernet0/0 loss=30% delay=50ms jitter=5ms rate=1mbit")
	if s := o.settings; s.Loss != 0.3 || s.Delay != 50*time.Millisecond || s.Jitter != 5*time.Millisecond || s.Rate != 1_000_000 {
		t.Errorf("settings %+v", s)
	}
}

func TestAfterOrders(t *testing.T) {
	o := parsed[after](t, "!lab after 20s link R2:FastEthernet0/0 loss=0%")
	if l, ok := o.then.action.(linkChange); o.time != 20*time.Second || !ok || l.end.Node != "R2" {
		t.Errorf("%+v", o)
	}
	o = parsed[after](t, "!lab after 3s press R1 ^^")
	if p, ok := o.then.action.(press); !ok || string(p.keys) != "\x1e" {
		t.Errorf("%+v", o)
	}
}

func TestUntilOrders(t *testing.T) {
	o := parsed[Pause](t, "!lab until /^a b$/")
	if o.Time != time.Minute || o.Missed().Error() != "no match of /^a b$/ in 1m0s" || !o.Pattern.MatchString("x\na b\ny") {
		t.Errorf("%v %v", o.Time, o.Pattern)
	}
	o = parsed[Pause](t, `!lab until /1\/5 packets/ 2h`)
	if o.Time != 2*time.Hour || !o.Pattern.MatchString("(1/5 packets)") {
		t.Errorf("%v %v", o.Time, o.Pattern)
	}
}

func TestMistakenOrders(t *testing.T) {
	lab := orderLab(t)
	for line, want := range map[string]string{
		"!labs":                         `"!labs" is not an order: want !lab ORDER`,
		"!lab":                          "the order is missing: want one of use, wait",
		"!lab wiat 3s":                  `there is no order "wiat": want one of use, wait`,
		"!lab capture R1:Fa0/0":         "capture names no file",
		"!lab capture R1:Fa0/1 stop":    "there is no link at R1:Fa0/1",
		"!lab keys ":                    "keys names no directory",
		"!lab use":                      "use names no lab: want !lab use LAB [seed=N] [version=V]",
		"!lab use a seed=x":             `seed "x" is not a number`,
		"!lab use a version=":           `there is no IOS version "": want version=12.4`,
		"!lab use a sede=1":             `"sede=1" is not known to use`,
		"!lab wait":                     `bad duration "" (try 30s, 5m, 2h, 1d)`,
		"!lab wait 30":                  `bad duration "30"`,
		"!lab wait -1s":                 `bad duration "-1s"`,
		"!lab wait 9999d":               `bad duration "9999d"`,
		"!lab wait 1s 2s":               `"2s" is too much: want !lab wait 30s`,
		"!lab until foo":                "until has no pattern",
		"!lab until /(/":                "is not a pattern",
		"!lab until /a/ soon":           `bad duration "soon"`,
		"!lab press R9 x":               `press does not know "R9": want one of R1, R2, PC1`,
		"!lab press R1":                 "press names no keys",
		"!lab press R1 <Foo>":           "there is no key <Foo>: want one of <Backspace>",
		"!lab press R1 ^1":              "^1 is not a key",
		"!lab link R1":                  `"R1" is not an end of a link`,
		"!lab link R1:Fa0/1 down":       "there is no link at R1:Fa0/1",
		"!lab link R1:Fa0/0":            "link changes nothing",
		"!lab link R1:Fa0/0 dwon":       `link does not know "dwon"`,
		"!lab link R1:Fa0/0 state=down": `link does not know "state=down"`,
		"!lab link R1:Fa0/0 loss=30":    `loss "30": want a percentage`,
		"!lab link R1:Fa0/0 mtu=1":      `a link has no "mtu"`,
		"!lab after 20s":                "the order is missing",
		"!lab after link R1:Fa0/0 down": `bad duration "link"`,
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
		{"fa0/0=a", lab, `"fa0/0" is not an end of a link`},
		{"R1:fa0/0", lab, "names no file"},
		{"R1:fa0/0=", lab, "names no file"},
		{"R1:fa0/9=a", lab, "there is no link at R1:fa0/9"},
	} {
		o, err := ParseCapture(c.text, c.lab)
		got := fmt.Sprint(err)
		if err == nil {
			c := o.action.(startCapture)
			got = fmt.Sprint(c.end, " ", c.file)
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
	for _, v := range orders {
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
	for _, v := range orders {
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
