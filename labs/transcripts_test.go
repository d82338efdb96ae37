package labs_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/ioslab/ioslab/labs/loop/looptest"
	"github.com/ioslab/ioslab/labs/normalise"
	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/storage"
)

var update = flag.Bool("update", false, "write what really appears into the transcripts")

// Every transcript beside a bundled lab, and those of testdata, which pin what
// no lab teaches.
func TestTranscripts(t *testing.T) {
	var files []string
	for _, pattern := range []string{"library/*/*.ios", "testdata/*/*.ios"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.ToSlash(file), ".ios"), func(t *testing.T) {
			tr, r := replayed(t, file)
			for _, f := range r.Failures {
				t.Error(f)
			}
			if *update {
				if err := tr.Update(r, storage.NewFolder("")); err != nil {
					t.Error(err)
				}
				return
			}
			if d := tr.Diff(r, false); d != "" {
				t.Errorf("the transcript does not show what happens; if what happens is right, run `go test ./labs -update`:\n%s", d)
			}
		})
	}
}

func replayed(t *testing.T, file string) (*replay.Transcript, *replay.Result) {
	t.Helper()
	looptest.NoCoroutinesLeft(t)
	tr, err := replay.Read(storage.Host, file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tr.Run(replay.Options{Report: func(err error) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	return tr, r
}

// The debug of the first contact is that of a real IOS 12.4 line by line, but for
// what no one can foresee. The reference has been through a web page, hence the
// loose comparison.
func TestFirstContactIsTheReferenceTrace(t *testing.T) {
	reference, err := os.ReadFile("normalise/testdata/seed-12.4-initiator.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, r := replayed(t, "library/site-to-site/first-contact.ios")
	session, _, ok := strings.Cut(r.Text, "R1#undebug all")
	if !ok {
		t.Fatal("the transcript does not switch the debug off")
	}
	got, want := normalise.Loose(debugLines(session)), normalise.Loose(string(reference))
	if n := strings.Count(want, "\n"); n != 142 {
		t.Errorf("the reference has %d lines, want 142", n)
	}
	if got != want {
		t.Errorf("%s", diff.Diff("reference", []byte(want), "first contact", []byte(got)))
	}
}

var (
	debugLine    = regexp.MustCompile(`^\*Mar  1 \d\d:\d\d:\d\d\.\d{3}: `)
	continuation = regexp.MustCompile(`^(\t| {6,})\S`)
)

// debugLines picks the records of the log with their continuation lines.
func debugLines(text string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		switch {
		case debugLine.MatchString(line):
			inside = !strings.Contains(line, ": %")
		case !continuation.MatchString(line):
			inside = false
		}
		if inside {
			b.WriteString(line)
		}
	}
	return b.String()
}
