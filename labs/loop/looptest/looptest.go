// Package looptest helps tests of what runs on a loop.
package looptest

import (
	"runtime"
	"testing"
)

// NoCoroutinesLeft fails the test where, at its end, more coroutines are alive
// than now: a command that waits has not been broken off. A coroutine of
// iter.Pull is a goroutine to the runtime and ends within the call that stops
// it, so counting needs no waiting. Such a test does not run in parallel with
// others.
func NoCoroutinesLeft(t testing.TB) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		if after := runtime.NumGoroutine(); after > before {
			stacks := make([]byte, 1<<16)
			t.Errorf("%d coroutines are left:\n%s", after-before, stacks[:runtime.Stack(stacks, true)])
		}
	})
}
