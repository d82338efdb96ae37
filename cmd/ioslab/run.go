package main

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

const defaultLab = "site-to-site"

// run starts a lab and attaches standard input and output to a console.
func run(args []string) (int, error) {
	var c common
	f := newFlags("run")
	c.register(f)
	var taken captures
	taken.register(f)
	var o options
	f.StringVar(&o.console, "console", "", "the console to open first (default: the first router in the file)")
	f.StringVar(&o.telnet, "telnet", "", telnetHelp)
	f.StringVar(&o.state, "state", "", "`directory` where NVRAM and flash: are kept; one process uses it")
	rest, err := parse(f, "run [flags] LAB", args)
	if err == nil {
		err = c.check()
	}
	if err != nil {
		return 0, err
	}
	name := defaultLab
	switch {
	case len(rest) == 1:
		name = rest[0]
	case len(rest) > 1:
		return 0, fmt.Errorf("run takes one lab, not %d", len(rest))
	}
	file, err := labs.Open(storage.Host, name, "")
	if err != nil {
		return 0, err
	}
	return c.launch(file, o, taken)
}

// launch starts a lab and serves it, and returns the exit status when it ends.
func (c *common) launch(file *topology.File, o options, taken captures) (int, error) {
	entropy := loop.Unseeded()
	if c.seed.value != nil {
		entropy = loop.Seeded(*c.seed.value)
	}
	var err error
	if o.first, err = taken.orders(file); err != nil {
		return 0, err
	}
	stdout, out, err := taken.stdout()
	if err != nil {
		return 0, err
	}
	if stdout != nil {
		stdout = newStream(stdout)
	}
	o.out = out
	t := newTerminal(out)
	lo := labs.Options{
		Entropy: entropy, Version: c.version, Files: storage.NewFolder(""), Report: complain, Show: t.order, Stdout: stdout,
		InterfacesLater: o.daemon, TellLoose: o.daemon,
		Terminal: func(n *labs.Node) cli.Options {
			return cli.Options{Out: t.add(n), Length: o.screen(), Width: o.screen()}
		},
	}
	if o.state != "" {
		state, err := storage.OpenState(o.state)
		if err != nil {
			return 0, err
		}
		defer state.Close()
		lo.State = state
	}
	lab, err := labs.New(file, lo)
	if err != nil {
		return 0, err
	}
	if err := o.serve(lab, t); err != nil {
		return 0, err
	}
	if len(lab.Failures) > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}
