package replay

import (
	"os"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/library"
)

// TestReadmeSession holds the session in the README to the truth.
func TestReadmeSession(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```\n")
	session, _, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("the README has no session")
	}
	transcript, err := Parse(library.Files, "README.md", session)
	if err != nil {
		t.Fatal(err)
	}
	result, err := transcript.Run(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := transcript.Diff(result, false); diff != "" {
		t.Error(diff)
	}
}
