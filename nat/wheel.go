package nat

import (
	"math/bits"
	"time"
)

// tick is how exact the end of an entry is. Ticks are counted from the loop's beginning.
const tick = time.Second

// tickAt is the first tick that is not before a time.
func tickAt(t time.Duration) int64 { return int64((t + tick - 1) / tick) }

// wheel is the entries by the tick at which they are looked at: slots of one tick, of 256
// and of 65,536 of them. To put one in and to take one out costs the same however many
// there are.
type wheel struct {
	at    int64 // the last tick that is over
	slots *[wheels * spokes]*Entry
	used  [wheels][spokes / 64]uint64 // slots that are not empty
}

const (
	wheels    = 3
	spokeBits = 8
	spokes    = 1 << spokeBits
	farthest  = 1<<(wheels*spokeBits) - 1
)

// add puts an entry in the wheel, to be looked at at a tick.
func (w *wheel) add(e *Entry, at int64) {
	if w.slots == nil {
		w.slots = new([wheels * spokes]*Entry)
	}
	e.tick = max(at, w.at+1)
	level := 0
	for level < wheels-1 && e.tick-w.at >= 1<<((level+1)*spokeBits) {
		level++
	}
	w.put(e, level, min(e.tick, w.at+farthest))
}

// put puts an entry in the slot of a tick at a level.
func (w *wheel) put(e *Entry, level int, at int64) {
	spoke := int(at>>(level*spokeBits)) & (spokes - 1)
	e.hung, e.slot = true, uint16(level*spokes+spoke)
	first := w.slots[e.slot]
	if first == nil {
		e.prev, e.next = e, e
		w.slots[e.slot] = e
		w.used[level][spoke/64] |= 1 << (spoke % 64)
		return
	}
	e.prev, e.next = first.prev, first
	first.prev.next, first.prev = e, e
}

// remove takes an entry out, if it is in.
func (w *wheel) remove(e *Entry) {
	if !e.hung {
		return
	}
	e.prev.next, e.next.prev = e.next, e.prev
	if w.slots[e.slot] == e {
		if w.slots[e.slot] = e.next; e.next == e {
			w.slots[e.slot] = nil
			level, spoke := e.slot/spokes, e.slot%spokes
			w.used[level][spoke/64] &^= 1 << (spoke % 64)
		}
	}
	e.prev, e.next, e.hung = nil, nil, false
}

// due is the next tick at which there is something to do, if there is one.
func (w *wheel) due() (at int64, ok bool) {
	for level := range wheels {
		now := w.at >> (level * spokeBits)
		if d := w.distance(level, int(now)&(spokes-1)); d > 0 {
			if t := (now + int64(d)) << (level * spokeBits); !ok || t < at {
				at, ok = t, true
			}
		}
	}
	return at, ok
}

// distance is how far it is from a slot to the next that is not empty: 1 to 256, or 0
// where there is none.
func (w *wheel) distance(level, from int) int {
	for d := 1; d <= spokes; {
		spoke := (from + d) % spokes
		if word := w.used[level][spoke/64] >> (spoke % 64); word != 0 {
			if d += bits.TrailingZeros64(word); d <= spokes {
				return d
			}
			return 0
		}
		d += 64 - spoke%64
	}
	return 0
}

// advance goes on to a tick, and calls f for the entries whose tick has come, in order.
func (w *wheel) advance(to int64, f func(*Entry)) {
	for {
		at, ok := w.due()
		if !ok || at > to {
			w.at = max(w.at, to)
			return
		}
		w.at = at
		for level := wheels - 1; level > 0; level-- {
			if at&(1<<(level*spokeBits)-1) == 0 {
				w.lower(level, at)
			}
		}
		w.empty(int(at)&(spokes-1), f)
	}
}

// lower spreads the entries of a slot whose time has begun over slots of the level below.
func (w *wheel) lower(level int, at int64) {
	slot := level*spokes + int(at>>(level*spokeBits))&(spokes-1)
	w.empty(slot, func(e *Entry) {
		if (e.tick^at)>>(level*spokeBits) != 0 { // it was too far away for a slot of its own
			w.add(e, e.tick)
			return
		}
		w.put(e, level-1, e.tick)
	})
}

// empty takes the entries of a slot out one by one.
func (w *wheel) empty(slot int, f func(*Entry)) {
	first := w.slots[slot]
	if first == nil {
		return
	}
	final := first.prev
	for {
		e := w.slots[slot]
		w.remove(e)
		f(e)
		if e == final || w.slots[slot] == nil {
			return
		}
	}
}
