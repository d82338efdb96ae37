package cli

import (
	"strings"
	"testing"
)

func TestErrors(t *testing.T) {
	const unknown = "% Unknown command or computer name, or unable to find computer address\r\n"
	const invalid = "% Invalid input detected at '^' marker.\r\n\r\n"
	for _, c := range []struct{ mode, typed, want string }{
		{"exec", "show ip routte", "               ^\r\n" + invalid},
		{"exec", "  show  zebra", "           ^\r\n" + invalid},
		{"exec", "show ip", "% Incomplete command.\r\n\r\n"},
		{"exec", "show i", "% Ambiguous command:  \"show i\"\r\n"},
		{"exec", "ls", "Translating \"ls\"...domain server (255.255.255.255)\r\n" + unknown},
		{"exec", "ls 23", "Translating \"ls\"...domain server (255.255.255.255)\r\n" + unknown},
		{"exec", "cobfig t", "          ^\r\n" + invalid},
		{"exec", "cobfig 23 t", "             ^\r\n" + invalid},
		{"config", "cobfig t", "            ^\r\n" + invalid},
		{"config", "do cobfig t", "                ^\r\n" + invalid},
		{"config", "crypto isakmp policy 0", "                                ^\r\n" + invalid},
		{"if", "ip address 10.0.0.1 255.255.255.255", "                                  ^\r\n" + invalid},
		{"if", "ip address 10.0.0.1 255.0.0.0", "% Bad mask /8 for address 10.0.0.1\r\n"},
		{"exec", "show ip route | inc (", "% Failed to compile regular expression\r\n"},
	} {
		x := newTerminal(t, Options{Privilege: 15})
		prompt := "R1#"
		if c.mode != "exec" {
			x.s.Input([]byte("conf t\r"))
			prompt = "R1(config)#"
		}
		if c.mode == "if" {
			x.s.Input([]byte("int e0\r"))
			prompt = "R1(config-if)#"
		}
		x.expect(c.typed+"\r", c.typed+"\r\n"+c.want+prompt)
	}
}

func TestNoLookup(t *testing.T) {
	x := newTerminal(t, Options{})
	x.dev.noLookup = true
	x.expect("cobfig t\r", "cobfig t\r\n   ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1>")
	x.expect("reload\r", "reload\r\n   ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1>")
}

// TestCaretOfAScrolledLine stands under what is seen.
func TestCaretOfAScrolledLine(t *testing.T) {
	x := newTerminal(t, Options{Width: 40})
	x.s.Input([]byte("show ip route 10.1.1.1 and much that is too long"))
	x.expect("\r", "\r\n      ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1>")
}

// The caret stands under the column, not under the byte.
func TestCaretBehindWideCharacters(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.expect("conf t\r", "conf t\r\nEnter configuration commands, one per line.  End with CNTL/Z.\r\nR1(config)#")
	x.expect("crypto isakmp key 秘é address x\r",
		"crypto isakmp key 秘é address x\r\n"+strings.Repeat(" ", 11+30)+"^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1(config)#")
}

// What is typed beyond ASCII arrives whole, in whatever pieces.
func TestTypedUTF8(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15, Width: 80})
	for _, b := range []byte("conf t\rbanner motd 。欢迎\r光临。\r") {
		x.s.Input([]byte{b})
	}
	if want := "banner motd 。欢迎\r\nEnter TEXT message.  End with the character '。'.\r\n光临。\r\nR1(config)#"; !strings.HasSuffix(x.out.String(), want) {
		t.Errorf("screen\n%s", x.out.String())
	}
	if got := x.dev.events[len(x.dev.events)-1]; !strings.Contains(got, `"欢迎\n光临"`) {
		t.Errorf("got %q", got)
	}
}
