package topology

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/wire"
)

// rawLink is a link before its endpoints are understood.
type rawLink struct {
	line      int
	kind      string // its type
	endpoints []rawEndpoint
	host      string // host-interface, of type host
	settings  link.Settings
	wire      *wire.Spec
	wireLine  int
}

type rawEndpoint struct {
	line       int
	node, port string
}

func (r *reader) links(n *yaml.Node) error {
	items, err := r.sequence(n, "links")
	if err != nil {
		return err
	}
	used := map[Endpoint]int{}
	for _, item := range items {
		raw, err := r.link(item)
		if err != nil {
			return err
		}
		l := &Link{Line: raw.line, Settings: raw.settings, Wire: raw.wire}
		if err := r.toHost(&raw, l); err != nil {
			return err
		}
		if len(raw.endpoints) != 2 {
			return r.wrong(raw.line, "the link has %d endpoints", len(raw.endpoints)).Want(`two, such as ["R1:FastEthernet0/0", "R2:FastEthernet0/0"]`)
		}
		for i, re := range raw.endpoints {
			if l.Ends[i], err = r.endpoint(re); err != nil {
				return err
			}
			if first, twice := used[l.Ends[i]]; twice {
				return r.wrong(re.line, "%s:%s has a link already, in line %d", re.node, re.port, first).Want("another interface")
			}
			used[l.Ends[i]] = re.line
		}
		if err := r.fits(l); err != nil {
			return err
		}
		r.file.Links = append(r.file.Links, l)
	}
	return r.noBridgeLoop()
}

func (r *reader) link(n *yaml.Node) (raw rawLink, err error) {
	if n := node(n); n != nil {
		raw.line = n.Line
	}
	list, err := r.entries(n, "a link")
	if err != nil {
		return raw, err
	}
	if err := r.known(list, linkKeys, "a link"); err != nil {
		return raw, err
	}
	for _, e := range list {
		switch e.key {
		case "type":
			raw.kind, err = r.linkType(e)
		case "endpoints":
			raw.endpoints, err = r.endpoints(e.value)
		case "endpoint":
			var one rawEndpoint
			one, err = r.oneEndpoint(e.value)
			raw.endpoints = append(raw.endpoints, one)
		case "host-interface":
			raw.host, err = r.text(e.value, "host-interface")
		case "vars":
			err = r.vars(e.value, &raw)
		}
		if err != nil {
			return raw, err
		}
	}
	return raw, nil
}

// linkTypes are containerlab's.
var linkTypes = keySet("veth", "host", "mgmt-net", "macvlan", "vxlan", "vxlan-stitch", "dummy", "brief")

func (r *reader) linkType(e entry) (string, error) {
	t, err := r.text(e.value, "type")
	switch {
	case err != nil:
		return "", err
	case t == "veth" || t == "host" || t == "":
		return t, nil
	case linkTypes[t]:
		return "", r.wrong(e.line, "a link of type %q does not run here", t).Want("veth, or host")
	}
	return "", r.wrong(e.line, "there is no link type %q", t).Want("veth, or host")
}

// vars reads the link variables that are ours; others belong to templates,
// unless they look like one of ours that was mistyped.
func (r *reader) vars(n *yaml.Node, raw *rawLink) error {
	list, err := r.entries(n, "vars")
	if err != nil {
		return err
	}
	for _, e := range list {
		switch e.key {
		case "delay", "jitter", "loss", "rate", "state":
			value, err := r.text(e.value, e.key)
			if err != nil {
				return err
			}
			if err := raw.settings.Set(e.key, value); err != nil {
				return r.wrong(e.line, "%v", err)
			}
		case "wire":
			value, err := r.text(e.value, e.key)
			if err != nil {
				return err
			}
			spec, err := wire.Parse(value)
			if err != nil {
				return r.wrong(e.line, "%v", err)
			}
			raw.wire, raw.wireLine = &spec, e.line
		default:
			if right := meant(e.key, linkVars); right != "" {
				return r.wrong(e.line, "there is no link variable %q", e.key).Want("%s", right)
			}
		}
	}
	return nil
}

func (r *reader) endpoints(n *yaml.Node) ([]rawEndpoint, error) {
	items, err := r.sequence(n, "endpoints")
	if err != nil {
		return nil, err
	}
	var list []rawEndpoint
	for _, item := range items {
		re, err := r.oneEndpoint(item)
		if err != nil {
			return nil, err
		}
		list = append(list, re)
	}
	return list, nil
}

func (r *reader) oneEndpoint(n *yaml.Node) (re rawEndpoint, err error) {
	re.line = n.Line
	if v := node(n); v != nil && v.Kind == yaml.MappingNode {
		err = r.extended(v, &re)
	} else {
		err = r.brief(n, &re)
	}
	return re, err
}

// brief reads "R1:FastEthernet0/0".
func (r *reader) brief(n *yaml.Node, re *rawEndpoint) error {
	text, err := r.text(n, "an endpoint")
	if err != nil {
		return err
	}
	var ok bool
	if re.node, re.port, ok = strings.Cut(text, ":"); !ok {
		return r.wrong(re.line, "endpoint %s names no interface", quoted(text)).Want(`NODE:INTERFACE, such as "R1:FastEthernet0/0"`)
	}
	return nil
}

// extended reads {node: R1, interface: FastEthernet0/0}.
func (r *reader) extended(n *yaml.Node, re *rawEndpoint) error {
	list, err := r.entries(n, "an endpoint")
	if err != nil {
		return err
	}
	if err := r.known(list, endpointKeys, "an endpoint"); err != nil {
		return err
	}
	for _, e := range list {
		switch e.key {
		case "node":
			re.node, err = r.text(e.value, "node")
		case "interface":
			re.port, err = r.text(e.value, "interface")
		}
		if err != nil {
			return err
		}
	}
	if re.node == "" || re.port == "" {
		return r.wrong(re.line, "the endpoint is not complete").Want("node and interface")
	}
	return nil
}

// endpoint finds the node and gives the interface its full name.
func (r *reader) endpoint(re rawEndpoint) (Endpoint, error) {
	if re.node == hostNode {
		return Endpoint{hostNode, re.port}, nil
	}
	for i, n := range r.file.Nodes {
		if n.Name != re.node {
			continue
		}
		name, err := re.port, error(nil)
		switch n.Kind {
		case Router:
			name, err = routerInterface(r.kinds[i], re.port)
		case Bridge:
			if strings.HasPrefix(r.kinds[i], "cisco_") {
				name, err = routerInterface(r.kinds[i], re.port)
			}
		case Host:
			err = linuxInterface(re.port)
		}
		if err != nil {
			return Endpoint{}, r.wrong(re.line, "%s:%s: %v", re.node, re.port, err)
		}
		return Endpoint{n.Name, name}, nil
	}
	return Endpoint{}, r.wrong(re.line, "there is no node %q", re.node).Want("one of %s", r.nodeNames())
}

func (r *reader) nodeNames() string {
	var names []string
	for i, n := range r.file.Nodes {
		if i == 10 {
			return strings.Join(names, ", ") + ", …"
		}
		names = append(names, n.Name)
	}
	return strings.Join(names, ", ")
}

// fits checks that one cable fits both interfaces.
func (r *reader) fits(l *Link) error {
	a, b := l.Ends[0], l.Ends[1]
	if a == b {
		return r.wrong(l.Line, "both ends of the link are %s:%s", a.Node, a.Interface).Want("two interfaces")
	}
	if l.Wire != nil {
		return r.wireFits(l)
	}
	serial := func(e Endpoint) bool {
		return r.file.Node(e.Node).Kind == Router && isSerial(e.Interface)
	}
	if serial(a) != serial(b) {
		return r.wrong(l.Line, "%s:%s and %s:%s do not take the same cable", a.Node, a.Interface, b.Node, b.Interface).Want("two serial or two Ethernet interfaces")
	}
	return nil
}

// noBridgeLoop refuses switches in a ring: without spanning tree the first
// broadcast would go round for ever.
func (r *reader) noBridgeLoop() error {
	root := map[string]string{}
	find := func(name string) string {
		for root[name] != "" {
			name = root[name]
		}
		return name
	}
	for _, l := range r.file.Links {
		if l.Wire != nil {
			continue
		}
		a, b := r.file.Node(l.Ends[0].Node), r.file.Node(l.Ends[1].Node)
		if a.Kind != Bridge || b.Kind != Bridge {
			continue
		}
		ra, rb := find(a.Name), find(b.Name)
		if ra == rb {
			return r.wrong(l.Line, "the link closes a ring of bridges, in which broadcasts go round for ever").Want("a tree of bridges")
		}
		root[ra] = rb
	}
	return nil
}
