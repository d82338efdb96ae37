package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// machine is what the figures were measured on.
func machine(wireguard string) string {
	model := "processor unknown"
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
			break
		}
	}
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	return fmt.Sprintf("machine: %d x %s, %s, Linux %s, %s; strongSwan %s, wireguard-go %s; %s",
		runtime.NumCPU(), model, runtime.GOARCH, strings.TrimSpace(string(kernel)), runtime.Version(),
		version("swanctl", "--version"), version(wireguard, "--version"), time.Now().Format(time.DateOnly))
}

// version is the first word of what a program says of itself that has a digit.
func version(name, flag string) string {
	out, _ := exec.Command(name, flag).CombinedOutput()
	for word := range strings.FieldsSeq(string(out)) {
		if strings.ContainsAny(word, "0123456789") {
			return word
		}
	}
	return "?"
}
