package event

import (
	"slices"
	"time"
)

// Bus carries the events of one router to its readers. It is used on the lab's loop
// only.
type Bus struct {
	// Changed, if set, is called when other kinds are wanted than before.
	Changed func()

	router  string
	now     func() time.Duration
	readers []*reader
	wanted  Kind
	serial  uint64
	causes  []Cause // of what the router is doing, the innermost last
	queue   []Event
	reading bool
}

type reader struct {
	kinds Kind
	read  func(Event)
	gone  bool
}

// NewBus returns the bus of the router of that name.
func NewBus(router string, now func() time.Duration) *Bus { return &Bus{router: router, now: now} }

// Subscribe has read called with each event of these kinds, until it is removed.
// What happens while events are read is told afterwards, in its order.
func (b *Bus) Subscribe(kinds Kind, read func(Event)) (remove func()) {
	r := &reader{kinds: kinds, read: read}
	b.setReaders(append(slices.Clone(b.readers), r))
	return func() {
		r.gone = true
		b.setReaders(slices.DeleteFunc(slices.Clone(b.readers), func(o *reader) bool { return o == r }))
	}
}

// setReaders never changes a list that is being read.
func (b *Bus) setReaders(readers []*reader) {
	was := b.wanted
	b.readers, b.wanted = readers, 0
	for _, r := range readers {
		b.wanted |= r.kinds
	}
	if b.wanted != was && b.Changed != nil {
		b.Changed()
	}
}

// Wants reports whether there is a reader of that kind of event. Where there is
// none, making the event is a waste.
func (b *Bus) Wants(kind Kind) bool { return b.wanted&kind != 0 }

// Emit tells the readers of an event.
func (b *Bus) Emit(kind Kind, body any) {
	if b.Wants(kind) {
		b.serial++
		b.tell(Event{At: b.now(), Router: b.router, Serial: b.serial, Kind: kind, Cause: b.Cause(), Body: body})
	}
}

func (b *Bus) tell(e Event) {
	b.queue = append(b.queue, e)
	if b.reading {
		return
	}
	b.reading = true
	for at := 0; at < len(b.queue); at++ {
		e := b.queue[at]
		for _, r := range b.readers {
			if r.kinds&e.Kind != 0 && !r.gone {
				r.read(e)
			}
		}
	}
	clear(b.queue)
	b.queue, b.reading = b.queue[:0], false
}

// Begin notes what the router is set to work by, until End.
func (b *Bus) Begin(kind CauseKind, what string) Cause {
	b.serial++
	c := Cause{Kind: kind, Serial: b.serial, At: b.now(), What: what}
	b.causes = append(b.causes, c)
	return c
}

// Resume has the router go on with what a cause has set going, until End.
func (b *Bus) Resume(c Cause) { b.causes = append(b.causes, c) }

// End ends what Begin or Resume has begun last.
func (b *Bus) End() { b.causes = b.causes[:len(b.causes)-1] }

// Cause returns what the router has been set to work by.
func (b *Bus) Cause() Cause {
	if len(b.causes) == 0 {
		return Cause{}
	}
	return b.causes[len(b.causes)-1]
}

// EmitCause tells of what the router has been set to work by. The event has the
// serial number that the cause names; its own cause is what the router was doing
// before.
func (b *Bus) EmitCause(kind Kind, body any) {
	if !b.Wants(kind) {
		return
	}
	e := Event{At: b.now(), Router: b.router, Serial: b.Cause().Serial, Kind: kind, Body: body}
	if n := len(b.causes); n > 1 {
		e.Cause = b.causes[n-2]
	}
	b.tell(e)
}

// After returns what a timer is to run that would run f: the cause at work now is
// that of f as well.
func (b *Bus) After(f func()) func() {
	c := b.Cause()
	c.Timer = true
	return func() {
		b.Resume(c)
		defer b.End()
		f()
	}
}
