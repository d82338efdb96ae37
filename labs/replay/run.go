package replay

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
)

// Options are the flags of a replay. A seed or version in the file wins.
type Options struct {
	Seed    *uint64 // nil is seed 1
	Version string
	Files   storage.Storage // has the files that the transcript's orders name; nil is memory
	Stdout  io.WriteCloser  // for what is captured to standard output; nil where the transcript is printed there
	First   []*labs.Order   // orders given before the routers are switched on
	Given   storage.Storage // has the files that those name
	Report  func(err error) // what a node passed over in its startup-config, and prompts of no console
}

// A Result is what came of a transcript.
type Result struct {
	Text     string  // the transcript anew
	Failures []error // checks that failed
}

// defaultSeed is the seed where none is given.
const defaultSeed = 1

// maxCommand is how long a typed command may run. None of a router's does so
// long; the replay has to end.
const maxCommand = 7 * 24 * time.Hour

// run is a transcript being run.
type run struct {
	transcript *Transcript
	files      storage.Storage
	lab        *labs.Lab
	screen     screen
	consoles   []*console
	failures   []error
	report     func(error)
	warned     map[string]bool // the names of prompts that no console has, once told
}

// Run runs a transcript. The error is one that kept it from starting.
func (t *Transcript) Run(o Options) (*Result, error) {
	if o.Files == nil {
		o.Files = storage.NewMemory()
	}
	r := &run{transcript: t, files: o.Files, report: o.Report, warned: map[string]bool{}}
	if err := r.start(o); err != nil {
		if r.lab != nil {
			r.lab.Close()
		}
		return nil, err
	}
	for _, l := range t.lines {
		if !r.line(l) {
			break
		}
	}
	r.showKept()
	text := r.screen.text.String() // without what commands say that are broken off
	r.lab.Close()                  // which may fail to write what was captured
	return &Result{text, append(r.failures, r.lab.Failures...)}, nil
}

// start builds the lab and boots it.
func (r *run) start(o Options) error {
	seed := uint64(defaultSeed)
	if o.Seed != nil {
		seed = *o.Seed
	}
	use := r.transcript.use
	if use.Seed != nil {
		seed = *use.Seed
	}
	version := o.Version
	if use.Version != "" {
		version = use.Version
	}
	if err := r.transcript.Lab.Closed(); err != nil {
		return err
	}
	var err error
	r.lab, err = labs.New(r.transcript.Lab, labs.Options{
		Entropy: loop.Seeded(seed),
		Version: version,
		Report:  o.Report,
		Files:   o.Files,
		Stdout:  o.Stdout,
		Show: func(_, wanted *labs.Node) error {
			r.consoleOf(wanted).turnTo()
			return nil
		},
		Terminal: func(n *labs.Node) cli.Options {
			c := &console{screen: &r.screen, node: n}
			r.consoles = append(r.consoles, c)
			return cli.Options{Script: c}
		},
	})
	if err != nil {
		return err
	}
	for _, order := range o.First {
		if _, err := r.lab.Perform(order, labs.Source{Files: o.Given}, r.screen.print); err != nil {
			return err
		}
	}
	if err := r.lab.Boot(); err != nil {
		return err
	}
	for _, c := range r.consoles { // what was printed at boot stands in the log
		c.kept.Reset()
		c.recent = nil
	}
	if len(r.consoles) > 0 {
		r.screen.current = r.consoles[0].node
	}
	return nil
}

// line handles a line of the file. It returns false where nothing more can be typed.
func (r *run) line(l line) bool {
	if l.order != nil {
		r.screen.line(l.text)
		r.order(l)
		r.settle()
		return true
	}
	c, typed, ok := r.typedLine(l.text)
	if answering, answer, asked := r.answerLine(l.text); asked && !(ok && leaves(answering, c)) {
		c, typed, ok = answering, answer, true
	}
	if !ok {
		r.warnOfPrompt(l)
		return true // what was printed in an earlier run
	}
	return r.typeOn(c, typed, l)
}

// leaves reports whether a line with the prompt of one console is not for the command
// that takes lines at another: it may do so for long.
func leaves(taking, prompted *console) bool {
	return prompted != taking && taking.node.Console().TakesLines()
}

// typeOn types a line, or an answer, and lets time pass until the command has ended
// or asks something. What keys have started there (`press`) may end before that.
func (r *run) typeOn(c *console, typed string, l line) bool {
	c.turnTo()
	done := true
	idle := func() bool { return done && !c.node.Console().Busy() }
	if !r.await(idle, l) {
		return false
	}
	done = false
	c.node.Do(func() {
		done = true
		s := c.node.Console()
		if !s.Asking() {
			c.recent, c.part = nil, ""
		}
		if question, help := strings.CutSuffix(typed, "?"); help && !s.Asking() {
			s.Help(question)
		} else {
			s.TypeLine(typed)
		}
	})
	if !r.await(idle, l) {
		return false
	}
	r.settle()
	return true
}

// await lets time pass until a console is idle.
func (r *run) await(idle func() bool, l line) bool {
	limit := r.lab.Loop.Now() + maxCommand
	if r.lab.Loop.RunWhile(limit, func() bool { return !idle() }) {
		return true
	}
	r.fail(l, "the command does not end")
	return false
}

// settle runs what is due now; no time passes.
func (r *run) settle() { r.lab.Loop.RunUntil(r.lab.Loop.Now()) }

// order carries out an order. Some let time pass.
func (r *run) order(l line) {
	if l.order.Use() != nil {
		return
	}
	pause, err := r.lab.Perform(l.order, labs.Source{Files: r.files}, func(text string) { r.screen.fresh(); r.screen.print(text) })
	if err != nil {
		r.fail(l, err.Error())
		return
	}
	r.pause(l, pause)
}

func (r *run) pause(l line, p labs.Pause) {
	limit := r.lab.Loop.Now() + p.Time
	if p.Pattern != nil {
		found := false
		stop := r.screen.current.Watch(p.Pattern, func() { found = true })
		if r.lab.Loop.RunWhile(limit, func() bool { return !found }) {
			return
		}
		stop()
		r.fail(l, fmt.Sprintf("%s printed %v", r.screen.current.Name, p.Missed()))
	}
	r.lab.Loop.RunUntil(limit)
}

func (r *run) fail(l line, what string) {
	r.failures = append(r.failures, source.Errorf(r.transcript.Path, l.number, "%s", what))
}

// showKept shows, at the end, what consoles printed that has not been shown since.
func (r *run) showKept() {
	r.screen.fresh()
	for _, c := range r.consoles {
		if c.kept.Len() > 0 {
			r.screen.line(labs.OrderPrefix + " console " + c.node.Name)
			c.turnTo()
			r.screen.fresh()
		}
	}
}
