// Package loop is the one event loop of a lab: everything that its routers,
// hosts and links decide happens in an event of this loop, ordered by
// (time, sequence). Code that runs in an event needs no locks.
//
//	                 +------------- Loop -------------+
//	Do(fn) --------> | inbox                          |
//	At/After(t, fn)  | ring  (due now, in order)      | --> fn(), one at a time
//	                 | heap  (due later, 4-ary)       |
//	                 +--------------------------------+
//
// The clock is the loop's. A loop starts on the virtual clock, where nothing
// takes time and an idle loop jumps to its next event (RunUntil, RunWhile). Bind
// ties it to the wall, where Run sleeps until the next event is due or Do
// hands in work.
//
// A Processor stands between the loop and one router: it models the time that
// the router's CPU spends, so that stamps and departures follow it and what
// comes in meanwhile waits its turn.
//
// Entropy hands out one stream of random bytes per (seed, node, purpose).
//
// This package is the only one where the wall clock (wall.go) and the system's
// randomness (entropy.go) are read. Do may be called from any goroutine; all else
// only by the goroutine that runs the loop.
package loop
