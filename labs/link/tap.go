package link

import (
	"slices"
	"time"
)

// A tap is shown the frames of an end.
type tap struct {
	see func(at time.Duration, sent bool, frame []byte)
}

// Tap has every frame that this end puts on the link or takes off it shown to see
// first, with its direction; see must not keep or change it. What the link loses
// on the way is seen where it was sent. The tap stays until remove is called.
func (e *End) Tap(see func(at time.Duration, sent bool, frame []byte)) (remove func()) {
	t := &tap{see}
	e.taps = append(e.taps, t)
	return func() {
		// A new list: the tap may be removed by what it shows.
		e.taps = slices.DeleteFunc(slices.Clone(e.taps), func(o *tap) bool { return o == t })
	}
}

// Tapped reports whether anything looks at the frames of the link, at either end: then
// all of them have to pass here.
func (e *End) Tapped() bool { return len(e.taps) > 0 || len(e.peer.taps) > 0 }

func (e *End) show(at time.Duration, sent bool, frame []byte) {
	for _, t := range e.taps {
		t.see(at, sent, frame)
	}
}
