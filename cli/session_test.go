package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

// fakeDevice is a small router.
type fakeDevice struct {
	host     string
	events   []string
	noLookup bool
}

func (d *fakeDevice) Hostname() string { return d.host }

func (d *fakeDevice) LeftConfig(s *Session) {
	s.Log("*Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console")
}

func (d *fakeDevice) UnknownExec(c *Call) error {
	if d.noLookup {
		return InvalidInput()
	}
	host, _, err := c.HostPort()
	if err != nil {
		return err
	}
	c.Printf("Translating \"%s\"...domain server (255.255.255.255)\n", host)
	return errors.New("% Unknown command or computer name, or unable to find computer address")
}

// interfaceType is `Ethernet 0/0` or `lo0`.
type interfaceType struct{}

func (interfaceType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	names := []string{"ethernet", "fastethernet", "loopback"}
	word := words[0]
	letters := 0
	for letters < len(word) && (word[letters] < '0' || word[letters] > '9') {
		letters++
	}
	best, found := 0, false
	for _, name := range names {
		shared := sharedPrefix(word[:letters], name)
		best = max(best, shared)
		found = found || shared == letters
	}
	if !found {
		return 0, false, false, best
	}
	number := word[letters:]
	used := 1
	if number == "" {
		if len(words) == 1 {
			return 0, false, true, letters
		}
		number, used = words[1], 2
		letters++
	}
	for i := range number {
		if (number[i] < '0' || number[i] > '9') && number[i] != '/' {
			return 0, false, false, letters + i
		}
	}
	return used, true, true, 0
}

func (interfaceType) Help() []HelpEntry { return nil }

func (interfaceType) HelpFor(_ any, typed []string) []HelpEntry {
	if len(typed) > 0 {
		return []HelpEntry{{"<0-9>", "interface number"}}
	}
	return []HelpEntry{{"Ethernet", "IEEE 802.3"}, {"FastEthernet", "FastEthernet IEEE 802.3"}, {"Loopback", "Loopback interface"}}
}

func (interfaceType) Value(_ any, words []string) any {
	return strings.ToUpper(strings.Join(words, ""))
}

var testModes = []Mode{
	{Name: "exec", Title: "Exec commands:"},
	{Name: "config", Prompt: "(config)", Title: "Configure commands:"},
	{Name: "if", Prompt: "(config-if)", Title: "Interface configuration commands:", Parent: "config"},
	{Name: "isakmp", Prompt: "(config-isakmp)", Title: "ISAKMP commands:", Parent: "config"},
}

// note records a call of a handler with the names that were bound.
func note(names ...string) func(c *Call) error {
	return func(c *Call) error {
		text := c.Session.Mode()
		if c.No {
			text += " no"
		}
		if c.Default {
			text += " default"
		}
		for _, n := range names {
			if c.Has(n) {
				text += " " + n + "=" + c.Str(n)
			}
		}
		d := c.Device.(*fakeDevice)
		d.events = append(d.events, text)
		return nil
	}
}

// compile is Language.Compile without prefixes.
func compile(modes []Mode, rows []Command, types map[string]TokenType) (*Grammar, error) {
	return (&Language{Modes: modes, Commands: rows, Types: types}).Compile("")
}

func row(modes, grammar string, run func(c *Call) error) Command {
	return Command{Modes: strings.Fields(modes), Grammar: withHelp(grammar), Run: run}
}

// withHelp puts some help beside each token of a grammar string.
func withHelp(grammar string) string {
	words, err := lexGrammar(grammar)
	if err != nil {
		panic(err)
	}
	for i, w := range words {
		if strings.Contains("()[]{}|", w) {
			continue
		}
		text, _, _ := strings.Cut(w, "@")
		if isVariable(w) {
			text = w[:strings.LastIndexByte(w, ':')]
		}
		words[i] = w + ` "help of ` + text + `"`
	}
	return strings.Join(words, " ")
}

func undo(c Command, no string) Command {
	c.Unset, c.No = c.Run, no
	return c
}

func privileged(c Command) Command {
	c.Privilege = PrivilegedLevel
	return c
}

func testRows() []Command {
	lines := func(n int) func(c *Call) error {
		return func(c *Call) error {
			for i := 1; i <= n; i++ {
				c.Printf("line %d\n", i)
			}
			return nil
		}
	}
	return []Command{
		row("exec", "enable", func(c *Call) error { c.Session.SetPrivilege(15); return nil }),
		privileged(row("exec", "disable", func(c *Call) error { c.Session.SetPrivilege(1); return nil })),
		privileged(row("exec", "configure terminal", func(c *Call) error {
			c.Print("Enter configuration commands, one per line.  End with CNTL/Z.\n")
			c.Enter("config", nil)
			return nil
		})),
		privileged(row("exec", "connect [ WORD:host ]", note("host"))),
		privileged(row("exec", "copy running-config startup-config", func(c *Call) error {
			name, err := c.Ask("Destination filename [startup-config]? ")
			if err != nil {
				return err
			}
			c.Printf("to %q\n[OK]", name)
			return nil
		})),
		privileged(row("exec", "reload", func(c *Call) error {
			ok, err := c.Confirm("Proceed with reload? [confirm]")
			if err != nil {
				return err
			}
			c.Println("reload", ok)
			return nil
		})),
		privileged(row("exec", "secret", func(c *Call) error {
			word, err := c.Password("Password: ")
			if err == nil {
				c.Println("got", word)
			}
			return err
		})),
		privileged(row("exec", "relay", clockAndLines)),
		privileged(row("exec", "show running-config [ interface INTERFACE:if | all ]", func(c *Call) error {
			c.Print("hostname R1\n!\ninterface Ethernet0\n ip address 10.0.0.1 255.0.0.0\n no shutdown\n!\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255\n!\nend\n")
			return nil
		})),
		row("exec", "show lines <1-100>:n", func(c *Call) error { return lines(c.Int("n"))(c) }),
		row("exec", "show ip interface [ brief ]", note("brief")),
		row("exec", "show ip route [ A.B.C.D:addr | static ]", note("addr", "static")),
		row("exec", "show inventory", note()),
		row("exec", "ping ( ip | WORD:host ) { size <36-18024>:size | repeat <1-100>:repeat | source ( INTERFACE:if | A.B.C.D:addr ) }", func(c *Call) error {
			for i := 0; i < 5; i++ {
				if err := c.Sleep(2 * time.Second); err != nil {
					c.Print("\nbroken off\n")
					return err
				}
				c.Print(".")
			}
			c.Print("\nSuccess rate is 0 percent (0/5)\n")
			return nil
		}),
		undo(row("config", "hostname WORD:name", func(c *Call) error {
			d := c.Device.(*fakeDevice)
			if d.host = c.Str("name"); c.No {
				d.host = "Router"
			}
			return nil
		}), "hostname [ WORD:name ]"),
		undo(row("config", "interface INTERFACE:if", func(c *Call) error {
			c.Enter("if", c.Value("if"))
			return nil
		}), ""),
		undo(row("config", "crypto isakmp policy <1-10000>:n", func(c *Call) error {
			c.Enter("isakmp", c.Int("n"))
			return nil
		}), ""),
		undo(row("config", "crypto isakmp key ( 0 WORD:key | WORD:key ) address A.B.C.D:addr [ MASK:mask ]", note("0", "key", "addr", "mask")), ""),
		undo(row("config", "logging ( <0-7>:level | A.B.C.D:host | buffered [ <4096-65535>:size ] )", note("level", "host", "buffered", "size")), ""),
		undo(row("config", "cdp tlv app", note()), ""),
		undo(row("config", "router ospf <1-65535>:n", note("n")), ""),
		undo(row("config", "banner motd LINE:text", func(c *Call) error {
			text, err := c.Delimited("text")
			if err != nil {
				return err
			}
			d := c.Device.(*fakeDevice)
			d.events = append(d.events, fmt.Sprintf("banner %q", text))
			return nil
		}), "banner motd"),
		undo(row("if", "ip address A.B.C.D:addr MASK:mask", func(c *Call) error {
			if c.Str("mask") == "255.255.255.255" {
				return InvalidAt("mask")
			}
			if c.Str("mask") == "255.0.0.0" {
				return errors.New("% Bad mask /8 for address " + c.Str("addr"))
			}
			return note("addr", "mask")(c)
		}), "ip address [ A.B.C.D:addr MASK:mask ]"),
		undo(row("if", "ip access-group ( <1-199>:list | WORD:list ) ( in | out )", note("list", "in", "out")), ""),
		undo(row("if", "description LINE:text", note("text")), "description [ LINE:text ]"),
		undo(row("if", "shutdown", note("shutdown")), ""),
		undo(row("isakmp", "group ( 1 | 2 | 5 | 14 )", note("1", "2", "5", "14")), "group"),
		undo(row("isakmp", "hash ( md5 | sha )", note("md5", "sha")), "hash"),
	}
}

func testGrammar(t testing.TB) *Grammar {
	t.Helper()
	g, err := compiledOnce()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var compiledOnce = sync.OnceValues(func() (*Grammar, error) {
	return compile(testModes, testRows(), map[string]TokenType{"INTERFACE": interfaceType{}})
})

// terminalTest is a session with a terminal that a test reads.
type terminalTest struct {
	t     testing.TB
	s     *Session
	dev   *fakeDevice
	clock *loop.Loop
	out   strings.Builder
}

func newTerminal(t testing.TB, opts Options) *terminalTest {
	x := &terminalTest{t: t, dev: &fakeDevice{host: "R1"}, clock: loop.New()}
	opts.Out = &x.out
	x.s = NewSession(testGrammar(t), x.dev, x.clock, opts)
	return x
}

// expect types and checks the bytes that came.
func (x *terminalTest) expect(typed, want string) {
	x.t.Helper()
	x.out.Reset()
	x.s.Input([]byte(typed))
	if got := x.out.String(); got != want {
		x.t.Errorf("typed %q\n got %q\nwant %q", typed, got, want)
	}
}

func TestFirstSession(t *testing.T) {
	x := newTerminal(t, Options{})
	if got := x.out.String(); got != "R1>" {
		t.Fatalf("first prompt %q", got)
	}
	x.expect("en\r", "en\r\nR1#")
	x.expect("conf t\r", "conf t\r\nEnter configuration commands, one per line.  End with CNTL/Z.\r\nR1(config)#")
	x.expect("int e0/0\n", "int e0/0\r\nR1(config-if)#")
	x.expect("ip address 10.0.0.1 255.255.255.0\r\n", "ip address 10.0.0.1 255.255.255.0\r\nR1(config-if)#")
	x.expect("cry isa pol 10\r", "cry isa pol 10\r\nR1(config-isakmp)#")
	x.expect("group 1\r", "group 1\r\nR1(config-isakmp)#")
	x.expect("do show inv\r", "do show inv\r\nR1(config-isakmp)#")
	x.expect("exit\r", "exit\r\nR1(config)#")
	x.expect("end\r", "end\r\nR1#\r\n*Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console by console\r\n")
	x.expect("\r", "\r\nR1#")
	want := []string{"if addr=10.0.0.1 mask=255.255.255.0", "isakmp 1=1", "isakmp"}
	if strings.Join(x.dev.events, "|") != strings.Join(want, "|") {
		t.Errorf("events %q, want %q", x.dev.events, want)
	}
}
