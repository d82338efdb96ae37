package isakmp_test

import (
	"os"
	"testing"
	"time"
)

// TestReferenceTrace: with the policy of the reference trace and its two lost
// messages, the initiator says what that trace says, line by line.
func TestReferenceTrace(t *testing.T) {
	reference, err := os.ReadFile("testdata/seed-12.4-initiator.txt")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	lost := 0
	w.filter = func(_ *router, m []byte) [][]byte {
		if lost++; lost <= 2 {
			return nil
		}
		return [][]byte{m}
	}
	w.Pass(103499 * time.Millisecond)
	w.a.want()
	w.run(25 * time.Second)
	if !w.up() {
		t.Error("no SAs")
	}
	want := normalise(string(reference))
	if len(want) != 142 {
		t.Errorf("the reference has %d lines", len(want))
	}
	if d := diff(normalise(w.a.log.String()), want); d != "" {
		t.Errorf("%s", d)
	}
	if testing.Verbose() {
		t.Logf("\n%s", w.a.log.String())
	}
}
