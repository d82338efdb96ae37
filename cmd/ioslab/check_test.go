package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCheck reads what it is given and fails by what a router would refuse.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	kept := write("kept.cfg", "hostname R1\nrouter eigrp 5\n network 10.0.0.0\n")
	refused := write("refused.cfg", "hostname R1\nrouter frobnicate 5\n")
	lab := write("x.clab.yml", "name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: refused.cfg}\n")
	broken := write("broken.clab.yml", "name: x\ntopology: []\n")
	script := write("x.ios", "!lab use x.clab.yml\nR1>enable\n")
	for _, c := range []struct {
		args   []string
		status int
	}{
		{[]string{"site-to-site"}, statusOK},
		{[]string{kept}, statusOK},
		{[]string{kept, refused}, statusFailed},
		{[]string{lab}, statusFailed},
		{[]string{script}, statusOK},
		{[]string{broken}, statusUsage},
		{[]string{filepath.Join(dir, "nothing.cfg")}, statusUsage},
		{nil, statusUsage},
		{[]string{"--version", "1.0", kept}, statusUsage},
	} {
		if got := ioslab(append([]string{"check"}, c.args...)); got != c.status {
			t.Errorf("check %v: status %d, want %d", c.args, got, c.status)
		}
	}
}
