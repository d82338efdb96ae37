package isakmp_test

import (
	"testing"
	"time"
)

// TestStages: quick modes of both ends wait for what stands between them and
// phase 1.
func TestStages(t *testing.T) {
	w := newWorld(t)
	var done []func()
	wait := func(f func()) { done = append(done, f) }
	w.b.engine.Between(wait)
	w.b.engine.Between(wait)
	w.a.want()
	w.run(3 * time.Second)
	inOrder(t, "R3", w.b.take(), []string{
		"New State = IKE_P1_COMPLETE", "%CRYPTO-6-IKMP_SA_NOT_AUTH: Cannot accept Quick Mode exchange from 12.12.12.1",
	})
	w.b.want()
	inOrder(t, "R3", w.b.take(), []string{"SA is still budding. Attached new ipsec request to it."})
	for i := range 2 {
		if len(done) != i+1 {
			t.Fatalf("%d stages have begun", len(done))
		}
		done[i]()
	}
	w.run(3 * time.Second)
	inOrder(t, "R3", w.b.take(), []string{"beginning Quick Mode exchange", "New State = IKE_QM_PHASE2_COMPLETE"})
	if !w.up() {
		t.Error("not up")
	}
}

// TestStageOfDeletedSA: a stage that ends after its SA begins nothing.
func TestStageOfDeletedSA(t *testing.T) {
	w := newWorld(t)
	var done func()
	w.a.engine.Between(func(f func()) { done = f })
	w.a.want()
	w.run(3 * time.Second)
	w.a.engine.ClearAll()
	w.a.take()
	done()
	if said := w.a.take(); len(said) != 0 {
		t.Errorf("R1 says %q", said)
	}
}
