package labs_test

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/storage"
)

// Labs that run side by side in one process share nothing that could change what
// any of them shows.
func TestTranscriptsSideBySide(t *testing.T) {
	files, err := filepath.Glob("library/site-to-site/*.ios")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	var all sync.WaitGroup
	for _, file := range files {
		tr, err := replay.Read(storage.Host, file)
		if err != nil {
			t.Fatal(err)
		}
		texts := [2]string{}
		var pair sync.WaitGroup
		for i := range texts {
			pair.Go(func() {
				r, err := tr.Run(replay.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				texts[i] = r.Text
			})
		}
		all.Go(func() {
			pair.Wait()
			if texts[0] != texts[1] {
				t.Errorf("%s: two runs at once show different things", file)
			}
		})
	}
	all.Wait()
}
