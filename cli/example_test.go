package cli_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// slot is a token type of the device: `slot 3`, or `slot3`.
type slot struct{}

func (slot) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	number, found := strings.CutPrefix(strings.ToLower(words[0]), "slot")
	switch n = 1; {
	case !found:
		return 0, false, strings.HasPrefix("slot", words[0]), 0
	case number == "" && len(words) == 1:
		return 0, false, true, 0 // `?` and `% Incomplete command.`
	case number == "":
		number, n = words[1], 2
	}
	if len(number) != 1 || number[0] < '0' || number[0] > '9' {
		return 0, false, false, len("slot") + n - 1 // the caret, under the number
	}
	return n, true, true, 0
}

func (slot) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "slot", Help: "A slot"}} }

// Value is what Call.Value returns.
func (slot) Value(_ any, words []string) any {
	text := strings.Join(words, "")
	return int(text[len(text)-1] - '0')
}

// box is the device.
type box struct{ names [10]string }

func (*box) Hostname() string              { return "box" }
func (*box) LeftConfig(s *cli.Session)     { s.Log("%SYS-5-CONFIG_I: Configured from console") }
func (*box) UnknownExec(c *cli.Call) error { return cli.InvalidInput() }

var modes = []cli.Mode{
	{Name: cli.ModeExec, Title: "Exec commands:"},
	{Name: "config", Prompt: "(config)", Title: "Configure commands:"},
	{Name: "card", Prompt: "(config-card)", Title: "Card configuration commands:", Parent: "config"},
}

var rows = []cli.Command{
	{
		Modes: []string{cli.ModeExec}, Grammar: `configure "Change the configuration" terminal "Configure from the terminal"`,
		Run: func(c *cli.Call) error { c.Enter("config", nil); return nil },
	},
	{ // a command that enters a sub-mode, with a variable of the device's own type
		Modes: []string{"config"}, Grammar: `card "Configure a card" SLOT:slot "The card's slot"`,
		Run: func(c *cli.Call) error { c.Enter("card", c.Value("slot")); return nil },
	},
	{ // a command with a `no` form that is shorter
		Modes: []string{"card"}, Grammar: `name "Name the card" WORD:name "The name"`, No: cli.Optional,
		Run: func(c *cli.Call) error {
			c.Device.(*box).names[c.Data().(int)] = c.Str("name")
			return nil
		},
		Unset: func(c *cli.Call) error {
			c.Device.(*box).names[c.Data().(int)] = ""
			return nil
		},
		Examples: []string{"card slot 3\n name uplink"},
	},
	{ // a command that waits
		Modes: []string{cli.ModeExec}, Grammar: `test card
			{ repeat       "How often"
			  <1-9>:count  "A number"
			| slot         "The card's slot"
			  <0-9>:slot   "A number" }`,
		Run: func(c *cli.Call) error {
			for range max(1, c.Int("count")) {
				if err := c.Sleep(time.Second); err != nil {
					return err // Ctrl-Shift-6, or the session is closed
				}
				c.Print("!")
			}
			c.Printf("\ncard %d is %q\n", c.Int("slot"), c.Device.(*box).names[c.Int("slot")])
			return nil
		},
	},
}

// prefixes is the help of words that several commands could begin with.
var prefixes = cli.Prefixes{cli.ModeExec: {"test": "Test something", "test card": "A card"}}

// clock runs every timer at once: time passes by itself.
type clock struct{ now time.Duration }

func (c *clock) Now() time.Duration { return c.now }
func (c *clock) After(d time.Duration, f func()) func() {
	c.now += d
	f()
	return func() {}
}

// sink prints the parts of a transcript.
type sink struct{}

func (sink) Echo(prompt, line string) { fmt.Println(prompt + line) }
func (sink) Output(text string)       { fmt.Fprint(os.Stdout, text) }
func (sink) Log(record string)        { fmt.Println(record) }

func Example() {
	language := cli.Language{Modes: modes, Commands: rows, Prefixes: prefixes, Types: map[string]cli.TokenType{"SLOT": slot{}}}
	grammar, err := language.Compile("")
	if err != nil {
		fmt.Println(err)
		return
	}
	s := cli.NewSession(grammar, new(box), new(clock), cli.Options{Script: sink{}})
	for _, line := range []string{"conf t", "card slot 3", "name uplink", "card slot x", "end", "test card slot 3 rep 5"} {
		s.TypeLine(line)
	}
	// Output:
	// box>conf t
	// box(config)#card slot 3
	// box(config-card)#name uplink
	// box(config-card)#card slot x
	//                            ^
	// % Invalid input detected at '^' marker.
	//
	// box(config-card)#end
	// %SYS-5-CONFIG_I: Configured from console
	// box>test card slot 3 rep 5
	// !!!!!
	// card 3 is "uplink"
}
