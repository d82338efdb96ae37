package topology

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ioslab/ioslab/labs/source"
)

// labelVersion names the label with the IOS version that a router looks like.
const labelVersion = "ioslab.version"

// A definition is what one level (defaults, a kind, a group, a node) says of a node.
type definition struct {
	kind, group string
	nodeType    string // its type: of what sort within its kind
	startup     string
	startupLine int
	version     string
	cmd         string
	exec        []Exec
}

// over returns a definition with what the level above it leaves open; commands
// of both are run, the general ones first.
func (d definition) over(general definition) definition {
	if d.kind == "" {
		d.kind = general.kind
	}
	if d.group == "" {
		d.group = general.group
	}
	if d.nodeType == "" {
		d.nodeType = general.nodeType
	}
	if d.startup == "" {
		d.startup, d.startupLine = general.startup, general.startupLine
	}
	if d.version == "" {
		d.version = general.version
	}
	if d.cmd == "" {
		d.cmd = general.cmd
	}
	d.exec = append(append([]Exec(nil), general.exec...), d.exec...)
	return d
}

var nodeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`)

func (r *reader) nodes(section map[string]*yaml.Node) error {
	defaults, err := r.definition(section["defaults"], "defaults")
	if err != nil {
		return err
	}
	kinds, err := r.definitions(section["kinds"], "kind")
	if err != nil {
		return err
	}
	groups, err := r.definitions(section["groups"], "group")
	if err != nil {
		return err
	}
	list, err := r.entries(section["nodes"], "nodes")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return r.wrong(0, "the topology has no nodes").Want("`nodes:` with at least one router")
	}
	for _, e := range list {
		if !nodeName.MatchString(e.key) {
			return r.wrong(e.line, "node %s has a name that no prompt can show", quoted(e.key)).Want("letters, digits, '-', '_' and '.'")
		}
		if e.key == hostNode {
			return r.wrong(e.line, "host is the machine that the lab runs on, as an endpoint has it").Want("another name for the node")
		}
		d, err := r.definition(e.value, "node "+e.key)
		if err != nil {
			return err
		}
		group := d.over(defaults).group
		d = d.over(groups[group])
		kind := d.over(defaults).kind
		d = d.over(kinds[kind]).over(defaults)
		n := &Node{Name: e.key, Line: e.line, Version: d.version, Exec: d.exec}
		if err := r.kind(n, d.kind, d.nodeType); err != nil {
			return err
		}
		if n.Kind == Host && strings.HasPrefix(d.cmd, "node ") && strings.Contains(d.cmd, "--attach") {
			return r.wrong(e.line, "node %s is a container in which ioslab runs", n.Name).
				Want("`containerlab deploy -t %s`; or, to run here, of kind cisco_iol with a startup-config", r.path)
		}
		if err := r.startup(n, d); err != nil {
			return err
		}
		r.file.Nodes = append(r.file.Nodes, n)
		r.kinds = append(r.kinds, d.kind)
	}
	return nil
}

func (r *reader) definitions(n *yaml.Node, what string) (map[string]definition, error) {
	list, err := r.entries(n, what+"s")
	if err != nil {
		return nil, err
	}
	all := map[string]definition{}
	for _, e := range list {
		if all[e.key], err = r.definition(e.value, what+" "+e.key); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (r *reader) definition(n *yaml.Node, what string) (d definition, err error) {
	list, err := r.entries(n, what)
	if err != nil {
		return d, err
	}
	if err := r.known(list, nodeKeys, what); err != nil {
		return d, err
	}
	for _, e := range list {
		switch e.key {
		case "kind":
			d.kind, err = r.text(e.value, "kind")
		case "group":
			d.group, err = r.text(e.value, "group")
		case "type":
			d.nodeType = e.value.Value
		case "startup-config":
			d.startupLine = e.line
			d.startup, err = r.text(e.value, "startup-config")
		case "labels":
			d.version, err = r.labels(e.value)
		case "cmd":
			// Read as far as it matters here: containerlab takes other forms, too.
			d.cmd = e.value.Value
		case "exec":
			d.exec, err = r.exec(e.value)
		}
		if err != nil {
			return d, err
		}
	}
	return d, nil
}

func (r *reader) labels(n *yaml.Node) (version string, err error) {
	list, err := r.entries(n, "labels")
	if err != nil {
		return "", err
	}
	for _, e := range list {
		switch {
		case e.key == labelVersion:
			if version, err = r.text(e.value, labelVersion); err != nil {
				return "", err
			}
		case strings.HasPrefix(e.key, "ioslab."), distance(e.key, labelVersion) <= 2:
			return "", r.wrong(e.line, "there is no label %q", e.key).Want(labelVersion)
		}
	}
	return version, nil
}

func (r *reader) exec(n *yaml.Node) ([]Exec, error) {
	items, err := r.sequence(n, "exec")
	if err != nil {
		return nil, err
	}
	var list []Exec
	for _, item := range items {
		command, err := r.text(item, "a command of exec")
		if err != nil {
			return nil, err
		}
		list = append(list, Exec{command, item.Line})
	}
	return list, nil
}

// kind finds what a node is. The type of a cisco_iol is its image: that of a switch
// bridges all its ports when it boots.
func (r *reader) kind(n *Node, kind, nodeType string) error {
	switch {
	case kind == "cisco_iol" && strings.EqualFold(nodeType, "l2"):
		n.Kind = Bridge
	case strings.HasPrefix(kind, "cisco_"):
		n.Kind = Router
	case kind == "linux":
		n.Kind = Host
	case kind == "bridge" || kind == "ovs-bridge":
		n.Kind = Bridge
	case kind == "":
		return r.wrong(n.Line, "node %s has no kind", n.Name).Want("cisco_iol (or any cisco_*), linux or bridge")
	default:
		return r.wrong(n.Line, "node %s is of kind %q, which does not run here", n.Name, kind).Want("cisco_iol (or any cisco_*), linux or bridge")
	}
	return nil
}

// byteOrderMark is what some editors begin a file with.
var byteOrderMark = []byte("\ufeff")

// startup reads a router's startup-config: a text of several lines is the
// configuration itself, any other the path of a file.
func (r *reader) startup(n *Node, d definition) error {
	if n.Kind == Bridge && d.startup != "" {
		n.Unread = d.startupLine
	}
	if n.Kind != Router || d.startup == "" {
		return nil
	}
	if strings.Contains(d.startup, "\n") {
		n.Startup, n.StartupPath = []byte(d.startup), r.path+" (startup-config of "+n.Name+")"
		return nil
	}
	// containerlab's variable, for one line that serves all nodes.
	path := strings.ReplaceAll(d.startup, "__clabNodeName__", n.Name)
	if strings.Contains(path, "://") {
		return r.wrong(d.startupLine, "the startup-config of %s would have to be fetched from %s", n.Name, path).Want("a file beside the topology")
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(r.path), path)
	}
	text, err := r.open(path)
	if err != nil {
		return r.wrong(d.startupLine, "the startup-config of %s cannot be read: %s: %v", n.Name, path, source.Reason(err)).Want("a file, by its path from the topology file's folder")
	}
	n.Startup, n.StartupPath = bytes.TrimPrefix(text, byteOrderMark), path
	return nil
}
