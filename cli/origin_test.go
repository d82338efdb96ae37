package cli

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// TestOrigin: a line has the highest origin of its keys, wherever its Return came from.
// Keys that were taken back, or belonged to the line before, do not count.
func TestOrigin(t *testing.T) {
	const local, remote Origin = 0, 1
	type keys struct {
		from Origin
		text string
	}
	for name, c := range map[string]struct {
		typed []keys
		want  string
	}{
		"local":                      {[]keys{{local, "! a\r"}}, "! a 0\n"},
		"remote":                     {[]keys{{remote, "! a\r"}}, "! a 1\n"},
		"ended by the other":         {[]keys{{remote, "! a"}, {local, "\r"}}, "! a 1\n"},
		"begun by the other":         {[]keys{{local, "! a"}, {remote, "\r"}}, "! a 1\n"},
		"one key of the other":       {[]keys{{local, "! a"}, {remote, "b"}, {local, "\x7fc\r"}}, "! ac 1\n"},
		"the line after":             {[]keys{{remote, "! a\r"}, {local, "! b\r"}}, "! a 1\n! b 0\n"},
		"after a line without":       {[]keys{{remote, "\r"}, {local, "! b\r"}}, "! b 0\n"},
		"after Ctrl-C":               {[]keys{{remote, "! a"}, {local, "\x03! b\r"}}, "! b 0\n"},
		"after help":                 {[]keys{{remote, "! a?"}, {local, "\r"}}, "! a 1\n"},
		"two lines at once":          {[]keys{{local, "! a\r! b\r"}, {remote, "! c\r"}}, "! a 0\n! b 0\n! c 1\n"},
		"typed ahead":                {[]keys{{local, "! wait\r"}, {remote, "! a\r"}, {local, "! b\r"}, {local, "\x1e"}}, "! a 1\n! b 0\n"},
		"typed ahead, and broken up": {[]keys{{local, "! wait\r! a"}, {remote, "b\r"}, {local, "\x1e"}}, "! ab 1\n"},
	} {
		var got bytes.Buffer
		x := newTerminal(t, Options{Comment: func(c *Call) error {
			if c.Line == "! wait" {
				return c.Sleep(time.Hour)
			}
			fmt.Fprintf(&got, "%s %d\n", c.Line, c.Origin)
			return nil
		}})
		for _, k := range c.typed {
			x.s.InputFrom(k.from, []byte(k.text))
		}
		if got.String() != c.want {
			t.Errorf("%s: got %q, want %q", name, got.String(), c.want)
		}
	}
}
