// Measure prints how fast and how big labs are: a day of virtual time with its
// rekeys, the start of a lab of 200 routers, a hub that brings up 100 tunnels,
// and configurations of very many lines. It fails where something does not work,
// never because the machine is slow.
//
//	go run ./labs/judges/measure
package main

import (
	"fmt"
	"os"
)

func main() {
	failed := false
	for _, m := range []struct {
		name string
		run  func() error
	}{
		{"a day", day},
		{"200 routers", scale},
		{"hub and 100 spokes", hub},
		{"long configurations", lengths},
	} {
		if err := m.run(); err != nil {
			fmt.Printf("%s: FAILED: %v\n", m.name, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}
