package replay

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/ioslab/ioslab/labs/normalise"
	"github.com/ioslab/ioslab/labs/storage"
)

// Diff compares what the file holds with what really appeared, and returns a
// unified diff; it is empty where they are equal. With normalised, what no one
// can foresee is masked on both sides.
func (t *Transcript) Diff(r *Result, normalised bool) string {
	held, real := strings.ReplaceAll(t.Text, "\r\n", "\n"), r.Text
	if normalised {
		held, real = normalise.Text(held), normalise.Text(real)
	}
	return string(diff.Diff(t.Path, []byte(held), t.Path+" (replayed)", []byte(real)))
}

// Update writes what really appeared into the file, where it differs; the storage is
// the one in which the transcript was read.
func (t *Transcript) Update(r *Result, in storage.Storage) error {
	if r.Text == t.Text {
		return nil
	}
	return in.Replace(t.Path, []byte(r.Text), storage.Public)
}
