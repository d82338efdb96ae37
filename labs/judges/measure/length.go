package main

import (
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// A length is a kind of line of which a configuration may hold very many.
type length struct {
	name  string
	lines int                // how many a router is to take in two seconds
	head  string             // what stands before them
	line  func(i int) string // the i-th of them
	undo  func(i int) string // takes it back
	holds string             // the running configuration has it once for each of them
}

var configLengths = []length{
	{
		name: "static routes", lines: 100_000, holds: "\nip route 20.",
		head: "interface Loopback0\n ip address 12.12.12.1 255.255.255.0\n",
		line: func(i int) string { return "ip route " + numbered(i) + " 255.255.255.255 12.12.12.2\n" },
		undo: func(i int) string { return "no ip route " + numbered(i) + " 255.255.255.255 12.12.12.2\n" },
	},
	{
		name: "entries of a numbered list", lines: 20_000, holds: "\naccess-list 101 permit ip host 20.",
		line: func(i int) string { return "access-list 101 permit ip host " + numbered(i) + " any\n" },
		undo: func(int) string { return "no access-list 101\n" },
	},
	{
		name: "entries of a named list", lines: 20_000, holds: "\n permit tcp any host 20.",
		head: "ip access-list extended LONG\n",
		line: func(i int) string { return " permit tcp any host " + numbered(i) + " eq www\n" },
		undo: func(i int) string { return " no permit tcp any host " + numbered(i) + " eq www\n" },
	},
	{
		name: "crypto map entries", lines: 5_000, holds: "\ncrypto map LONG ",
		line: func(i int) string {
			return fmt.Sprintf("crypto map LONG %d ipsec-isakmp\n set peer %s\n match address 101\n", i+1, numbered(i))
		},
		undo: func(i int) string { return fmt.Sprintf("no crypto map LONG %d\n", i+1) },
	},
	{
		name: "pre-shared keys", lines: 5_000, holds: "\ncrypto isakmp key cisco address 20.",
		line: func(i int) string { return "crypto isakmp key cisco address " + numbered(i) + "\n" },
		undo: func(i int) string { return "no crypto isakmp key cisco address " + numbered(i) + "\n" },
	},
	{
		name: "loopback interfaces", lines: 1_000, holds: "\ninterface Loopback",
		line: func(i int) string {
			return fmt.Sprintf("interface Loopback%d\n ip address %s 255.255.255.255\n", i+1, numbered(i))
		},
		undo: func(i int) string { return fmt.Sprintf("no interface Loopback%d\n", i+1) },
	},
}

// numbered is an address of its own for each i.
func numbered(i int) string {
	return netip.AddrFrom4([4]byte{20, byte(i >> 16), byte(i >> 8), byte(i)}).String()
}

// lengths loads long configurations, each whole and a tenth of it, and prints how many
// times as long the whole took: about ten where time is in proportion to length.
func lengths() error {
	for _, l := range configLengths {
		tenth, err := l.load(l.lines / 10)
		if err != nil {
			return err
		}
		whole, err := l.load(l.lines)
		if err != nil {
			return err
		}
		fmt.Printf("%d %s: ", l.lines, l.name)
		for i, t := range whole {
			if i > 0 {
				fmt.Print(", ")
			}
			fmt.Printf("%s in %.2f s (x%.0f)", t.name, t.took.Seconds(), float64(t.took)/float64(tenth[i].took))
		}
		fmt.Println()
	}
	return nil
}

// A timing is how long something took.
type timing struct {
	name string
	took time.Duration
}

// load has a router take n lines as its startup-config, and another at its console,
// where they are also taken back.
func (l *length) load(n int) (timings []timing, err error) {
	began := time.Now()
	timed := func(name string) {
		timings = append(timings, timing{name, time.Since(began)})
		began = time.Now()
	}
	lines, undo := l.text(l.line, n), l.text(l.undo, n)

	began = time.Now()
	b, err := alone(lines)
	if err != nil {
		return nil, err
	}
	timed("loaded")
	if err := l.check(b, n); err != nil {
		return nil, err
	}
	b.Close()
	if b, err = alone(""); err != nil {
		return nil, err
	}
	defer b.Close()

	began = time.Now()
	b.paste("enable\nconfigure terminal\n" + lines + "end\n")
	timed("pasted")
	if err := l.check(b, n); err != nil {
		return nil, err
	}
	timed("shown")
	b.paste("configure terminal\n" + undo + "end\n")
	timed("taken back")
	return timings, l.check(b, 0)
}

func (l *length) text(line func(i int) string, n int) string {
	var text strings.Builder
	text.WriteString(l.head)
	for i := range n {
		text.WriteString(line(i))
	}
	return text.String()
}

// check reports where the running configuration does not hold n of the lines.
func (l *length) check(b *bench, n int) error {
	shown := strings.ReplaceAll(b.paste("enable\nshow running-config\n"), "\r", "")
	if got := strings.Count(shown, l.holds); got != n {
		return fmt.Errorf("%d of %d %s are there", got, n, l.name)
	}
	return nil
}
