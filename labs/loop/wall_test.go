package loop

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestWallClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New()
		l.RunUntil(time.Minute) // boots in virtual time
		l.Bind()
		ctx, stop := context.WithCancel(t.Context())
		var got []time.Duration
		note := func() { got = append(got, l.Now()) }
		l.After(2*time.Second, note)
		l.After(time.Second, func() { note(); l.After(0, note) })
		l.After(time.Hour, stop)
		go func() {
			time.Sleep(90 * time.Second)
			l.Do(note)
		}()
		l.Run(ctx)
		want := []time.Duration{61 * time.Second, 61 * time.Second, 62 * time.Second, 150 * time.Second}
		if !slices.Equal(got, want) {
			t.Errorf("ran at %v, want %v", got, want)
		}
	})
}

func TestEpochShiftsOverAGap(t *testing.T) {
	var machine time.Duration
	l := New()
	l.bind(func() time.Duration { return machine })
	ticks := 0
	var tick func()
	tick = func() { ticks++; l.After(10*time.Second, tick) }
	tick()
	machine = 10*time.Second + time.Millisecond
	if wait, ok := l.runDue(); !ok || ticks != 2 || wait != 10*time.Second {
		t.Fatalf("%d ticks, next in %v", ticks, wait)
	}
	machine += 8 * time.Hour // the lid was closed
	l.runDue()
	if ticks != 3 {
		t.Errorf("%d ticks after the gap, want 3", ticks)
	}
	if l.Now() > 21*time.Second {
		t.Errorf("the gap counted: clock at %v", l.Now())
	}
}

func TestALateLoopCatchesUp(t *testing.T) {
	var machine time.Duration
	l := New()
	l.bind(func() time.Duration { return machine })
	l.After(time.Second, func() {})
	machine = 4 * time.Second
	l.runDue()
	if l.Now() != machine {
		t.Errorf("clock at %v, want %v", l.Now(), machine)
	}
}
