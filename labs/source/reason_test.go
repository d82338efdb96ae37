package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReasonNamesNoPath: neither the error of a file nor that of a rename does.
func TestReasonNamesNoPath(t *testing.T) {
	dir := t.TempDir()
	_, open := os.Open(filepath.Join(dir, "none"))
	for _, err := range []error{open, os.Rename(filepath.Join(dir, "none"), filepath.Join(dir, "other"))} {
		if got := Reason(err); got == nil || strings.Contains(got.Error(), dir) {
			t.Errorf("%v", got)
		}
	}
}
