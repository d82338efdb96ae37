package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync"
	"time"
)

// patience is how often as long as without a fault the tests may take.
const patience = 10

// tally counts what became of the mutants of one package.
type tally struct {
	possible   int // changes that can be made, whether they compile or not
	drawn      int
	equivalent int
	uncompiled int
	killed     int
	timedOut   int // of the killed
	survivors  int

	load, draw  time.Duration
	build, test time.Duration // of all mutants together
	whole       time.Duration
}

// percent is how many of the mutants that can be killed are; all of none.
func (t *tally) percent() float64 {
	if t.killed+t.survivors == 0 {
		return 100
	}
	return 100 * float64(t.killed) / float64(t.killed+t.survivors)
}

// judge draws the mutants of a package, runs its tests against each, and prints
// what came of it.
func judge(w io.Writer, arg string, o options) (tally, error) {
	var t tally
	begun := time.Now()
	var match *regexp.Regexp
	if o.at != "" {
		var err error
		if match, err = regexp.Compile(o.at); err != nil {
			return t, err
		}
	}
	s, err := load(".", arg)
	if err != nil {
		return t, err
	}
	all, err := s.mutants(match)
	if err != nil {
		return t, err
	}
	t.load, t.possible = time.Since(begun), len(all)

	known, err := readEquivalents(equivalentText)
	if err != nil {
		return t, err
	}
	known.mark(s, all)
	if match == nil {
		for _, e := range known.unused(s.folder) {
			fmt.Fprintf(w, "stale     equivalent.txt:%d: %s has no such change\n", e.line, e.path)
		}
	}

	start := time.Now()
	drawn := s.drawFrom(all, o)
	t.draw, t.drawn = time.Since(start), len(drawn)

	if o.timeout == 0 {
		sound := s.try(nil, time.Hour)
		if sound.err != nil {
			return t, sound.err
		}
		if sound.outcome != survived {
			return t, fmt.Errorf("its tests fail without a fault: %s", sound.by)
		}
		o.timeout = (patience*sound.test + 5*time.Second).Round(time.Second)
	}
	err = s.each(drawn, o, func(m *mutant) bool { return known.covers(m) }, func(m *mutant, v verdict, equivalent bool) {
		t.count(v, equivalent)
		s.print(w, m, v, equivalent, o.verbose)
	})
	t.whole = time.Since(begun)
	if err == nil {
		t.print(w, s.folder, o)
	}
	return t, err
}

// drawFrom takes as many mutants as the options ask for of those that compile.
func (s *subject) drawFrom(all []*mutant, o options) []*mutant {
	s.shuffle(all, o.seed)
	var drawn []*mutant
	for _, m := range all {
		if o.draw > 0 && len(drawn) == o.draw {
			break
		}
		if s.compiles(m) {
			drawn = append(drawn, m)
		}
	}
	return drawn
}

// each tries mutants, some at a time, and tells of each in their order.
func (s *subject) each(drawn []*mutant, o options, skip func(*mutant) bool, tell func(*mutant, verdict, bool)) error {
	results := make([]chan verdict, len(drawn))
	for i := range results {
		results[i] = make(chan verdict, 1)
	}
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, o.parallel) {
		workers.Go(func() {
			for i := range next {
				results[i] <- s.try(drawn[i], o.timeout)
			}
		})
	}
	go func() {
		defer close(next)
		for i, m := range drawn {
			if skip(m) {
				results[i] <- verdict{}
			} else {
				next <- i
			}
		}
	}()
	var errs []error
	for i, m := range drawn {
		v := <-results[i]
		if v.err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", m.file, m.line, v.err))
			continue
		}
		tell(m, v, skip(m))
	}
	workers.Wait()
	return errors.Join(errs...)
}

func (t *tally) count(v verdict, equivalent bool) {
	t.build += v.build
	t.test += v.test
	switch {
	case equivalent:
		t.equivalent++
	case v.outcome == survived:
		t.survivors++
	case v.outcome == uncompiled:
		t.uncompiled++
	default:
		t.killed++
		if v.outcome == timedOut {
			t.timedOut++
		}
	}
}

// print prints a mutant and what became of it.
func (s *subject) print(w io.Writer, m *mutant, v verdict, equivalent, verbose bool) {
	word, by := "survived", ""
	switch {
	case equivalent:
		word = "equal"
	case v.outcome == killed:
		word, by = "killed", " (by "+v.by+")"
	case v.outcome == timedOut:
		word, by = "killed", " (by its time)"
	case v.outcome == uncompiled:
		word = "broken"
	}
	if word != "survived" && !verbose {
		return
	}
	fmt.Fprintf(w, "%-8s  %s:%d: %s%s\n          - %s\n          + %s\n", word, s.path(m), m.line, m.kind, by, m.before, m.after)
}

func (t *tally) print(w io.Writer, folder string, o options) {
	fmt.Fprintf(w, "%s: seed %d, %d of %d possible mutants drawn: %d killed (%d by time), %d survived, %d equivalent, %d broken: %.1f %% killed\n",
		folder, o.seed, t.drawn, t.possible, t.killed, t.timedOut, t.survivors, t.equivalent, t.uncompiled, t.percent())
	round := func(d time.Duration) time.Duration { return d.Round(100 * time.Millisecond) }
	fmt.Fprintf(w, "    load %v, draw %v, build %v, test %v (%d at a time, at most %v each): %v in all\n",
		round(t.load), round(t.draw), round(t.build), round(t.test), o.parallel, o.timeout, round(t.whole))
}
