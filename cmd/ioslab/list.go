package main

import (
	"errors"
	"fmt"

	"github.com/ioslab/ioslab/labs/library"
)

// list prints the bundled labs.
func list(args []string) error {
	if len(args) > 0 {
		return errors.New("list takes no arguments")
	}
	for _, b := range library.Labs() {
		fmt.Printf("%-16s %s\n%-16s %s\n", b.Name, b.Title, "", b.Lesson)
	}
	return nil
}
