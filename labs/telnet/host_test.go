package telnet

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGuestsTouchNothingOfTheHost: an order that names a path is refused.
func TestGuestsTouchNothingOfTheHost(t *testing.T) {
	s := serve(t)
	dir := filepath.Join(t.TempDir(), "keys")
	g := s.dial(0)
	g.until("R1>")
	g.send("!lab keys " + dir + "\r")
	g.until("% keys is refused here, for it touches files of the host")
	if _, err := os.Stat(dir); err == nil {
		t.Error("the keys are there")
	}
}
