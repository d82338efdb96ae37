package looptest

import (
	"iter"
	"testing"
)

// recorder is a test that only notes that it failed.
type recorder struct {
	testing.TB
	cleanups []func()
	failed   bool
}

func (r *recorder) Cleanup(f func())      { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Errorf(string, ...any) { r.failed = true }

func TestNoCoroutinesLeft(t *testing.T) {
	for _, stopped := range []bool{true, false} {
		r := &recorder{TB: t}
		NoCoroutinesLeft(r)
		next, stop := iter.Pull(func(yield func(int) bool) { yield(1) })
		next()
		if stopped {
			stop()
		}
		for _, f := range r.cleanups {
			f()
		}
		if r.failed == stopped {
			t.Errorf("stopped %v, failed %v", stopped, r.failed)
		}
		stop()
	}
}
