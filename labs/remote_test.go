package labs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/storage"
)

// keys are typed at R1's console.
type keys struct {
	from cli.Origin
	text string
}

func (l *testLab) press(keys ...keys) (shown string) {
	n := l.Node("R1")
	l.screens["R1"].Reset()
	for _, k := range keys {
		n.Do(func() { n.Console().InputFrom(k.from, []byte(k.text)) })
		l.Loop.RunUntil(l.Loop.Now() + 5*time.Second)
	}
	return l.screens["R1"].String()
}

// TestOrdersFromElsewhere: at a console that is not the lab's own terminal, what touches
// files of the host is refused in words that say so, however it is given; other orders
// are not. Nothing of the host is changed.
func TestOrdersFromElsewhere(t *testing.T) {
	const here, there = console.Local, console.Remote
	const refused = " is refused here, for it touches files of the host: want the lab's own terminal, or the command line"
	capture, keyFiles := "!lab capture R1:fa0/0 TOP/precious\r", "!lab keys TOP/keys\r"
	for name, c := range map[string]struct {
		typed []keys
		shown string
	}{
		"capture":                 {[]keys{{there, capture}}, "% capture" + refused},
		"relative":                {[]keys{{there, "!lab capture R1:fa0/0 a.pcapng\r"}}, "% capture" + refused},
		"to standard output":      {[]keys{{there, "!lab capture R1:fa0/0 -\r"}}, "% capture" + refused},
		"into an open file":       {[]keys{{there, "!lab capture R3:fa0/0 mine.pcapng\r"}}, "% capture" + refused},
		"the end of another's":    {[]keys{{there, "!lab capture R1:fa0/0 stop\r"}}, "% capture" + refused},
		"keys":                    {[]keys{{there, keyFiles}}, "% keys" + refused},
		"later":                   {[]keys{{there, "!lab after 1s keys TOP/keys\r"}}, "% after" + refused},
		"later and later":         {[]keys{{there, "!lab after 1s after 1s keys TOP/keys\r"}}, "% after" + refused},
		"by keys":                 {[]keys{{there, "!lab press R1 !lab keys TOP/keys<Enter>\r"}}, "% keys" + refused},
		"by keys, later":          {[]keys{{there, "!lab after 1s press R1 !lab keys TOP/keys<Enter>\r"}}, "% keys" + refused},
		"for another to end":      {[]keys{{there, strings.TrimSuffix(keyFiles, "\r")}, {here, "\r"}}, "% keys" + refused},
		"begun by another":        {[]keys{{here, strings.TrimSuffix(keyFiles, "\r")}, {there, "\r"}}, "% keys" + refused},
		"typed ahead":             {[]keys{{here, "ping 9.9.9.9 repeat 1\r"}, {there, keyFiles}}, "% keys" + refused},
		"other orders":            {[]keys{{there, "!lab time\r!lab link R1:fa0/0 delay=1ms\r!lab link\r!lab capture\r"}}, "frames of R1:FastEthernet0/0 in mine.pcapng"},
		"the lab's own terminal":  {[]keys{{there, "!lab time\r"}, {here, "!lab keys own\r"}}, "!lab keys own\n"},
		"the terminal, by itself": {[]keys{{here, "!lab after 1s press R1 !lab keys own<Enter>\r"}}, "!lab keys own\n"},
	} {
		top, dir := t.TempDir(), t.TempDir()
		if err := os.WriteFile(filepath.Join(top, "precious"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
		l.order(t, "!lab capture R1:FastEthernet0/0 mine.pcapng")
		for i := range c.typed {
			c.typed[i].text = strings.ReplaceAll(c.typed[i].text, "TOP", top)
		}
		shown := l.press(c.typed...)
		if !strings.Contains(shown, c.shown) || strings.Contains(shown, "%") != strings.Contains(c.shown, "%") && name != "typed ahead" {
			t.Errorf("%s: %q is not in\n%s", name, c.shown, shown)
		}
		if entries, err := os.ReadDir(top); err != nil || len(entries) != 1 {
			t.Errorf("%s: there are %v, %v", name, entries, err)
		}
		if text, err := os.ReadFile(filepath.Join(top, "precious")); string(text) != "x" {
			t.Errorf("%s: the file holds %q, %v", name, text, err)
		}
		own, err := os.ReadDir(dir)
		if want := 1 + strings.Count(c.shown, "keys own"); err != nil || len(own) != want {
			t.Errorf("%s: the lab's own files are %v, %v", name, own, err)
		}
		if len(l.captures) != 1 || len(l.captures[0].uses) != 1 || len(l.Failures) > 0 {
			t.Errorf("%s: captures %v, failures %v", name, l.captures, l.Failures)
		}
	}
}
