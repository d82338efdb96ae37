//go:build unix

package netlab

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// program is the command, built once in a process.
var program struct {
	once sync.Once
	path string
	err  error
}

// Program returns the path of the project's command, built from the source as it
// stands. It is static, as in a container. The file is kept in the user's cache,
// one for each place of the source, where the next test finds it if nothing changed.
func Program(t testing.TB) string {
	t.Helper()
	program.once.Do(func() { program.path, program.err = build() })
	if program.err != nil {
		t.Fatal(program.err)
	}
	return program.path
}

func build() (string, error) {
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	root := filepath.Dir(strings.TrimSpace(string(mod)))
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "ioslab-netlab", fmt.Sprintf("%x", sha256.Sum256([]byte(root)))[:12], "ioslab")
	cmd := exec.Command("go", "build", "-o", path, "./cmd/ioslab")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
}
