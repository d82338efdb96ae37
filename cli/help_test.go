package cli

import (
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	g := testGrammar(t)
	for _, c := range []struct {
		mode, line string
		level      int
		want       string
	}{
		{"exec", "", 1, `Exec commands:
  enable    help of enable
  exit      Exit from EXEC
  help      How help works
  logout    Exit from EXEC
  ping      help of ping
  show      help of show
  terminal  Terminal settings

`},
		{"exec", "show ", 1, `  history    Lines typed before
  inventory  help of inventory
  ip         help of ip
  lines      help of lines

`},
		{"exec", "show ip route ", 1, `  A.B.C.D  help of A.B.C.D
  static   help of static
  |        Filter the output
  <cr>

`},
		{"exec", "show ip route static ", 1, "  |     Filter the output\n  <cr>\n\n"},
		{"exec", "sh ru | ", 15, `  begin    From the first line that matches on
  count    How many lines match
  exclude  Lines that do not match
  include  Lines that match
  section  Blocks whose first line matches

`},
		{"exec", "sh ru | i ", 15, "  LINE  A regular expression\n\n"},
		{"exec", "enable ", 1, "  <cr>\n\n"},
		{"exec", "co", 15, "configure  connect  copy\n\n"},
		{"exec", "co", 1, "% Unrecognized command\n"},
		{"exec", "sh", 1, "show\n\n"},
		{"exec", "sh i", 1, "inventory  ip\n\n"},
		{"exec", "zebra", 1, "% Unrecognized command\n"},
		{"exec", "zebra ", 1, "% Unrecognized command\n"},
		{"exec", "sh i ", 1, "% Ambiguous command:  \"sh i \"\n"},
		{"exec", "enable now ", 1, "% Unrecognized command\n"},
		{"exec", "ping 1.1.1.1 size 100 ", 15, `  repeat  help of repeat
  source  help of source
  <cr>

`},
		{"exec", "ping ", 15, "  WORD  help of WORD\n  ip    help of ip\n\n"},
		{"exec", "sh ip route 10.", 1, "A.B.C.D\n\n"},
		{"exec", "sh ip route 10.x", 1, "% Unrecognized command\n"},
		{"config", "crypto isakmp policy ", 15, "  <1-10000>  help of <1-10000>\n\n"},
		{"config", "crypto isakmp policy 1", 15, "<1-10000>\n\n"},
		{"config", "interface ", 15, `  Ethernet      IEEE 802.3
  FastEthernet  FastEthernet IEEE 802.3
  Loopback      Loopback interface

`},
		{"config", "interface fa", 15, "FastEthernet\n\n"},
		{"config", "interface fa ", 15, "  <0-9>  interface number\n\n"},
		{"config", "interface fa 0 ", 15, "  <cr>\n\n"},
		{"config", "do sh ip interface ", 15, "  brief  help of brief\n  |      Filter the output\n  <cr>\n\n"},
		{"config", "no ", 15, `  banner     help of banner
  cdp        help of cdp
  crypto     help of crypto
  hostname   help of hostname
  interface  help of interface
  logging    help of logging
  router     help of router

`},
		{"if", "no hostname ", 15, "  WORD  help of WORD\n  <cr>\n\n"},
		{"if", "rou", 15, "router\n\n"},
		{"isakmp", "group ", 15, "  1   help of 1\n  14  help of 14\n  2   help of 2\n  5   help of 5\n\n"},
		{"isakmp", "", 15, `ISAKMP commands:
  default  Set a command back to its default
  do       An EXEC command from here
  end      Back to EXEC
  exit     Back to EXEC
  group    help of group
  hash     help of hash
  help     How help works
  no       Negate a command

`},
	} {
		if got := g.help(g.modes[c.mode], c.line, &fakeDevice{}, c.level, 80); got != c.want {
			t.Errorf("%s: %q?\n got\n%s\nwant\n%s", c.mode, c.line, got, c.want)
		}
	}
}

func TestHelpAtTheTerminal(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.expect("co?", "co?\r\nconfigure  connect  copy\r\n\r\nR1#co")
	x.expect("py ?", "py ?\r\n  running-config  help of running-config\r\n\r\nR1#copy ")
	x.expect("x?", "x?\r\n% Unrecognized command\r\nR1#copy x")
	// Help looks at the line up to the cursor; the line stays whole.
	x.expect("\x15sh inv\x02\x02\x02\x02?", strings.Repeat("\b", 6)+"      "+strings.Repeat("\b", 6)+"sh inv"+"\b\b\b\b"+"?\r\nshow\r\n\r\nR1#sh inv")
	x.expect("\x15\x16?\r", "\b\b\b\b\b\b      \b\b\b\b\b\b?\r\nTranslating \"?\"...domain server (255.255.255.255)\r\n% Unknown command or computer name, or unable to find computer address\r\nR1#")
}

func TestHelpIsPaged(t *testing.T) {
	x := newTerminal(t, Options{Length: 4})
	x.expect("?", "?\r\nExec commands:\r\n  enable    help of enable\r\n  exit      Exit from EXEC\r\n --More-- ")
	x.expect("q", moreErased+"R1>")
}

func TestColumns(t *testing.T) {
	var list []HelpEntry
	for _, w := range strings.Fields("access-profile call clear configure connect copy crypto debug") {
		list = append(list, HelpEntry{Text: w})
	}
	want := "access-profile  call     clear\nconfigure       connect  copy\ncrypto          debug\n"
	if got := columns(list, 32); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := columns(list, 5); strings.Count(got, "\n") != len(list) {
		t.Errorf("on a narrow screen\n%s", got)
	}
}

func TestCompletion(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.expect("copy runn\t", "copy runn\r\nR1#copy running-config ")
	x.expect("\x15", strings.Repeat("\b", 20)+strings.Repeat(" ", 20)+strings.Repeat("\b", 20))
	x.expect("co\t", "co\r\nR1#co")
	g := testGrammar(t)
	for _, c := range []struct{ mode, line, want string }{
		{"exec", "sh", "show "},
		{"exec", "show ip", "show ip "},
		{"exec", "SH", "show "},
		{"exec", "show i", "show i"},
		{"exec", "show ", "show "},
		{"exec", "", ""},
		{"exec", "show ip route 10", "show ip route 10"},
		{"exec", "zeb", "zeb"},
		{"exec", "sh x y", "sh x y"},
		{"config", "no host", "no hostname "},
		{"config", "do sh inv", "do sh inventory "},
		{"if", "rout", "router "},
		{"if", "  desc", "  description "},
	} {
		if got := g.complete(g.modes[c.mode], c.line, &fakeDevice{}, PrivilegedLevel); got != c.want {
			t.Errorf("%s: %q: %q, want %q", c.mode, c.line, got, c.want)
		}
	}
}
