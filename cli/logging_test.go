package cli

import (
	"strings"
	"testing"
	"time"
)

const record = "*Mar  1 00:00:01.003: %LINK-3-UPDOWN: Interface Ethernet0, changed state to up"

func (x *terminalTest) expectLog(record, want string) {
	x.t.Helper()
	x.out.Reset()
	x.s.Log(record)
	if got := x.out.String(); got != want {
		x.t.Errorf("log\n got %q\nwant %q", got, want)
	}
}

func TestLogWhileTyping(t *testing.T) {
	x := newTerminal(t, Options{})
	x.expectLog(record, "\r\n"+record+"\r\n")
	x.expectLog(record+"\n", record+"\r\n") // the cursor is in the first column now
	x.expect("show in", "show in")
	x.expectLog("one\n  two", "\r\none\r\n  two\r\n")
	x.expect("v\r", "v\r\nR1>") // typing goes on
}

func TestLogSynchronous(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.s.Synchronous = true
	x.expectLog(record, "\r\n"+record+"\r\nR1#")
	x.expect("show inv\x02\x02", "show inv\b\b")
	x.expectLog(record, "\r\n"+record+"\r\nR1#show inv\b\b")
	x.expect("\r", "\r\nR1#")
	x.expect("copy run start\rab", "copy run start\r\nDestination filename [startup-config]? ab")
	x.expectLog(record, "\r\n"+record+"\r\nDestination filename [startup-config]? ab")
	x.expect("\rsecret\rxy", "\r\nto \"ab\"\r\n[OK]\r\nR1#secret\r\nPassword: ")
	x.expectLog(record, "\r\n"+record+"\r\nPassword: ")
	x.expect("z\r", "\r\ngot xyz\r\nR1#")
}

func TestLogWhileACommandRuns(t *testing.T) {
	for _, sync := range []bool{false, true} {
		x := newTerminal(t, Options{})
		x.s.Synchronous = sync
		x.expect("ping 1.1.1.1\r", dots)
		x.expectLog("at once", "at once\r\n")
		x.clock.Pass(3 * time.Second)
		x.expectLog("in the middle", "\r\nin the middle\r\n")
		x.clock.Pass(time.Second)
		x.expectLog("in the middle", "\r\nin the middle\r\n")
		x.s.Close()
	}
}

func TestLogAtMore(t *testing.T) {
	x := newTerminal(t, Options{Length: 3})
	x.expect("show lines 4\r", "show lines 4\r\nline 1\r\nline 2\r\n --More-- ")
	x.expectLog(record, moreErased+record+"\r\n --More-- ")
	x.expect(" ", moreErased+"line 3\r\nline 4\r\nR1>")
	x.s.Synchronous = true
	x.expect("show lines 4\r", "show lines 4\r\nline 1\r\nline 2\r\n --More-- ")
	x.expectLog(record, "")
	x.expect(" ", moreErased+record+"\r\nline 3\r\nline 4\r\nR1>")
	x.expect("show lines 4\r", "show lines 4\r\nline 1\r\nline 2\r\n --More-- ")
	for range maxHeld {
		x.expectLog("held", "")
	}
	x.expectLog("one too many", moreErased+strings.Repeat("held\r\n", maxHeld)+"one too many\r\n --More-- ")
	x.expect("q", moreErased+"R1>")
}

func TestLeavingConfiguration(t *testing.T) {
	const left = "*Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console"
	enter := "conf t\r\nEnter configuration commands, one per line.  End with CNTL/Z.\r\nR1(config)#"
	for name, c := range map[string]struct{ typed, want string }{
		"end":            {"end\r", "end\r\nR1#\r\n" + left + "\r\n"},
		"exit":           {"exit\r", "exit\r\nR1#\r\n" + left + "\r\n"},
		"Ctrl-Z":         {"\x1a", "^Z\r\nR1#\r\n" + left + "\r\n"},
		"Ctrl-Z, line":   {"hostname R9\x1a", "hostname R9^Z\r\nR9#\r\n" + left + "\r\n"},
		"Ctrl-Z, wrong":  {"zebra\x1a", "zebra^Z\r\n           ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1#\r\n" + left + "\r\n"},
		"Ctrl-C, line":   {"hostname R9\x03", "hostname R9^C\r\nR1#\r\n" + left + "\r\n"},
		"end from below": {"int e0\rend\r", "int e0\r\nR1(config-if)#end\r\nR1#\r\n" + left + "\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTerminal(t, Options{Privilege: 15})
			x.expect("conf t\r", enter)
			x.expect(c.typed, c.want)
		})
	}
	x := newTerminal(t, Options{Privilege: 15})
	x.s.Synchronous = true
	x.expect("conf t\r\x1a", enter+"^Z\r\nR1#\r\n"+left+"\r\nR1#")
	x.expect("abc\x03", "abc^C\r\nR1#")
}
