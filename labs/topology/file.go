package topology

import (
	"go.yaml.in/yaml/v3"

	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/wire"
)

// A Kind is what a node is.
type Kind uint8

// The kinds of node.
const (
	Router Kind = iota // any cisco_*, but for the switches among them
	Host               // linux: a plain IP host
	Bridge             // an Ethernet switch: bridge, or a cisco_iol of type l2
)

// A File is a lab as its topology file describes it.
type File struct {
	Path  string
	Name  string
	Nodes []*Node // in the order of the file
	Links []*Link
}

// A Node is a router, a host or a switch.
type Node struct {
	Name    string
	Line    int
	Kind    Kind
	Version string // label ioslab.version; empty where the file does not say

	Startup     []byte // startup-config; nil where there is none
	StartupPath string // of the file that holds it, for messages
	Unread      int    // the line with the startup-config of a switch, which has no commands here; 0 for none

	Exec []Exec // of a host
}

// Exec is a command that a host runs as it starts.
type Exec struct {
	Command string
	Line    int
}

// A Link joins two interfaces, or one with the host.
type Link struct {
	Line     int
	Ends     [2]Endpoint // the second is on the host where there is a wire
	Settings link.Settings
	Wire     *wire.Spec // nil within the lab
}

// An Endpoint is an interface of a node, by its full name.
type Endpoint struct {
	Node      string
	Interface string
}

// String is the endpoint as lab files and orders have it.
func (e Endpoint) String() string { return e.Node + ":" + e.Interface }

// Node returns the node of that name, nil where there is none.
func (f *File) Node(name string) *Node {
	for _, n := range f.Nodes {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// Serial reports whether a link is a serial line.
func (f *File) Serial(l *Link) bool {
	n := f.Node(l.Ends[0].Node)
	return n != nil && n.Kind == Router && isSerial(l.Ends[0].Interface)
}

// Closed returns an error where a link leaves the lab: there time passes as on the
// wall, and in a transcript it does not.
func (f *File) Closed() error {
	for _, l := range f.Links {
		if l.Wire != nil {
			return source.Errorf(f.Path, l.Line, "the link has a wire to the host (%v), where time cannot be virtual", l.Wire).Want("`ioslab run`, or a lab without wires")
		}
	}
	return nil
}

// maxFile bounds what is read of a topology file.
const maxFile = 4 << 20

// reader reads one file. Files that it names are read by open.
type reader struct {
	path string
	open func(path string) ([]byte, error)
	file *File

	kinds []string // of file.Nodes, as containerlab names them
}

// Parse reads a topology. The path is the file's, for messages; open reads the
// files that it names, whose paths are relative to it.
func Parse(path string, text []byte, open func(path string) ([]byte, error)) (*File, error) {
	r := &reader{path: path, open: open, file: &File{Path: path}}
	if len(text) > maxFile {
		return nil, r.wrong(0, "the file has %d bytes", len(text)).Want("at most %d", maxFile)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, yamlError(path, err)
	}
	if len(doc.Content) == 0 {
		return nil, r.wrong(0, "the file is empty").Want("a containerlab topology: name and topology")
	}
	if err := r.read(doc.Content[0]); err != nil {
		return nil, err
	}
	return r.file, nil
}

func (r *reader) read(root *yaml.Node) error {
	top, err := r.entries(root, "the file")
	if err != nil {
		return err
	}
	if err := r.known(top, fileKeys, "a topology file"); err != nil {
		return err
	}
	var topology *yaml.Node
	for _, e := range top {
		switch e.key {
		case "name":
			r.file.Name, err = r.text(e.value, "name")
		case "mgmt":
			err = r.pass(e.value, mgmtKeys, "mgmt")
		case "settings":
			err = r.pass(e.value, settingsKeys, "settings")
		case "topology":
			topology = e.value
		}
		if err != nil {
			return err
		}
	}
	if r.file.Name == "" {
		return r.wrong(0, "the lab has no name").Want("a line such as `name: site-to-site`")
	}
	if node(topology) == nil {
		return r.wrong(0, "the lab has no topology").Want("`topology:` with nodes and links")
	}
	return r.topology(topology)
}

// pass checks the keys of a mapping that is passed over.
func (r *reader) pass(n *yaml.Node, keys map[string]bool, what string) error {
	list, err := r.entries(n, what)
	if err != nil {
		return err
	}
	return r.known(list, keys, what)
}

func (r *reader) topology(n *yaml.Node) error {
	list, err := r.entries(n, "topology")
	if err != nil {
		return err
	}
	if err := r.known(list, topologyKeys, "topology"); err != nil {
		return err
	}
	section := map[string]*yaml.Node{}
	for _, e := range list {
		section[e.key] = e.value
	}
	if err := r.nodes(section); err != nil {
		return err
	}
	return r.links(section["links"])
}
