package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
)

const defaultLab = "site-to-site"

// run starts a lab and attaches standard input and output to a console.
func run(args []string) (int, error) {
	var c common
	f := newFlags("run")
	c.register(f)
	console := f.String("console", "", "the console to open first (default: the first router in the file)")
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
	file, err := labs.Open(name, "")
	if err != nil {
		return 0, err
	}
	entropy := loop.Unseeded()
	if c.seed.value != nil {
		entropy = loop.Seeded(*c.seed.value)
	}
	desk := newDesk(os.Stdout)
	lab, err := labs.New(file, labs.Options{
		Entropy: entropy, Version: c.version, State: *state, Report: complain, Show: desk.show,
		Terminal: func(n *labs.Node) cli.Options {
			return cli.Options{Out: desk.add(n), Length: screen(), Width: screen()}
		},
	})
	if err != nil {
		return 0, err
	}
	first, err := desk.choose(lab, *console)
	if err != nil {
		return 0, err
	}
	if interactive() {
		fmt.Printf("Lab %s: %s. Ctrl-] and a name changes the console, Ctrl-] and quit leaves.\n\n",
			file.Name, strings.Join(desk.names(), ", "))
	}
	if err := lab.Boot(); err != nil {
		return 0, err
	}
	desk.open(first)
	lab.Loop.Bind()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := attend(ctx, stop, lab, desk); err != nil {
		return 0, err
	}
	lab.Close()
	if len(lab.Failures) > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}

// screen is how long and wide a screen is: as IOS has it until the terminal here
// is asked, and without bounds where nobody could press a key for the next page.
func screen() int {
	if interactive() {
		return 0
	}
	return -1
}

// attend runs the lab while somebody is at the console.
func attend(ctx context.Context, stop func(), lab *labs.Lab, desk *desk) error {
	if !interactive() {
		go desk.readLines(lab, os.Stdin, stop)
		lab.Loop.Run(ctx)
		desk.finish()
		return nil
	}
	t, err := openTerminal()
	if err != nil {
		return err
	}
	defer t.close()
	desk.resize(t.size())
	t.onResize(func() { lab.Loop.Do(func() { desk.resize(t.size()) }) })
	go desk.readKeys(lab, t.input, stop)
	lab.Loop.Run(ctx)
	desk.finish()
	return nil
}
