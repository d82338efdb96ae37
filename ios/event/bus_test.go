package event

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

type body string

// heard has a reader write down what it is told.
func heard(b *Bus, kinds Kind, name string, log *[]string) (remove func()) {
	return b.Subscribe(kinds, func(e Event) {
		*log = append(*log, fmt.Sprintf("%s:%d %v", name, e.Serial, e.Body))
	})
}

func newBus() *Bus { return NewBus("R1", func() time.Duration { return 7 * time.Second }) }

func TestReadersGetTheKindsTheyWant(t *testing.T) {
	b := newBus()
	var log []string
	heard(b, IKE|Log, "a", &log)
	remove := heard(b, IPsec|IKE, "b", &log)
	for _, k := range []Kind{IKE, IPsec, Log, Packets} {
		b.Emit(k, body("x"))
	}
	remove()
	remove()
	b.Emit(IKE, body("y"))
	b.Emit(IPsec, body("y"))
	if got := strings.Join(log, ", "); got != "a:1 x, b:1 x, b:2 x, a:3 x, a:4 y" {
		t.Error(got)
	}
	if b.Wants(IPsec) || !b.Wants(Log) {
		t.Error("it is not known who reads")
	}
}

// TestEventsKeepTheirOrder: what a reader makes happen is told to all readers after
// what it was told.
func TestEventsKeepTheirOrder(t *testing.T) {
	b := newBus()
	var log []string
	b.Subscribe(IKE, func(e Event) { b.Emit(Log, e.Body.(body)+"'") })
	heard(b, IKE|Log, "a", &log)
	b.Emit(IKE, body("x"))
	b.Emit(IKE, body("y"))
	if got := strings.Join(log, ", "); got != "a:1 x, a:2 x', a:3 y, a:4 y'" {
		t.Error(got)
	}
}

// TestRemovedWhileReading: who is removed hears no more, not even of the event that
// is being read.
func TestRemovedWhileReading(t *testing.T) {
	b := newBus()
	var log []string
	var remove func()
	b.Subscribe(IKE, func(Event) { remove() })
	remove = heard(b, IKE, "a", &log)
	b.Emit(IKE, body("x"))
	if len(log) != 0 {
		t.Error(log)
	}
}

func TestChangedIsToldOfOtherKinds(t *testing.T) {
	b := newBus()
	changes := 0
	b.Changed = func() { changes++ }
	first := b.Subscribe(Packets, func(Event) {})
	second := b.Subscribe(Packets, func(Event) {})
	first()
	if changes != 1 {
		t.Errorf("%d changes, want 1", changes)
	}
	second()
	if changes != 2 || b.Wants(Every) {
		t.Errorf("%d changes, want 2", changes)
	}
}

// TestCauses: an event names what came last to an edge of the router; a timer leads
// back to what set the first of its line.
func TestCauses(t *testing.T) {
	b := newBus()
	var last Event
	b.Subscribe(IKE|Input, func(e Event) { last = e })
	emit := func() Cause { b.Emit(IKE, body("x")); return last.Cause }
	if c := emit(); c != (Cause{}) {
		t.Errorf("%+v", c)
	}
	line := b.Begin(ByLine, "ping 1.1.1.1")
	b.EmitCause(Input, Typed{"ping 1.1.1.1"})
	if last.Serial != line.Serial || last.At != 7*time.Second || last.Router != "R1" || last.Cause != (Cause{}) {
		t.Errorf("%+v", last)
	}
	b.Begin(ByPowerOn, "reload")
	if b.EmitCause(Input, PowerOn{"reload"}); last.Cause != line {
		t.Errorf("what has caused a cause: %+v", last.Cause)
	}
	b.End()
	if c := emit(); c != line {
		t.Errorf("%+v, want %+v", c, line)
	}
	var timer func()
	first := b.After(func() { timer = b.After(func() {}) })
	second := b.After(func() { timer = b.After(func() { emit() }) })
	b.End()
	b.Begin(ByFrame, "FastEthernet0/0")
	first()
	second()
	b.End()
	timer()
	line.Timer = true
	if last.Cause != line || b.Cause() != (Cause{}) {
		t.Errorf("%+v, want %+v", last.Cause, line)
	}
}

// TestNoReaderNoCost: what no one reads costs no memory, whatever causes it.
func TestNoReaderNoCost(t *testing.T) {
	b := newBus()
	b.Subscribe(Log, func(Event) {})
	packet := any(body("x"))
	if n := testing.AllocsPerRun(100, func() {
		b.Begin(ByFrame, "FastEthernet0/0")
		b.Emit(Packets, packet)
		b.EmitCause(Frames, packet)
		b.End()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
