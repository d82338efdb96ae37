package labs

import (
	"strings"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

// A Finding is a line of a configuration that a router does not carry out.
type Finding struct {
	What *source.Error
	Kept bool // it is kept without effect; else it is refused
}

// CheckConfig reads a configuration without starting a router. The version is that of
// IOS, the interfaces are those that have a link.
func CheckConfig(path string, text []byte, version string, interfaces []string) ([]Finding, error) {
	problems, err := ios.CheckConfig(string(text), version, interfaces)
	var list []Finding
	for _, p := range problems {
		f := Finding{passedOver(path, p.Line, p.Message, p.Text, p.Column), p.Kept}
		if p.Kept {
			f.What = keptWithout(path, p)
		}
		list = append(list, f)
	}
	return list, err
}

// keptWithout shows a line that is kept.
func keptWithout(path string, p ios.Problem) *source.Error {
	text, _ := excerpt(strings.TrimSpace(p.Text), -1)
	return source.Errorf(path, p.Line, "%s: %s", p.Message, text)
}

// CheckConfigs reads the startup configurations of a lab. The version is that of routers
// for which the lab names none.
func CheckConfigs(f *topology.File, version string) ([]Finding, error) {
	var all []Finding
	for _, n := range f.Nodes {
		if n.Kind != topology.Router || n.Startup == nil {
			continue
		}
		v := n.Version
		if v == "" {
			v = version
		}
		list, err := CheckConfig(n.StartupPath, n.Startup, v, interfacesOf(f, n.Name))
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// interfacesOf lists the interfaces of a node that have a link.
func interfacesOf(f *topology.File, node string) []string {
	var names []string
	for _, l := range f.Links {
		for _, e := range l.Ends {
			if e.Node == node {
				names = append(names, e.Interface)
			}
		}
	}
	return names
}
