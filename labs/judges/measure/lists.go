package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/acl/acltest"
)

// listLengths are those of the table of access lists.
var listLengths = []int{10, 100, 1_000, 10_000}

// lists prints what a packet costs in access lists of several forms and lengths: first
// as the router looks it up, then by comparing one entry after another. Then it prints what
// a line costs that is added to a long list under traffic. The other figures are the
// least of many short rounds, since whatever else the machine does only adds to them.
func lists() error {
	fmt.Printf("%-28s %9s %14s %16s %9s %12s\n", "access lists", "entries", "ns a packet", "one by one, ns", "x of 10", "bytes/entry")
	for _, f := range acltest.Forms {
		var ofTen float64
		for _, n := range listLengths {
			l := f.List(n)
			packets := acltest.Packets(l, 1<<13)
			before := inUse()
			s := l.Snapshot()
			s.Lookup(&packets[0])
			memory := inUse() - before
			rules := l.Rules()
			for i := range packets {
				if p := &packets[i]; s.Lookup(p).Rule != acltest.First(rules, p) {
					return fmt.Errorf("%s, %d entries: packet %+v has two answers", f.Name, n, *p)
				}
			}
			fast := least(packets, func(p *acl.Packet) { s.Lookup(p) })
			slow := least(packets, func(p *acl.Packet) { acltest.First(rules, p) })
			if n == listLengths[0] {
				ofTen = fast
			}
			name := f.Name
			if f.Hurts {
				name += " (hurts)"
			}
			fmt.Printf("%-28s %9d %14.0f %16.0f %9.1f %12d\n", name, n, fast, slow, fast/ofTen, memory/int64(n))
		}
	}
	return added()
}

// least is what f costs, in nanoseconds, in the best of many rounds over the packets.
func least(packets []acl.Packet, f func(p *acl.Packet)) float64 {
	best := time.Duration(1<<63 - 1)
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		for at := 0; at < len(packets); at += 1 << 10 {
			round := packets[at:][:1<<10]
			began := time.Now()
			for i := range round {
				f(&round[i])
			}
			best = min(best, time.Since(began))
		}
	}
	return float64(best.Nanoseconds()) / (1 << 10)
}

// inUse is the memory that is in use, in bytes.
func inUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// added adds lines to a list of 20,000 entries of each form, and asks after each.
func added() error {
	for _, f := range acltest.Forms {
		l := f.List(20_000)
		packets := acltest.Packets(l, 1<<6)
		var all, worst time.Duration
		for i := range packets {
			e := acl.Entry{Kind: acl.Extended, Action: acl.Permit, Protocol: 50, Src: acl.Addresses{Addr: uint32(i)}, Dst: acl.Any}
			e.Sequence = 15 + 3000*i
			began := time.Now()
			if err := l.Add(e); err != nil {
				return err
			}
			l.Lookup(&packets[i])
			took := time.Since(began)
			all, worst = all+took, max(worst, took)
		}
		fmt.Printf("%s: a line added to 20000 and the next packet: %.1f ms, at worst %.1f ms\n",
			f.Name, all.Seconds()*1000/float64(len(packets)), worst.Seconds()*1000)
	}
	return nil
}
