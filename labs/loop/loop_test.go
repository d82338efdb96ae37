package loop

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestOrderIsTimeThenSequence(t *testing.T) {
	l := New()
	var got []string
	note := func(s string) func() {
		return func() { got = append(got, fmt.Sprint(s, "@", l.Now())) }
	}
	l.At(2*time.Second, note("c"))
	l.At(time.Second, func() {
		note("a")()
		l.At(time.Second, note("b1")) // due now: after what was scheduled for this time before
		l.At(0, note("b2"))
	})
	l.At(time.Second, note("b0"))
	l.At(2*time.Second, note("d"))
	l.RunUntil(3 * time.Second)
	want := []string{"a@1s", "b0@1s", "b1@1s", "b2@1s", "c@2s", "d@2s"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if l.Now() != 3*time.Second {
		t.Errorf("clock at %v, want 3s", l.Now())
	}
}

// A slow model: a sorted list of (time, sequence).
func TestHeapAgainstSortedList(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	l := New()
	type due struct {
		at  time.Duration
		seq int
	}
	var want, got []due
	stops := map[int]func(){}
	for i := range 5000 {
		d := due{time.Duration(rnd.IntN(700)) * time.Millisecond, i}
		stop := l.After(d.at, func() { got = append(got, due{l.Now(), d.seq}) })
		if rnd.IntN(3) > 0 {
			stops[i] = stop
		} else {
			want = append(want, d)
		}
	}
	for i := range 5000 { // in order, for the sweeps fall in the same places each run
		if stop := stops[i]; stop != nil {
			stop()
			stop()
		}
	}
	slices.SortStableFunc(want, func(a, b due) int { return int(a.at - b.at) })
	l.RunUntil(time.Second)
	if !slices.Equal(got, want) {
		t.Errorf("%d events ran, want %d in order", len(got), len(want))
	}
}

func TestStoppedTimersAreSwept(t *testing.T) {
	l := New()
	for range 100_000 {
		l.After(time.Hour, func() { t.Error("a stopped timer ran") })()
	}
	if len(l.heap) > 2*sweepAt {
		t.Errorf("%d stopped timers lie in the heap", len(l.heap))
	}
	l.RunUntil(2 * time.Hour)
}

func TestStopByAnEventOfTheSameTime(t *testing.T) {
	l := New()
	var stop func()
	l.At(time.Second, func() { stop() })
	stop = l.After(time.Second, func() { t.Error("ran") })
	l.At(2*time.Second, func() {
		stop = l.After(0, func() { t.Error("ran") })
		stop()
	})
	l.RunUntil(3 * time.Second)
}

func TestRunWhile(t *testing.T) {
	l := New()
	n := 0
	var tick func()
	tick = func() { n++; l.After(time.Second, tick) }
	tick()
	if !l.RunWhile(time.Hour, func() bool { return n < 10 }) || l.Now() != 9*time.Second {
		t.Errorf("stopped at %v after %d ticks", l.Now(), n)
	}
	if l.RunWhile(20*time.Second, func() bool { return n < 100 }) || l.Now() != 20*time.Second || n != 21 {
		t.Errorf("stopped at %v after %d ticks", l.Now(), n)
	}
	if New().RunWhile(time.Hour, func() bool { return true }) {
		t.Error("an empty loop had something to do")
	}
}

func TestDoInVirtualTime(t *testing.T) {
	l := New()
	l.RunUntil(time.Second)
	handed := make(chan struct{})
	ran := false
	go func() {
		l.Do(func() { ran = l.Now() == time.Second })
		close(handed)
	}()
	<-handed
	l.RunUntil(l.Now())
	if !ran {
		t.Error("what was handed in did not run, or not at once")
	}
}

func TestEventsCostNoAllocation(t *testing.T) {
	l := New()
	f := func() {}
	for range 100 {
		l.At(l.Now()+time.Millisecond, f)
		l.At(0, f)
	}
	l.RunUntil(time.Second)
	if n := testing.AllocsPerRun(100, func() {
		l.At(l.Now()+time.Millisecond, f)
		l.At(0, f)
		l.RunUntil(l.Now() + time.Second)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkHop(b *testing.B) {
	for _, delay := range []time.Duration{0, time.Millisecond} {
		b.Run(delay.String(), func(b *testing.B) {
			l := New()
			n := 0
			var hop func()
			hop = func() {
				if n++; n < b.N {
					l.At(l.Now()+delay, hop)
				}
			}
			l.At(0, hop)
			for range 2000 {
				l.At(time.Duration(1<<62), func() {})
			}
			b.ReportAllocs()
			b.ResetTimer()
			l.RunWhile(1<<61, func() bool { return n < b.N })
		})
	}
}
