// Package looptest helps tests of what runs on a loop.
package looptest

import (
	"runtime"
	"testing"
)

// patience is how often others have their turn before a goroutine that has done its
// work must be gone.
const patience = 1e6

// NoCoroutinesLeft fails the test where, at its end, more coroutines are alive
// than now: a command that waits has not been broken off, or a wire's goroutine
// not ended. A coroutine of iter.Pull is a goroutine to the runtime and ends within
// the call that stops it; others may still be on their way out. Such a test does
// not run in parallel with others.
func NoCoroutinesLeft(t testing.TB) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		after := runtime.NumGoroutine()
		for n := 0; after > before && n < patience; n++ {
			runtime.Gosched()
			after = runtime.NumGoroutine()
		}
		if after > before {
			stacks := make([]byte, 1<<16)
			t.Errorf("%d coroutines are left:\n%s", after-before, stacks[:runtime.Stack(stacks, true)])
		}
	})
}
