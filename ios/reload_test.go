package ios

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// brokenStore is an NVRAM that cannot be read.
type brokenStore struct{ MemoryStore }

func (*brokenStore) Load() ([]byte, error) { return nil, errors.New("no such device") }

// A router whose NVRAM cannot be read says so and goes on.
func TestReloadFromABrokenNVRAM(t *testing.T) {
	n := loneRouter(t, "hostname Keep\n")
	n.NVRAM = &brokenStore{}
	if out := n.do("reload", ""); !strings.Contains(out, "% Reload failed: NVRAM of R1: no such device\n") {
		t.Errorf("reload shows %q", out)
	}
	if out := n.do("show running-config | include hostname"); !strings.Contains(out, "hostname Keep") {
		t.Errorf("after it: %q", out)
	}
}

// A configuration configures; what it holds beside that is passed over.
func TestConfigurationRunsNoCommandsOfExec(t *testing.T) {
	for _, line := range []string{
		"do reload", "do erase startup-config", "do ping 1.1.1.1", "do write erase", "do debug crypto isakmp",
		"reload", "erase startup-config", "write erase", "debug crypto isakmp", "enable",
	} {
		n := newRig(t, map[string]string{"R1": ""}).on("R1")
		text := line + "\nhostname After\n"
		n.NVRAM.Save([]byte(text))
		problems, err := n.Boot()
		if err != nil || len(problems) != 1 || problems[0].Text != line {
			t.Errorf("%s: problems %v, %v; want the line", line, problems, err)
		}
		n.rig.Pass(time.Minute)
		if saved, _ := n.NVRAM.Load(); string(saved) != text || n.Hostname() != "After" || n.debug != 0 {
			t.Errorf("%s has run: hostname %s, NVRAM %q", line, n.Hostname(), saved)
		}
	}
}
