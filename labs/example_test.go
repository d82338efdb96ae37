package labs_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/loop"
)

// A lab of the library in virtual time, with the console of one router on a buffer.
func Example() {
	file, err := labs.Open(library.Files, "site-to-site", "")
	if err != nil {
		panic(err)
	}
	var screen bytes.Buffer
	lab, err := labs.New(file, labs.Options{
		Entropy: loop.Seeded(7),
		Terminal: func(n *labs.Node) cli.Options {
			if n.Name == "R1" {
				return cli.Options{Out: &screen}
			}
			return cli.Options{Out: io.Discard}
		},
	})
	if err != nil {
		panic(err)
	}
	if err := lab.Boot(); err != nil {
		panic(err)
	}
	defer lab.Close()
	screen.Reset()

	r1 := lab.Node("R1")
	r1.Do(func() { r1.Console().Input([]byte("ping 12.12.12.2\r")) })
	lab.Loop.RunUntil(lab.Loop.Now() + 10*time.Second)

	order, err := labs.ParseOrder("!lab time", file)
	if err != nil {
		panic(err)
	}
	print := func(text string) { screen.WriteString("\n" + text) }
	if _, err := lab.Perform(order, labs.Source{}, print); err != nil {
		panic(err)
	}
	fmt.Print(strings.ReplaceAll(screen.String(), "\r", ""))
	// Output:
	// ping 12.12.12.2
	//
	// Type escape sequence to abort.
	// Sending 5, 100-byte ICMP Echos to 12.12.12.2, timeout is 2 seconds:
	// .!!!!
	// Success rate is 80 percent (4/5), round-trip min/avg/max = 4/5/8 ms
	// R1>
	// 15s since the start, virtual clock
}
