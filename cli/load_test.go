package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/loop"
)

func load(t testing.TB, text string) (events, problems []string, output string) {
	dev := &fakeDevice{host: "R1"}
	var out strings.Builder
	l := NewLoader(testGrammar(t), dev, loop.New(), func(text string) { out.WriteString(text) })
	defer l.Close()
	for i, line := range strings.Split(text, "\n") {
		if err := l.Line(line); err != nil {
			problems = append(problems, fmt.Sprintf("%d:%d %s", i+1, err.(*LineError).Column, err))
		}
	}
	return dev.events, problems, out.String()
}

func TestLoad(t *testing.T) {
	const invalid = " % Invalid input detected at '^' marker."
	for _, c := range []struct {
		name, text       string
		events, problems []string
	}{
		{
			"sections",
			"hostname R7\n!\ninterface e0\n ip address 1.1.1.1 255.255.255.0\n no shutdown\n!\ncrypto isakmp policy 10\n group 2\nlogging buffered\nend\n",
			[]string{"if addr=1.1.1.1 mask=255.255.255.0", "if no shutdown=shutdown", "isakmp 2=2", "config buffered=buffered"},
			nil,
		},
		{
			"no indentation",
			"interface e0\nip address 1.1.1.1 255.255.255.0\ninterface e1\nshutdown\ncrypto isakmp policy 1\nhash md5\nexit\nlogging buffered",
			[]string{"if addr=1.1.1.1 mask=255.255.255.0", "if shutdown=shutdown", "isakmp md5=md5", "config buffered=buffered"},
			nil,
		},
		{
			"all indented",
			"  interface e0\n    shutdown\n  logging buffered\n  interface e1\n  shutdown",
			[]string{"if shutdown=shutdown", "config buffered=buffered", "if shutdown=shutdown"},
			nil,
		},
		{
			"unknown lines",
			"interface e0\n ip zebra\n zebra\n shutdown\nzebra stripes\n shutdown\n logging buffered\nlogging buffered",
			[]string{"if shutdown=shutdown", "config buffered=buffered"},
			[]string{"2:4" + invalid, "3:1" + invalid, "5:0" + invalid, "6:1" + invalid, "7:1" + invalid},
		},
		{
			"an indented line is not for the modes above",
			"interface e0\n logging buffered\n",
			nil,
			[]string{"2:1" + invalid},
		},
		{
			"errors of handlers",
			"interface e0\n ip address 1.1.1.1 255.0.0.0\n ip address 1.1.1.1 255.255.255.255\n ip address\n shutdown",
			[]string{"if shutdown=shutdown"},
			[]string{"2:-1 % Bad mask /8 for address 1.1.1.1", "3:20" + invalid, "4:-1 % Incomplete command."},
		},
		{
			"banners",
			"banner motd ^Cone line^C\nbanner motd ^C\n  two\n! lines\n^C\nbanner motd @x@\nbanner motd \x03y\x03\r\nlogging buffered",
			[]string{`banner "one line"`, `banner "\n  two\n! lines\n"`, `banner "x"`, `banner "y"`, "config buffered=buffered"},
			nil,
		},
		{"exit too often", "interface e0\nexit\nexit\nexit\nlogging buffered", []string{"config buffered=buffered"}, nil},
		{"a banner that does not end", "banner motd #\nlost", nil, nil},
		{"ambiguous", "in e0\n ip a", nil, []string{`2:-1 % Ambiguous command:  " ip a"`}},
		{"carriage returns", "interface e0\r\n shutdown\r\n", []string{"if shutdown=shutdown"}, nil},
	} {
		events, problems, out := load(t, c.text)
		if strings.Join(events, "|") != strings.Join(c.events, "|") {
			t.Errorf("%s: events %q, want %q", c.name, events, c.events)
		}
		if strings.Join(problems, "|") != strings.Join(c.problems, "|") {
			t.Errorf("%s: problems %q, want %q", c.name, problems, c.problems)
		}
		if out != "" {
			t.Errorf("%s: output %q", c.name, out)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("interface e0\n ip address 1.1.1.1 255.0.0.0\nexit\nexit\nexit\nend\n shutdown")
	f.Add("banner motd #\nx\n#\n  no banner motd\ndo show lines 100\ndo reload\ndo copy run start\ndo ping x")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 2000 {
			load(t, text)
		}
	})
}
