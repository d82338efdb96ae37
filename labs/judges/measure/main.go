// Measure prints how fast and how big labs are: a day of virtual time with its
// rekeys, the start of a lab of 200 routers, a hub that brings up 100 tunnels,
// configurations of very many lines, long access lists, and a million translations; NAT is
// compared with its slow model meanwhile. It fails where something does not work, never because
// the machine is slow.
//
//	go run ./labs/judges/measure          # all of it
//	go run ./labs/judges/measure lists    # one part: day, scale, hub, lengths, lists, cases or translations
package main

import (
	"fmt"
	"os"
	"slices"
)

func main() {
	failed := false
	for _, m := range []struct {
		word, name string
		run        func() error
	}{
		{"day", "a day", day},
		{"scale", "200 routers", scale},
		{"hub", "hub and 100 spokes", hub},
		{"lengths", "long configurations", lengths},
		{"lists", "access lists", lists},
		{"cases", "cases of NAT", natCases},
		{"translations", "translations", translations},
	} {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], m.word) {
			continue
		}
		if err := m.run(); err != nil {
			fmt.Printf("%s: FAILED: %v\n", m.name, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}
