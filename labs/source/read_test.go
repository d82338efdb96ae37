package source

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReadTakesOnlyWhatAPersonWrote(t *testing.T) {
	dir := t.TempDir()
	good, large := filepath.Join(dir, "good"), filepath.Join(dir, "large")
	for path, size := range map[string]int{good: 3, large: maxSize + 1} {
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := Read(os.DirFS(dir), "good"); err != nil || len(text) != 3 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	for _, name := range []string{"large", ".", "none", "../" + filepath.Base(dir) + "/good"} {
		if _, err := Read(os.DirFS(dir), name); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
