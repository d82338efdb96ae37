package containers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const exampleFile = "tunnel.clab.yml"

// example is the containerlab file, as far as it is ours to carry out.
type example struct {
	Name     string
	Topology struct {
		Nodes map[string]*container
		Links []struct {
			Endpoints []string
			MTU       int
		}
	}
}

// container is a node of the file.
type container struct {
	Kind, Image, Cmd string
	Binds, Exec      []string
}

// routers are the nodes that run ioslab, in the order of their names.
func (e *example) routers() []string { return e.running("ioslab") }

// hosts are the others.
func (e *example) hosts() []string { return e.running("alpine") }

func (e *example) running(image string) []string {
	var names []string
	for name, c := range e.Topology.Nodes {
		if c.Image == image {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func readExample(t *testing.T) *example {
	t.Helper()
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	e := &example{}
	if err := yaml.Unmarshal(text, e); err != nil {
		t.Fatal(err)
	}
	if len(e.routers()) < 2 || len(e.hosts()) < 2 || len(e.routers())+len(e.hosts()) != len(e.Topology.Nodes) {
		t.Fatalf("routers %v, hosts %v of %d nodes", e.routers(), e.hosts(), len(e.Topology.Nodes))
	}
	return e
}

// bind is what a node sees of the host's files.
type bind struct {
	source, target string
	readOnly       bool
}

func (c *container) mounts(t *testing.T) []bind {
	t.Helper()
	var list []bind
	for _, text := range c.Binds {
		parts := strings.Split(text, ":")
		if len(parts) < 2 || !filepath.IsAbs(parts[1]) {
			t.Fatalf("%q is not a bind: want source:/target", text)
		}
		list = append(list, bind{parts[0], parts[1], len(parts) > 2 && parts[2] == "ro"})
	}
	return list
}

// flags are the values of a flag in the node's command.
func (c *container) flags(name string) []string {
	var values []string
	words := strings.Fields(c.Cmd)
	for i, w := range words[:len(words)-1] {
		if w == "--"+name {
			values = append(values, words[i+1])
		}
	}
	return values
}

// TestExampleHoldsTogether: what the file names is there, and each end of a link is
// the wire of an interface.
func TestExampleHoldsTogether(t *testing.T) {
	e := readExample(t)
	if exampleFile != e.Name+".clab.yml" {
		t.Errorf("the lab in %s is called %s", exampleFile, e.Name)
	}
	wires := map[string]bool{}
	states := map[string]string{} // the routers by where they keep their NVRAM
	for _, name := range e.routers() {
		c := e.Topology.Nodes[name]
		if !strings.HasPrefix(c.Cmd, "node ") {
			t.Errorf("%s runs %q", name, c.Cmd)
		}
		for _, attach := range c.flags("attach") {
			_, device, ok := strings.Cut(attach, "=eth:")
			if !ok {
				t.Errorf("%s attaches %q, which containerlab does not lay", name, attach)
			}
			wires[name+":"+device] = true
		}
		inside := map[string]string{}
		for _, m := range c.mounts(t) {
			if _, err := os.Stat(m.source); err != nil {
				t.Errorf("%s binds what is not there: %v", name, err)
			}
			inside[m.target] = m.source
		}
		for _, config := range c.flags("config") {
			text, err := os.ReadFile(inside[config])
			if err != nil || !strings.Contains(string(text), "\nhostname "+name+"\n") {
				t.Errorf("%s: %s is not its configuration: %v", name, config, err)
			}
		}
		for _, state := range c.flags("state") {
			volume, own, _ := strings.Cut(strings.TrimPrefix(state, "/"), "/")
			outside := filepath.Join(inside["/"+volume], own)
			if inside["/"+volume] == "" {
				t.Errorf("%s keeps its NVRAM in %s, which goes with the container", name, state)
			}
			if other := states[outside]; other != "" {
				t.Errorf("%s keeps its NVRAM where %s has its own", name, other)
			}
			states[outside] = name
		}
	}
	for _, l := range e.Topology.Links {
		for _, end := range l.Endpoints {
			name, _, _ := strings.Cut(end, ":")
			if c := e.Topology.Nodes[name]; c == nil {
				t.Errorf("the link at %s ends at no node", end)
			} else if c.Image == "ioslab" && !wires[end] {
				t.Errorf("the link at %s is attached to no interface", end)
			}
			delete(wires, end)
		}
		if l.MTU != 1500 {
			t.Errorf("the link at %s has an MTU of %d", l.Endpoints[0], l.MTU)
		}
	}
	for end := range wires {
		t.Errorf("%s is attached, and no link ends there", end)
	}
}
