package labs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/labs/topology"
)

// orderParser takes an order apart from the left.
type orderParser struct {
	lab  *topology.File
	row  *orderRow
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

// atEnd reports whether nothing follows.
func (p *orderParser) atEnd() bool { return strings.Trim(p.rest, " \t") == "" }

// path takes the rest of the line: a path may hold blanks.
func (p *orderParser) path() string {
	path := strings.TrimSpace(p.rest)
	p.rest = ""
	return path
}

// wrong is an error that ends in how the order is written.
func (p *orderParser) wrong(format string, args ...any) error {
	return fmt.Errorf("%s %s: want %s", p.row.name, fmt.Sprintf(format, args...), p.row.usage())
}

// node takes the name of a node of one of the kinds.
func (p *orderParser) node(kinds ...topology.Kind) (string, error) {
	w := p.word()
	var names []string
	for _, n := range p.lab.Nodes {
		if !slices.Contains(kinds, n.Kind) {
			continue
		}
		if n.Name == w {
			return w, nil
		}
		names = append(names, n.Name)
	}
	return "", fmt.Errorf("%s does not know %q: want one of %s", p.row.name, w, strings.Join(names, ", "))
}

// linkEnd takes an end of a link; a router's interface may be abbreviated.
func (p *orderParser) linkEnd() (topology.Endpoint, error) {
	w := p.word()
	node, port, ok := strings.Cut(w, ":")
	if !ok {
		return topology.Endpoint{}, fmt.Errorf("%q is not an end of a link: want NODE:INTERFACE, such as R1:FastEthernet0/0", w)
	}
	if full, err := topology.InterfaceName(port); err == nil {
		if n := p.lab.Node(node); n != nil && n.Kind == topology.Router {
			port = full
		}
	}
	end := topology.Endpoint{Node: node, Interface: port}
	for _, l := range p.lab.Links {
		if l.Ends[0] == end || l.Ends[1] == end {
			return end, nil
		}
	}
	return topology.Endpoint{}, fmt.Errorf("there is no link at %s: want an end of a link of this lab", w)
}

// maxTime is a year, so that no sum of times comes near the clock's end.
const maxTime = 365 * 24 * time.Hour

// duration takes a Go duration that may also have days in front: 30s, 1d, 1d12h.
func (p *orderParser) duration() (time.Duration, error) {
	text := p.word()
	bad := fmt.Errorf("bad duration %q (try 30s, 5m, 2h, 1d)", text)
	rest, total := text, time.Duration(0)
	if days, after, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, bad
		}
		rest, total = after, time.Duration(n)*24*time.Hour
		if rest == "" {
			rest = "0s"
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 || d > maxTime || total+d > maxTime {
		return 0, bad
	}
	return total + d, nil
}
