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
	var a audience
	f.StringVar(&a.console, "console", "", "the console to open first (default: the first router in the file)")
	f.StringVar(&a.telnet, "telnet", "", telnetHelp)
	state := f.String("state", "", "`directory` where NVRAM is kept")
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
	return c.launch(file, *state, a, taken)
}

// launch starts a lab for an audience, and returns the exit status when it ends.
func (c *common) launch(file *topology.File, state string, a audience, taken captures) (int, error) {
	entropy := loop.Unseeded()
	if c.seed.value != nil {
		entropy = loop.Seeded(*c.seed.value)
	}
	var err error
	if a.first, err = taken.orders(file); err != nil {
		return 0, err
	}
	stdout, out, err := taken.stdout()
	if err != nil {
		return 0, err
	}
	if stdout != nil {
		stdout = newStream(stdout)
	}
	a.out = out
	desk := newDesk(out)
	o := labs.Options{
		Entropy: entropy, Version: c.version, Files: storage.NewFolder(""), Report: complain, Show: desk.order, Stdout: stdout,
		InterfacesLater: a.stays, TellLoose: a.stays,
		Terminal: func(n *labs.Node) cli.Options {
			return cli.Options{Out: desk.add(n), Length: a.screen(), Width: a.screen()}
		},
	}
	if state != "" {
		if o.State, err = storage.OpenState(state); err != nil {
			return 0, err
		}
	}
	lab, err := labs.New(file, o)
	if err != nil {
		return 0, err
	}
	if err := a.attend(lab, desk); err != nil {
		return 0, err
	}
	if len(lab.Failures) > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}
