package acl_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/acl/acltest"
)

// BenchmarkLookup is the cost of a packet in lists of several lengths, and beside it that
// of comparing the entries one by one.
func BenchmarkLookup(b *testing.B) {
	for _, f := range acltest.Forms {
		for _, n := range []int{10, 100, 1_000, 10_000} {
			l := f.List(n)
			packets := acltest.Packets(l, 1<<13)
			each := func(b *testing.B, find func(p *acl.Packet)) {
				find(&packets[0])
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					find(&packets[i%len(packets)])
					i++
				}
			}
			b.Run(fmt.Sprintf("%s/%d", f.Name, n), func(b *testing.B) {
				s := l.Snapshot()
				each(b, func(p *acl.Packet) { s.Lookup(p) })
				b.ReportMetric(float64(s.IndexSize())/float64(n), "B/entry")
			})
			b.Run(fmt.Sprintf("%s/%d/one_by_one", f.Name, n), func(b *testing.B) {
				rules := l.Rules()
				each(b, func(p *acl.Packet) { acltest.First(rules, p) })
			})
		}
	}
}

// BenchmarkEdit is the cost of a line that is added to a list of 20,000 under traffic,
// which is asked the next moment.
func BenchmarkEdit(b *testing.B) {
	l := acltest.Forms[0].List(20_000)
	packets := acltest.Packets(l, 1)
	e, _ := acl.ParseEntry([]string{"permit", "ip", "host", "1.1.1.1", "any"}, acl.Extended)
	l.Lookup(&packets[0])
	var worst time.Duration
	for b.Loop() {
		began := time.Now()
		l.Add(e)
		l.Lookup(&packets[0])
		worst = max(worst, time.Since(began))
		l.Delete(e)
		l.Lookup(&packets[0])
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
}

// TestIndexIsLinear bounds the memory of every form of list by a figure an entry.
func TestIndexIsLinear(t *testing.T) {
	for _, f := range acltest.Forms {
		for _, n := range []int{100, 3_000} {
			l := f.List(n)
			s := l.Snapshot()
			s.Lookup(&acltest.Packets(l, 1)[0])
			if got := s.IndexSize() / uintptr(n); got > 800 {
				t.Errorf("%s: %d bytes an entry in a list of %d", f.Name, got, n)
			}
		}
	}
}
