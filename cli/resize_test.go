package cli

import (
	"strings"
	"testing"
)

// TestResizeWhileTyping: the window gets narrower while a long line stands in
// it, and then a log record has the line drawn anew.
func TestResizeWhileTyping(t *testing.T) {
	for _, width := range []int{0, 1, 10, 20, 200} {
		s := newTerminal(t, Options{}).s
		s.Synchronous = true
		s.Input([]byte(strings.Repeat("x", 70)))
		s.Resize(width, 24)
		s.Log("a record")
		s.Input([]byte("yz\x01\x05"))
		if got := s.editor.Text(); got != strings.Repeat("x", 70)+"yz" {
			t.Errorf("width %d: the line is %q", width, got)
		}
	}
}
