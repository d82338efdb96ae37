package topology

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/labs/wire"
)

// Single is the lab of one router whose interfaces end on the host: each attachment
// is INTERFACE=WIRE, such as FastEthernet0/0=eth:eth1. The router has the name that
// its configuration gives it. The path is that of the configuration, for messages.
func Single(path string, config []byte, attachments []string) (*File, error) {
	name := hostname(config)
	n := &Node{Name: name, Kind: Router, StartupPath: path}
	if config != nil {
		n.Startup = bytes.TrimPrefix(config, byteOrderMark)
	}
	f := &File{Path: path, Name: name, Nodes: []*Node{n}}
	used := map[Endpoint]string{}
	for _, a := range attachments {
		l, err := attachment(f, a)
		if err != nil {
			return nil, err
		}
		for _, end := range l.Ends {
			if first, twice := used[end]; twice {
				return nil, fmt.Errorf("%s: %s is attached already, by %s", a, end.Interface, first)
			}
			used[end] = a
		}
		f.Links = append(f.Links, l)
	}
	return f, nil
}

func attachment(f *File, text string) (*Link, error) {
	ifc, w, ok := strings.Cut(text, "=")
	if !ok {
		return nil, fmt.Errorf("%q attaches nothing: want INTERFACE=WIRE, such as FastEthernet0/0=eth:eth1", text)
	}
	name, err := routerInterface("", ifc)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	spec, err := wire.Parse(w)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	l := &Link{Ends: [2]Endpoint{{f.Name, name}, {hostNode, wireEnd(&spec)}}, Wire: &spec}
	if f.misfit(l) {
		return nil, fmt.Errorf("%s: %s is serial, and %v carries Ethernet: want %s", text, name, spec, serialTakes)
	}
	return l, nil
}

// hostname is the name that a configuration gives its router.
func hostname(config []byte) string {
	name := "Router"
	for line := range strings.Lines(string(config)) {
		if w := strings.Fields(line); len(w) == 2 && w[0] == "hostname" && nodeName.MatchString(w[1]) {
			name = w[1]
		}
	}
	return name
}
