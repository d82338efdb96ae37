package main

import (
	"fmt"
	"slices"
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

// newBench builds a lab and boots it. What is typed on it are lines.
func newBench(file *topology.File) (*bench, error) {
	return build(file, func(s *screen) cli.Options { return cli.Options{Script: s} })
}

// alone builds and boots a lab of one router R1, at whose console keys are typed.
func alone(config string) (*bench, error) {
	file, err := parse("name: alone\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: R1.cfg}\n",
		map[string]string{"R1.cfg": config})
	if err != nil {
		return nil, err
	}
	return build(file, func(s *screen) cli.Options { return cli.Options{Out: s, Length: -1} })
}

func build(file *topology.File, console func(*screen) cli.Options) (*bench, error) {
	b := &bench{screens: map[string]*screen{}}
	var problem error
	lab, err := labs.New(file, labs.Options{
		Entropy: loop.Seeded(1),
		Report:  func(err error) { problem = err },
		Terminal: func(n *labs.Node) cli.Options {
			b.screens[n.Name] = new(screen)
			return console(b.screens[n.Name])
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

// pasteChunk is how many bytes of a paste come at a time.
const pasteChunk = 1024

// paste types text at R1, as a terminal sends it, and returns what the console
// printed.
func (b *bench) paste(text string) string {
	b.screens["R1"].Reset()
	n := b.Node("R1")
	for chunk := range slices.Chunk([]byte(text), pasteChunk) {
		taken := false
		n.Do(func() { n.Console().Input(chunk); taken = true })
		b.Loop.RunWhile(b.Loop.Now()+time.Hour, func() bool { return !taken || n.Console().Busy() })
	}
	return b.screens["R1"].String()
}

// wait lets time pass.
func (b *bench) wait(d time.Duration) { b.Loop.RunUntil(b.Loop.Now() + d) }

// parse reads a topology and its startup-configs from memory.
func parse(text string, configs map[string]string) (*topology.File, error) {
	return topology.Parse("generated.clab.yml", []byte(text), func(path string) ([]byte, error) {
		return []byte(configs[path]), nil
	})
}
