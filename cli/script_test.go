package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

// transcript collects what a session in script mode shows.
type transcript struct{ strings.Builder }

func (t *transcript) Echo(prompt, line string) { t.WriteString(prompt + line + "\n") }
func (t *transcript) Output(text string)       { t.WriteString(text) }
func (t *transcript) Log(record string)        { t.WriteString("LOG " + record + "\n") }

func newScript(t *testing.T) (*Session, *transcript, *loop.Loop) {
	var out transcript
	clock := loop.New()
	s := NewSession(testGrammar(t), &fakeDevice{host: "R1"}, clock, Options{Script: &out})
	return s, &out, clock
}

func checkTranscript(t *testing.T, out *transcript, want string) {
	t.Helper()
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestScript(t *testing.T) {
	s, out, clock := newScript(t)
	s.SetExecTimeout(time.Second)
	clock.Pass(time.Hour)
	s.TypeLine("enable")
	s.TypeLine("show ip interface routte")
	s.Help("show ip route ")
	s.Help("co")
	s.TypeLine("configure terminal")
	s.TypeLine("interface e0")
	s.TypeLine("end")
	s.Log("one\n  two\n")
	s.TypeLine("copy running-config startup-config")
	if got := s.Prompt(); got != "Destination filename [startup-config]? " {
		t.Errorf("question %q", got)
	}
	s.TypeLine("")
	s.TypeLine("reload")
	s.TypeLine("no")
	s.TypeLine("secret")
	s.TypeLine("pass?word")
	checkTranscript(t, out, `R1>enable
R1#show ip interface routte
                     ^
% Invalid input detected at '^' marker.

R1#show ip route ?
  A.B.C.D  help of A.B.C.D
  static   help of static
  |        Filter the output
  <cr>

R1#co?
configure  connect  copy

R1#configure terminal
Enter configuration commands, one per line.  End with CNTL/Z.
R1(config)#interface e0
R1(config-if)#end
LOG *Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console
LOG one
  two
R1#copy running-config startup-config
Destination filename [startup-config]? 
to ""
[OK]
R1#reload
Proceed with reload? [confirm]no
reload false
R1#secret
Password: pass?word
got pass?word
`)
}

func TestScriptLogInTheMiddle(t *testing.T) {
	s, out, clock := newScript(t)
	s.TypeLine("ping 1.1.1.1")
	clock.Pass(4 * time.Second)
	s.Log("record")
	clock.Pass(2 * time.Second)
	s.Keys([]byte{0x1e})
	s.TypeLine("show inv")
	checkTranscript(t, out, "R1>ping 1.1.1.1\n..\nLOG record\n.\nbroken off\nR1>show inv\n")
}

func TestScriptTypedAhead(t *testing.T) {
	s, out, clock := newScript(t)
	s.TypeLine("ping 1.1.1.1")
	s.TypeLine("show inv")
	checkTranscript(t, out, "R1>ping 1.1.1.1\n")
	clock.Pass(time.Minute)
	checkTranscript(t, out, "R1>ping 1.1.1.1\n.....\nSuccess rate is 0 percent (0/5)\nR1>show inv\n")
}

// TestScriptKeys: what keys make of the line shows without a prompt, so that
// playing the transcript again does not type it.
func TestScriptKeys(t *testing.T) {
	s, out, _ := newScript(t)
	s.TypeLine("enable")
	s.TypeLine("configure terminal")
	s.Keys([]byte("\x1a"))
	s.Keys([]byte("sh inv\t"))
	s.Keys([]byte("\x1b[A"))
	s.Keys([]byte("\r"))
	s.Keys([]byte("sh ip ?"))
	s.Keys([]byte("\x03"))
	s.Keys([]byte("show "))
	s.TypeLine("inventory")
	checkTranscript(t, out, `R1>enable
R1#configure terminal
Enter configuration commands, one per line.  End with CNTL/Z.
^Z
LOG *Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console
sh inv
configure terminal
Enter configuration commands, one per line.  End with CNTL/Z.
sh ip ?
% Unrecognized command
sh ip ^C
LOG *Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console
R1#inventory
`)
	d := s.device.(*fakeDevice)
	if len(d.events) != 1 || d.events[0] != "exec" {
		t.Errorf("events %q", d.events)
	}
}

func TestScriptPaging(t *testing.T) {
	s, out, _ := newScript(t)
	s.TypeLine("show lines 30")
	s.TypeLine("terminal length 3")
	out.Reset()
	s.TypeLine("show lines 5")
	s.TypeLine(" ")
	s.TypeLine("q")
	checkTranscript(t, out, "R1>show lines 5\nline 1\nline 2\n --More--  \nline 3\nline 4\n --More-- q\n")
}

// TestScriptLogin: nobody need press RETURN.
func TestScriptLogin(t *testing.T) {
	var out transcript
	s := NewSession(testGrammar(t), &fakeDevice{host: "R1"}, loop.New(), Options{
		Script: &out, Console: true, Line: "con0", PressReturn: true,
		Login: func(c *Call) error {
			_, err := c.Ask("Username: ")
			return err
		},
	})
	out.Reset()
	for _, l := range []string{"me", "exit", "you", "show inv"} {
		s.TypeLine(l)
	}
	want := "Username: me\nR1>exit\n\n\nR1 con0 is now available\n\n\n\n\n\nPress RETURN to get started.\n\n\n\n\n\n\nUsername: you\nR1>show inv\n"
	checkTranscript(t, &out, want)
}

// TestScriptLoginFails: the next line typed starts another.
func TestScriptLoginFails(t *testing.T) {
	tries := 0
	s := NewSession(testGrammar(t), &fakeDevice{host: "R1"}, loop.New(), Options{
		Script: new(transcript), Console: true,
		Login: func(*Call) error {
			if tries++; tries < 3 {
				return Incomplete()
			}
			return nil
		},
	})
	s.TypeLine("x")
	if tries != 2 || s.Prompt() != "" {
		t.Errorf("%d tries, prompt %q", tries, s.Prompt())
	}
	s.TypeLine("y")
	if tries != 3 || s.Prompt() != "R1>" {
		t.Errorf("%d tries, prompt %q", tries, s.Prompt())
	}
}

func TestScriptBanner(t *testing.T) {
	s, out, _ := newScript(t)
	for _, l := range []string{"enable", "configure terminal", "banner motd #", " first", "R1#  last # rest", "hostname R2"} {
		s.TypeLine(l)
	}
	checkTranscript(t, out, `R1>enable
R1#configure terminal
Enter configuration commands, one per line.  End with CNTL/Z.
R1(config)#banner motd #
Enter TEXT message.  End with the character '#'.
 first
R1#  last # rest
R1(config)#hostname R2
`)
	want := `banner "\n first\nR1"`
	if d := s.device.(*fakeDevice); d.events[0] != want {
		t.Errorf("%s, want %s", d.events[0], want)
	}
}
