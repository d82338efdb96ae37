package isakmp

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestTables: each state awaits at most one message a role, every step moves
// on, and what a step needs can be held by one message.
func TestTables(t *testing.T) {
	main := drivers()[wire.ExchangeMain]
	for _, role := range []Role{Initiator, Responder} {
		for _, state := range MainStates {
			n := 0
			for _, step := range main.steps {
				if step.role == role && step.waiting == state {
					n++
					if step.next == state || step.process == nil || step.reply == nil || len(step.need) == 0 {
						t.Errorf("%c %s: %+v", role, state, step)
					}
				}
			}
			if got := main.stepFor(role, state); (got != nil) != (n == 1) || n > 1 {
				t.Errorf("%c %s: %d steps", role, state, n)
			}
		}
		for _, state := range NodeStates {
			step := quickStepFor(role, state)
			if step != nil && (step.role != role || step.waiting != state || step.need[0] != wire.HashPayload) {
				t.Errorf("%c %s: %+v", role, state, step)
			}
		}
	}
}

// TestImports: nothing of the engine reads the wall clock, draws randomness of
// its own, starts a goroutine or knows another room.
func TestImports(t *testing.T) {
	forbidden := map[string]bool{"crypto/rand": true, "math/rand": true, "math/rand/v2": true, "sync": true, "net": true, "os": true, "log": true}
	for _, dir := range []string{".", "wire", "keymat"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range parsed.Imports {
				path, _ := strconv.Unquote(i.Path.Value)
				ours := strings.HasPrefix(path, "github.com/ioslab/") && !strings.HasPrefix(path, "github.com/ioslab/ioslab/isakmp")
				if forbidden[path] || ours {
					t.Errorf("%s imports %s", file, path)
				}
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"time.Now", "time.Sleep", "time.After", "time.NewTimer", "time.Tick", "go func"} {
				if strings.Contains(string(text), word) {
					t.Errorf("%s says %s", file, word)
				}
			}
		}
	}
}
