package loop

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestABusyProcessorKeepsOrder(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	var got []string
	note := func(s string) { got = append(got, fmt.Sprint(s, "@", p.Now())) }
	l.At(time.Second, func() {
		p.Deliver(func() {
			note("frame 1")
			p.Spend(300 * time.Millisecond)
			note("sent") // stamps and departures follow what was spent
			p.After(500*time.Millisecond, func() { note("timer") })
		})
	})
	l.At(1100*time.Millisecond, func() {
		p.Deliver(func() { note("frame 2"); p.Spend(900 * time.Millisecond) })
		p.Post(func() { note("line") })
	})
	l.At(1200*time.Millisecond, func() { p.Deliver(func() { note("frame 3") }) })
	l.RunUntil(5 * time.Second)
	want := []string{"frame 1@1s", "sent@1.3s", "frame 2@1.3s", "line@2.2s", "frame 3@2.2s", "timer@2.2s"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestStopATimerThatWaitsForTheProcessor(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	stop := p.After(time.Second, func() { t.Error("ran") })
	l.At(900*time.Millisecond, func() { p.Deliver(func() { p.Spend(time.Second) }) })
	l.At(1500*time.Millisecond, func() { stop(); stop() })
	l.RunUntil(5 * time.Second)
}

func TestStopAfterTheTimerRan(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	n := 0
	var stop func()
	stop = p.After(time.Second, func() { n++; stop() })
	l.RunUntil(5 * time.Second)
	stop()
	if n != 1 || l.dead != 0 {
		t.Errorf("ran %d times, %d counted as dead", n, l.dead)
	}
}

func TestInputQueueIsBounded(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	p.Spend(time.Second)
	n := 0
	for range inputLimit {
		if !p.Deliver(func() { n++ }) {
			t.Fatal("lost before the limit")
		}
	}
	if p.Deliver(func() { n++ }) {
		t.Error("no limit")
	}
	p.Post(func() { n++ }) // what is no frame is never lost
	l.RunUntil(2 * time.Second)
	if n != inputLimit+1 {
		t.Errorf("%d ran", n)
	}
	if !p.Deliver(func() {}) {
		t.Error("the queue did not empty")
	}
}

func TestSpendingIsFreeOnTheWall(t *testing.T) {
	l := New()
	l.bind(func() time.Duration { return 0 })
	p := NewProcessor(l)
	p.Spend(time.Second)
	if p.Now() != 0 {
		t.Errorf("spent %v", p.Now())
	}
}

func TestResetDropsWhatWaited(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	p.Spend(time.Minute)
	p.Deliver(func() { t.Error("a frame outlived the reset") })
	p.Post(func() { t.Error("a line outlived the reset") })
	p.Reset()
	ran := false
	p.Deliver(func() { ran = true })
	if !ran || p.Now() != 0 {
		t.Error("busy after the reset")
	}
	p.Spend(time.Second)
	p.Post(func() { ran = false })
	l.RunUntil(time.Hour)
	if ran {
		t.Error("what came after the reset did not run")
	}
}

func TestResetDoesNotWaitForTheOldWork(t *testing.T) {
	l := New()
	p := NewProcessor(l)
	p.Spend(time.Hour)
	p.Post(func() {})
	p.Reset()
	p.Spend(time.Second)
	var at time.Duration
	p.Post(func() { at = l.Now() })
	l.RunUntil(2 * time.Hour)
	if at != time.Second {
		t.Errorf("ran at %v", at)
	}
}
