package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/topology"
)

// A bench is a lab whose consoles are typed on and read by the program.
type bench struct {
	*labs.Lab
	screens map[string]*screen
}

// screen keeps what a console printed since it was last read.
type screen struct{ strings.Builder }

func (s *screen) Echo(prompt, line string) { s.WriteString(prompt + line + "\n") }
func (s *screen) Output(text string)       { s.WriteString(text) }
func (s *screen) Log(record string)        { s.WriteString(record + "\n") }

// newBench builds a lab and boots it.
func newBench(file *topology.File) (*bench, error) {
	b := &bench{screens: map[string]*screen{}}
	var problem error
	lab, err := labs.New(file, labs.Options{
		Entropy: loop.Seeded(1),
		Report:  func(err error) { problem = err },
		Terminal: func(n *labs.Node) cli.Options {
			b.screens[n.Name] = new(screen)
			return cli.Options{Script: b.screens[n.Name]}
		},
	})
	if err != nil {
		return nil, err
	}
	b.Lab = lab
	if err := lab.Boot(); err != nil {
		return nil, err
	}
	return b, problem
}

// start types a line and does not wait for its end.
func (b *bench) start(node, line string) {
	n := b.Node(node)
	b.screens[node].Reset()
	n.Do(func() { n.Console().TypeLine(line) })
}

// typed types a line, lets time pass until the command has ended, and returns what
// the console printed.
func (b *bench) typed(node, line string) (string, error) {
	b.start(node, line)
	s := b.Node(node).Console()
	// The line is typed when it has been echoed.
	if !b.Loop.RunWhile(b.Loop.Now()+time.Hour, func() bool { return b.screens[node].Len() == 0 || s.Busy() }) {
		return "", fmt.Errorf("%s does not come back from %q", node, line)
	}
	return b.screens[node].String(), nil
}

// wait lets time pass.
func (b *bench) wait(d time.Duration) { b.Loop.RunUntil(b.Loop.Now() + d) }

// parse reads a topology and its startup-configs from memory.
func parse(text string, configs map[string]string) (*topology.File, error) {
	return topology.Parse("generated.clab.yml", []byte(text), func(path string) ([]byte, error) {
		return []byte(configs[path]), nil
	})
}
