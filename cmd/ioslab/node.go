package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// attachments are the wires of a node, in the order of the command line.
type attachments []string

// String is the flag's value.
func (a *attachments) String() string { return strings.Join(*a, " ") }

// Set reads one more.
func (a *attachments) Set(text string) error {
	*a = append(*a, text)
	return nil
}

// node runs one router whose interfaces end on the host. It runs until the person at
// the terminal leaves, or a signal comes: where a container or a service starts it,
// standard input ends at once.
func node(args []string) (int, error) {
	var c common
	f := newFlags("node")
	c.register(f)
	var taken captures
	taken.register(f)
	o := options{daemon: true}
	f.StringVar(&o.telnet, "telnet", "", telnetHelp)
	f.StringVar(&o.state, "state", "", "`directory` where NVRAM and flash: are kept; what is there wins over --config, and one process uses it")
	config := f.String("config", "", "`file` with the router's startup-config")
	var wires attachments
	f.Var(&wires, "attach", "`INTERFACE=WIRE`, such as FastEthernet0/0=eth:eth1; once for each interface")
	rest, err := parse(f, "node --config FILE --attach INTERFACE=WIRE [flags]", args)
	if err == nil {
		err = c.check()
	}
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0:
		return 0, fmt.Errorf("node takes no argument %q: want --config FILE --attach INTERFACE=WIRE", rest[0])
	case *config == "" && o.state == "" && len(wires) == 0:
		return 0, errors.New("node has neither a configuration nor a wire: want --config FILE --attach INTERFACE=WIRE ('ioslab node -h' tells more)")
	}
	file, err := single(*config, wires)
	if err != nil {
		return 0, err
	}
	return c.launch(file, o, taken)
}

// single is the lab of the one router.
func single(config string, wires []string) (*topology.File, error) {
	var text []byte
	if config != "" {
		var err error
		if text, err = source.Read(storage.Host, config); err != nil {
			return nil, source.Errorf(config, 0, "the startup-config cannot be read: %v", source.Reason(err)).Want("--config FILE")
		}
	}
	return topology.Single(config, text, wires)
}
