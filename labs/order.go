package labs

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/topology"
)

// OrderPrefix begins a line that is an order to the lab. To a router it is a comment.
const OrderPrefix = "!lab"

// IsOrder reports whether a line is an order to the lab.
func IsOrder(line string) bool {
	rest, ok := strings.CutPrefix(line, OrderPrefix)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

// A Verb is what an order does.
type Verb uint8

// The verbs.
const (
	Use Verb = iota
	Wait
	Until
	Press
	Link
	After
	Capture
	Keys
	Console
	Reset
	Time
	Help
)

// An Order is an order to the lab, understood. The fields that its verb does not
// need are zero.
type Order struct {
	Verb     Verb
	Use      UseOrder
	Time     time.Duration     // wait, until, after
	Pattern  *regexp.Regexp    // until
	Node     string            // press, console, reset
	Keys     []byte            // press
	End      topology.Endpoint // link, capture: that of no node to list them
	Settings link.Settings
	File     string // capture: empty to stop; keys: the directory
	Then     *Order // after
}

// UseOrder is the first line of a transcript.
type UseOrder struct {
	Lab     string
	Seed    *uint64 // nil where the line does not say
	Version string
}

// multiline has ^ and $ of a pattern match at each line.
const multiline = "(?m)"

// defaultUntil is how long `until` waits where it does not say.
const defaultUntil = 60 * time.Second

// verbs are the orders, in the order in which help lists them.
var verbs []verbRow

type verbRow struct {
	name  string
	form  string
	help  string
	parse func(p *orderParser, o *Order) error
}

func init() { // here, for `after` parses orders again
	verbs = []verbRow{
		Use:     {"use", "LAB [seed=N] [version=V]", "which lab a transcript uses: its first line", (*orderParser).use},
		Wait:    {"wait", "30s", "let time pass", (*orderParser).wait},
		Until:   {"until", "/REGEXP/ [60s]", "let time pass until the console prints a match", (*orderParser).until},
		Press:   {"press", "R1 KEYS", "send keys: ^Z, ^C, ^^ (Ctrl-Shift-6), <Tab>, <Up>, text", (*orderParser).press},
		Link:    {"link", "[R1:FastEthernet0/0 down|up|loss=30%|delay=50ms|jitter=5ms|rate=1mbit]", "change the link at that end (0 takes a loss, delay, jitter or rate back); alone: list the links", (*orderParser).link},
		After:   {"after", "20s ORDER", "give another order when that much time has passed", (*orderParser).after},
		Capture: {"capture", "[R1:FastEthernet0/0 FILE.pcapng|stop]", "write what that end of a link sends and receives to a file; alone: list the captures", (*orderParser).capture},
		Keys:    {"keys", "DIR", "write the key files with which Wireshark decrypts IKE and ESP", (*orderParser).keys},
		Console: {"console", "R3", "show that console", (*orderParser).console},
		Reset:   {"reset", "R1", "power-cycle that router", (*orderParser).reset},
		Time:    {"time", "", "the time since the start and the clock", (*orderParser).nothing},
		Help:    {"help", "", "these orders", (*orderParser).nothing},
	}
}

// ParseOrder understands an order, given with its prefix, in a lab. The error says
// what is wrong and what would be right.
func ParseOrder(line string, lab *topology.File) (*Order, error) {
	if !IsOrder(line) {
		return nil, fmt.Errorf("%q is no order: want %s ORDER", line, OrderPrefix)
	}
	p := &orderParser{lab: lab, rest: strings.TrimLeft(line[len(OrderPrefix):], " \t")}
	return p.order()
}

// HelpText lists the orders. Its lines are indented: in a transcript one that began
// with an order would be carried out.
func HelpText() string {
	var b strings.Builder
	for _, v := range verbs {
		fmt.Fprintf(&b, "  %s %s\n", OrderPrefix, strings.TrimSpace(v.name+" "+v.form))
		fmt.Fprintf(&b, "      %s\n", v.help)
	}
	return b.String()
}

func (v Verb) form() string {
	return strings.TrimSpace(OrderPrefix + " " + verbs[v].name + " " + verbs[v].form)
}

// PatternText is the pattern of `until` as it was written.
func (o *Order) PatternText() string { return strings.TrimPrefix(o.Pattern.String(), multiline) }
