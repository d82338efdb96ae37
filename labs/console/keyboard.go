package console

import (
	"bytes"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs/loop"
)

// The origins of keys.
const (
	Local  cli.Origin = iota // the lab's own terminal
	Remote                   // a terminal elsewhere, which may touch nothing of the host
)

const (
	// queueLimit is how much may wait to be typed before no more should come.
	queueLimit = 128 << 10
	// aheadLimit is how much may be typed at a session that does not take it.
	aheadLimit = 256
	// pollInterval is how often the session is asked whether it listens.
	pollInterval = 5 * time.Millisecond
	// pasteGap is how long no key comes at the end of a paste.
	pasteGap = 300 * time.Millisecond

	keyInterrupt = 0x03 // Ctrl-C
)

// A Keyboard types at a line no faster than it is taken, so that nothing of a paste
// is lost: a line at a time, each an event of its own, so that a long one holds up
// no other node. What breaks off a command goes past all that waits for its end, and
// Ctrl-C takes that back, on all keyboards at the line.
type Keyboard struct {
	line   *Line
	loop   *loop.Loop
	origin cli.Origin
	slow   func() bool
	queue  []byte
	typing bool
	closed bool // its terminal has left

	last      time.Duration // when keys last came
	discarded bool          // what comes before the next pasteGap is part of what was taken back
}

// NewKeyboard returns a keyboard at a line; Close takes it away. While slow, if it is
// not nil, reports so nothing is typed.
func NewKeyboard(line *Line, l *loop.Loop, origin cli.Origin, slow func() bool) *Keyboard {
	k := &Keyboard{line: line, loop: l, origin: origin, slow: slow, last: l.Now() - pasteGap}
	line.keyboards = append(line.keyboards, k)
	return k
}

// Close takes the keyboard away when all has been typed.
func (k *Keyboard) Close() {
	k.closed = true
	if !k.typing {
		k.line.forget(k)
	}
}

// Type takes keys.
func (k *Keyboard) Type(keys []byte) {
	now := k.loop.Now()
	pasted := now-k.last < pasteGap
	k.last = now
	if k.discarded = k.discarded && pasted; k.discarded {
		return
	}
	for _, c := range keys {
		if c == keyInterrupt {
			k.line.takeBack(k)
		}
		drops := k.line.drops(c)
		if drops {
			k.queue = nil
		}
		if drops || k.line.interrupts(c) {
			k.line.Type(k.origin, []byte{c})
			continue
		}
		k.queue = append(k.queue, c)
	}
	if !k.typing {
		k.next()
	}
}

// discard drops what was typed and has not been taken, and what is on its way of the
// same paste.
func (k *Keyboard) discard() {
	k.queue = nil
	k.discarded = k.typing || k.loop.Now()-k.last < pasteGap
	k.last = k.loop.Now()
}

// Room reports whether more keys should come.
func (k *Keyboard) Room() bool { return len(k.queue) < queueLimit }

// Idle reports whether all has been typed, and what was typed has been done.
func (k *Keyboard) Idle() bool { return len(k.queue) == 0 && k.line.listens() }

// next types a line, or what there is of one.
func (k *Keyboard) next() {
	k.typing = len(k.queue) > 0
	if !k.typing {
		k.queue = nil
		if k.closed {
			k.line.forget(k)
		}
		return
	}
	if k.slow != nil && k.slow() || !k.line.listens() {
		k.loop.After(pollInterval, k.next)
		return
	}
	n := bytes.IndexByte(k.queue, '\r') + 1
	if n == 0 {
		n = len(k.queue)
	}
	keys := k.queue[:n:n]
	k.queue = k.queue[n:]
	k.line.Type(k.origin, keys)
	k.typing = len(k.queue) > 0
	switch {
	case k.typing:
		k.loop.At(k.loop.Now(), k.next)
	case k.closed:
		k.line.forget(k)
	}
}
