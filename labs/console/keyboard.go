package console

import (
	"bytes"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

const (
	// queueLimit is how much may wait to be typed before no more should come.
	queueLimit = 128 << 10
	// aheadLimit is how much may be typed at a session that does not take it.
	aheadLimit = 256
	// pause is how long it is before it is looked again whether the session listens.
	pause = 5 * time.Millisecond
)

// A Keyboard types at a line no faster than it is taken, so that nothing of a paste
// is lost: a line at a time, each an event of its own, so that a long one holds up
// no other node. What breaks off a command goes past all that waits for its end, and
// Ctrl-C takes that back.
type Keyboard struct {
	line   *Line
	loop   *loop.Loop
	slow   func() bool
	queue  []byte
	typing bool
}

// NewKeyboard returns a keyboard at a line. While slow, if it is not nil, says so
// nothing is typed.
func NewKeyboard(line *Line, l *loop.Loop, slow func() bool) *Keyboard {
	return &Keyboard{line: line, loop: l, slow: slow}
}

// Type takes keys.
func (k *Keyboard) Type(keys []byte) {
	for _, c := range keys {
		drops := k.line.drops(c)
		if drops {
			k.queue = nil
		}
		if drops || k.line.interrupts(c) {
			k.line.Type([]byte{c})
			continue
		}
		k.queue = append(k.queue, c)
	}
	if !k.typing {
		k.next()
	}
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
		return
	}
	if k.slow != nil && k.slow() || !k.line.listens() {
		k.loop.After(pause, k.next)
		return
	}
	n := bytes.IndexByte(k.queue, '\r') + 1
	if n == 0 {
		n = len(k.queue)
	}
	keys := k.queue[:n:n]
	k.queue = k.queue[n:]
	k.line.Type(keys)
	if k.typing = len(k.queue) > 0; k.typing {
		k.loop.At(k.loop.Now(), k.next)
	}
}
