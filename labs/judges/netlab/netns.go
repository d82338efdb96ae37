package netlab

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
)

// prefix begins the names of our namespaces; the process that made them follows.
const prefix = "netlab"

var made atomic.Int64 // namespaces of this process

// Make makes a network namespace, whose loopback interface is up, for a caller without a
// test that takes it down: Remove does. The path is its name to `ip netns`.
func Make(name string) (path string, err error) {
	path = fmt.Sprintf("%s%d-%d-%s", prefix, os.Getpid(), made.Add(1), name)
	if err := ip("netns", "add", path); err != nil {
		return "", err
	}
	if err := ip("-n", path, "link", "set", "lo", "up"); err != nil {
		Remove(path)
		return "", err
	}
	return path, nil
}

// Lay lays a veth pair between two namespaces, or within one, and sets both ends up.
func Lay(pathA, ifA, pathB, ifB string) error {
	if err := ip("link", "add", ifA, "netns", pathA, "type", "veth", "peer", "name", ifB, "netns", pathB); err != nil {
		return err
	}
	if err := ip("-n", pathA, "link", "set", ifA, "up"); err != nil {
		return err
	}
	return ip("-n", pathB, "link", "set", ifB, "up")
}

// Remove kills what runs in a namespace and deletes it.
func Remove(path string) error {
	pids, _ := exec.Command("ip", "netns", "pids", path).Output()
	for _, pid := range strings.Fields(string(pids)) {
		exec.Command("kill", "-9", pid).Run()
	}
	return ip("netns", "del", path)
}

func ip(arguments ...string) error {
	out, err := exec.Command("ip", arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}

// sweep takes down what processes left that are no more, and tells the names.
func sweep(tell func(path string)) {
	entries, _ := os.ReadDir("/run/netns") // it is not there before the first namespace
	for _, e := range entries {
		owner, _, ok := strings.Cut(strings.TrimPrefix(e.Name(), prefix), "-")
		pid, err := strconv.Atoi(owner)
		if !ok || err != nil || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); os.IsNotExist(err) {
			tell(e.Name())
			Remove(e.Name())
		}
	}
}
