package labs

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/topology"
)

// orderParser takes an order apart from the left.
type orderParser struct {
	lab  *topology.File
	rest string
}

// word takes the next word; empty at the end.
func (p *orderParser) word() string {
	p.rest = strings.TrimLeft(p.rest, " \t")
	end := strings.IndexAny(p.rest, " \t")
	if end < 0 {
		end = len(p.rest)
	}
	w := p.rest[:end]
	p.rest = p.rest[end:]
	return w
}

// atEnd says whether nothing follows.
func (p *orderParser) atEnd() bool { return strings.Trim(p.rest, " \t") == "" }

func (p *orderParser) order() (*Order, error) {
	name := p.word()
	at := slices.IndexFunc(verbs, func(v verbRow) bool { return v.name == name })
	if at < 0 {
		return nil, unknownOrder(name)
	}
	o := &Order{Verb: Verb(at)}
	if err := verbs[at].parse(p, o); err != nil {
		return nil, err
	}
	if extra := p.word(); extra != "" {
		return nil, fmt.Errorf("%q is too much: want %s", extra, o.Verb.form())
	}
	return o, nil
}

func unknownOrder(name string) error {
	if name == "" {
		return fmt.Errorf("the order is missing: want one of %s", verbNames())
	}
	return fmt.Errorf("there is no order %q: want one of %s", name, verbNames())
}

func verbNames() string {
	var names []string
	for _, v := range verbs {
		names = append(names, v.name)
	}
	return strings.Join(names, ", ")
}

func (p *orderParser) nothing(*Order) error { return nil }

func (p *orderParser) use(o *Order) error {
	if o.Use.Lab = p.word(); o.Use.Lab == "" {
		return fmt.Errorf("use names no lab: want %s", o.Verb.form())
	}
	for w := p.word(); w != ""; w = p.word() {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "seed":
			seed, err := strconv.ParseUint(value, 10, 64)
			if err != nil {
				return fmt.Errorf("seed %q is no number: want seed=N with N from 0 on", value)
			}
			o.Use.Seed = &seed
		case "version":
			if o.Use.Version = value; !slices.Contains(ios.Versions(), value) {
				return fmt.Errorf("there is no IOS version %q: want version=%s", value, strings.Join(ios.Versions(), " or version="))
			}
		default:
			return fmt.Errorf("%q is not known to use: want seed=N or version=V", w)
		}
	}
	return nil
}

func (p *orderParser) wait(o *Order) (err error) {
	o.Time, err = parseTime(p.word())
	return err
}

func (p *orderParser) until(o *Order) (err error) {
	p.rest = strings.TrimLeft(p.rest, " \t")
	end := strings.LastIndexByte(p.rest, '/')
	if !strings.HasPrefix(p.rest, "/") || end < 1 {
		return fmt.Errorf("until has no pattern: want %s", o.Verb.form())
	}
	if o.Pattern, err = regexp.Compile(multiline + p.rest[1:end]); err != nil {
		return fmt.Errorf("%s is no pattern (%v): want a regular expression as of Go", p.rest[:end+1], err)
	}
	p.rest = p.rest[end+1:]
	o.Time = defaultUntil
	if w := p.word(); w != "" {
		o.Time, err = parseTime(w)
	}
	return err
}

func (p *orderParser) after(o *Order) (err error) {
	if o.Time, err = parseTime(p.word()); err != nil {
		return err
	}
	if o.Then, err = p.order(); err != nil {
		return err
	}
	switch o.Then.Verb {
	case Use, Wait, Until:
		return fmt.Errorf("%s cannot be given later: want another order after the time", verbs[o.Then.Verb].name)
	}
	return nil
}

func (p *orderParser) press(o *Order) (err error) {
	if err = p.node(o, topology.Router, topology.Host); err != nil {
		return err
	}
	text := strings.TrimPrefix(p.rest, " ")
	p.rest = ""
	if text == "" {
		return fmt.Errorf("press names no keys: want %s", o.Verb.form())
	}
	o.Keys, err = parseKeys(text)
	return err
}

func (p *orderParser) console(o *Order) error { return p.node(o, topology.Router, topology.Host) }
func (p *orderParser) reset(o *Order) error   { return p.node(o, topology.Router) }

// node takes the name of a node of one of the kinds.
func (p *orderParser) node(o *Order, kinds ...topology.Kind) error {
	o.Node = p.word()
	var names []string
	for _, n := range p.lab.Nodes {
		if !slices.Contains(kinds, n.Kind) {
			continue
		}
		if n.Name == o.Node {
			return nil
		}
		names = append(names, n.Name)
	}
	return fmt.Errorf("%s does not know %q: want one of %s", verbs[o.Verb].name, o.Node, strings.Join(names, ", "))
}

func (p *orderParser) link(o *Order) error {
	if p.atEnd() {
		return nil
	}
	if err := p.linkEnd(o); err != nil {
		return err
	}
	settings := 0
	for w := p.word(); w != ""; w = p.word() {
		name, value, pair := strings.Cut(w, "=")
		if !pair {
			name, value = "state", w
		}
		if pair && name == "state" || !pair && w != "up" && w != "down" {
			return fmt.Errorf("link does not know %q: want %s", w, o.Verb.form())
		}
		if err := o.Settings.Set(name, value); err != nil {
			return err
		}
		settings++
	}
	if settings == 0 {
		return fmt.Errorf("link changes nothing: want %s", o.Verb.form())
	}
	return nil
}

func (p *orderParser) capture(o *Order) error {
	if p.atEnd() {
		return nil
	}
	if err := p.linkEnd(o); err != nil {
		return err
	}
	switch file := p.path(); file {
	case "":
		return fmt.Errorf("capture names no file: want %s", o.Verb.form())
	case "stop":
	default:
		o.File = file
	}
	return nil
}

func (p *orderParser) keys(o *Order) error {
	if o.File = p.path(); o.File == "" {
		return fmt.Errorf("keys names no directory: want %s", o.Verb.form())
	}
	return nil
}

// path takes the rest of the line: a path may hold blanks.
func (p *orderParser) path() string {
	path := strings.TrimSpace(p.rest)
	p.rest = ""
	return path
}

// ParseCapture understands a capture as the command line has it, IF=FILE, and gives
// the order that begins it. IF is an end of a link as orders name it; in a lab of
// one node its interface does.
func ParseCapture(text string, lab *topology.File) (*Order, error) {
	end, file, ok := strings.Cut(text, "=")
	if !ok || file == "" {
		return nil, fmt.Errorf("capture %q names no file: want IF=FILE, such as R1:FastEthernet0/0=first.pcapng, or - as the file for standard output", text)
	}
	if len(lab.Nodes) == 1 && !strings.Contains(end, ":") {
		end = lab.Nodes[0].Name + ":" + end
	}
	p := &orderParser{lab: lab, rest: end}
	o := &Order{Verb: Capture, File: file}
	return o, p.linkEnd(o)
}

// linkEnd takes an end of a link.
func (p *orderParser) linkEnd(o *Order) error {
	w := p.word()
	node, port, ok := strings.Cut(w, ":")
	if !ok {
		return fmt.Errorf("%q is no end of a link: want NODE:INTERFACE, such as R1:FastEthernet0/0", w)
	}
	if o.End, ok = p.end(node, port); !ok {
		return fmt.Errorf("there is no link at %s: want an end of a link of this lab", w)
	}
	return nil
}

// end finds an end of a link; a router's interface may be abbreviated.
func (p *orderParser) end(node, port string) (topology.Endpoint, bool) {
	if full, err := topology.InterfaceName(port); err == nil {
		if n := p.lab.Node(node); n != nil && n.Kind == topology.Router {
			port = full
		}
	}
	want := topology.Endpoint{Node: node, Interface: port}
	for _, l := range p.lab.Links {
		if l.Ends[0] == want || l.Ends[1] == want {
			return want, true
		}
	}
	return want, false
}

// maxTime is a year, so that no sum of times comes near the clock's end.
const maxTime = 365 * 24 * time.Hour

// parseTime reads a Go duration that may also have days in front: 30s, 1d, 1d12h.
func parseTime(text string) (time.Duration, error) {
	fail := fmt.Errorf("%q is no time: want one such as 30s, 5m, 2h or 1d", text)
	rest, total := text, time.Duration(0)
	if days, after, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, fail
		}
		rest, total = after, time.Duration(n)*24*time.Hour
		if rest == "" {
			rest = "0s"
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 || d > maxTime || total+d > maxTime {
		return 0, fail
	}
	return total + d, nil
}
