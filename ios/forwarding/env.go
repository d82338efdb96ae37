package forwarding

import (
	"io"
	"time"
)

// A Clock is a router's view of the lab's time.
type Clock interface {
	// Now is the time since the lab's start, never earlier than the moment at
	// which the router's processor is free.
	Now() time.Duration
	// After runs f on the loop when d has passed; stop is idempotent.
	After(d time.Duration, f func()) (stop func())
}

// Env is the world that a stack lives in.
type Env struct {
	Clock Clock
	// Spend makes the router's processor busy for d.
	Spend func(d time.Duration)
	// Rand is a stream of random bytes of the stack's own.
	Rand io.Reader
	// Emit is told of what a router logs of its interfaces.
	Emit func(Event)
}
