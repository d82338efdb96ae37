package labs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// OrderPrefix begins a line that is an order to the lab. To a router it is a comment.
const OrderPrefix = "!lab"

// orders are all orders, in the order in which help lists them. A new one is a row
// here, and a file with what the row is made of.
var orders []*orderRow

func init() { // here, for `after` holds another order, and `help` lists them all
	orders = []*orderRow{
		&useRow, &waitRow, &untilRow, &pressRow, &linkRow, &pathRow, &afterRow, &captureRow, &keysRow, &consoleRow,
		&resetRow, &timeRow, &helpRow,
	}
}

// An orderRow is an order in full.
type orderRow struct {
	name  string
	form  string // of its arguments
	help  string
	waits bool // it lets time pass; see Pause
	// parse reads the arguments.
	parse func(p *orderParser) (action, error)
}

// usage is how the order is written.
func (r *orderRow) usage() string {
	return strings.TrimSpace(OrderPrefix + " " + r.name + " " + r.form)
}

// An action is what an order does, with its arguments.
type action interface {
	// do carries it out, and returns what is to be waited for.
	do(i *issue) (Pause, error)
}

// A hostAction is an action that may touch files of the host. It is refused where its
// order comes from a place that may not.
type hostAction interface {
	action
	touchesHost() bool
}

// A Source is where an order comes from: a console, a transcript, the command line. With
// it comes what of the host the order may touch, which it names by paths.
type Source struct {
	At    *Node           // the node at whose console it was typed; nil elsewhere
	Files storage.Storage // the files that it may name; nil: none
}

// An issue is an order being given.
type issue struct {
	Source
	lab   *Lab
	print func(text string)
}

// An Order is an order to a lab, parsed.
type Order struct {
	text   string
	row    *orderRow
	action action
}

// Use returns what the first line of a transcript says; nil for any other order.
func (o *Order) Use() *Use {
	u, _ := o.action.(*Use)
	return u
}

// A Pause is how long an order waits: nothing, for a time, or until a console prints
// a match.
type Pause struct {
	Time    time.Duration
	Pattern *regexp.Regexp // nil: the time itself is waited for
}

// Missed is what is wrong where the time has passed without a match.
func (p Pause) Missed() error {
	return fmt.Errorf("no match of /%s/ in %v", strings.TrimPrefix(p.Pattern.String(), multiline), p.Time)
}

// Perform carries out an order; print shows what it has to say. The caller lets the
// pause pass. The error says why nothing came of the order; the lab goes on.
func (l *Lab) Perform(o *Order, from Source, print func(text string)) (Pause, error) {
	if o.touchesHost() && from.Files == nil {
		return Pause{}, fmt.Errorf("%s is refused here, for it touches files of the host: want the lab's own terminal, or the command line", o.row.name)
	}
	l.ordered, l.orderedAt = o.text, l.Loop.Now()
	return o.action.do(&issue{from, l, print})
}

func (o *Order) touchesHost() bool {
	h, ok := o.action.(hostAction)
	return ok && h.touchesHost()
}

// IsOrder reports whether a line is an order to the lab.
func IsOrder(line string) bool {
	rest, ok := strings.CutPrefix(line, OrderPrefix)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

// ParseOrder parses an order, given with its prefix, to a lab. The error says what is
// wrong and what would be right.
func ParseOrder(line string, lab *topology.File) (*Order, error) {
	if !IsOrder(line) {
		return nil, fmt.Errorf("%q is not an order: want %s ORDER", line, OrderPrefix)
	}
	p := &orderParser{lab: lab, rest: strings.TrimLeft(line[len(OrderPrefix):], " \t")}
	return p.order()
}

// order takes an order without its prefix.
func (p *orderParser) order() (*Order, error) {
	text := OrderPrefix + " " + strings.TrimSpace(p.rest)
	name := p.word()
	at := slices.IndexFunc(orders, func(r *orderRow) bool { return r.name == name })
	if at < 0 {
		return nil, unknownOrder(name)
	}
	row := orders[at]
	p.row = row
	action, err := row.parse(p)
	if err != nil {
		return nil, err
	}
	if extra := p.word(); extra != "" {
		return nil, fmt.Errorf("%q is too much: want %s", extra, row.usage())
	}
	return &Order{text, row, action}, nil
}

func unknownOrder(name string) error {
	var names []string
	for _, r := range orders {
		names = append(names, r.name)
	}
	if name == "" {
		return fmt.Errorf("the order is missing: want one of %s", strings.Join(names, ", "))
	}
	return fmt.Errorf("there is no order %q: want one of %s", name, strings.Join(names, ", "))
}
