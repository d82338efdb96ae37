package labs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/storage"
)

func countLines(t *testing.T, path string) int {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), "\n") - 1 // the head
}

// TestKeysGrow: SAs that there are stand in the files at once, others as they are
// made, also after a reset; what is deleted stays.
func TestKeysGrow(t *testing.T) {
	dir := t.TempDir()
	l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
	const ping = "ping 20.1.1.1 source 10.1.1.1 repeat 8"
	want := func(what, keys string, phase1, esp int) {
		t.Helper()
		l.Loop.RunUntil(l.Loop.Now() + time.Minute)
		p, e := countLines(t, filepath.Join(dir, keys, "ikev1_decryption_table")), countLines(t, filepath.Join(dir, keys, "esp_sa"))
		if p != phase1 || e != esp {
			t.Errorf("%s: %d phase 1 keys, want %d; %d ESP keys, want %d", what, p, phase1, e, esp)
		}
	}
	l.order(t, "!lab keys early")
	want("before all", "early", 0, 0)
	l.typed(t, "R1", ping)
	want("first contact", "early", 1, 2)
	l.typed(t, "R1", "enable", "clear crypto sa", ping)
	want("new SAs", "early", 1, 4)
	l.order(t, "!lab keys late")
	want("there already", "late", 1, 2)
	l.order(t, "!lab reset R1")
	l.Loop.RunUntil(l.Loop.Now() + time.Minute)
	l.typed(t, "R1", ping)
	want("after a reset", "late", 2, 4)
	want("ended", "early", 1, 4)
	if err := l.logKeys(l.opts.Files, filepath.Join("late", "esp_sa")); err == nil || !strings.Contains(err.Error(), "want a directory") {
		t.Errorf("keys into a file: %v", err)
	}
}
