package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReasonNamesNoPath: what opens and removes a file names it.
func TestReasonNamesNoPath(t *testing.T) {
	dir := t.TempDir()
	_, open := os.Open(filepath.Join(dir, "none"))
	for _, err := range []error{open, os.Remove(filepath.Join(dir, "none"))} {
		if got := Reason(err); got == nil || strings.Contains(got.Error(), dir) {
			t.Errorf("%v", got)
		}
	}
}
