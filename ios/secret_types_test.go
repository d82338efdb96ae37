package ios

import (
	"strings"
	"testing"
)

// TestSecretTypes sets secrets that ioslab cannot check. None is taken for a password
// in clear.
func TestSecretTypes(t *testing.T) {
	for _, c := range []struct {
		line, shown string // "" where the line is refused
		opens       string // the password that leads to privileged EXEC
		notice      bool
	}{
		{"enable secret 9 $9$abc.def$xyz", "enable secret 9 $9$abc.def$xyz", "", true},
		{"enable secret 8 $8$abc.def$xyz", "enable secret 8 $8$abc.def$xyz", "", true},
		{"enable secret 4 tnhtc92DXBhelxjYk8LWJrPV36S2i4ntXrpb4RFmfqY", "enable secret 4 tnhtc92DXBhelxjYk8LWJrPV36S2i4ntXrpb4RFmfqY", "", true},
		{"enable secret 9 plain words", "", "", false},
		{"enable secret 7 045802150C2E", "", "", false},
		{"enable secret 0 9 lives", "enable secret 5 $1$", "9 lives", false},
		{"enable secret two words", "enable secret 5 $1$", "two words", false},
		{"enable secret level 15 top", "enable secret 5 $1$", "top", false},
		{"enable secret level 5 foo", "enable secret level 5 5 $1$", "", true},
		{"enable password level 5 foo", "enable password level 5 foo", "", true},
		{"enable password level 15 foo", "enable password foo", "foo", false},
		{"username eve privilege 15 secret 9 $9$abc.def$xyz", "username eve privilege 15 secret 9 $9$abc.def$xyz", "", true},
		{"username eve secret 8 nothing", "", "", false},
	} {
		n := loneRouter(t, "")
		screen := n.configure(c.line)
		config := n.RunningConfig()
		switch {
		case c.shown == "" && (!strings.Contains(screen, "ERROR") || strings.Contains(config, "secret ")):
			t.Errorf("%s is not refused:\n%s", c.line, screen)
		case !strings.Contains(config, "\n"+c.shown), strings.Contains(screen, "[ioslab]") != c.notice:
			t.Errorf("%s:\n%s\n%s", c.line, screen, config)
		}
		reloads(t, config)
		if secret := n.config.enable.secret; secret.set() && secret.matches(c.opens) != (c.opens != "") {
			t.Errorf("%s: %q", c.line, c.opens)
		}
		if _, text, _ := strings.Cut(c.line, "secret "); text != "" && text != c.opens && n.config.enable.secret.matches(text) {
			t.Errorf("%s: the text is the password", c.line)
		}
	}
}

// TestLevelSecretLeavesOther takes the password of a level back beside the others.
func TestLevelSecretLeavesOther(t *testing.T) {
	n := loneRouter(t, "")
	n.configure("enable secret top", "enable secret level 5 a", "enable secret level 6 b", "no enable secret level 5")
	if c := n.RunningConfig(); strings.Contains(c, "level 5") || !strings.Contains(c, "enable secret level 6 5 $1$") || !n.config.enable.secret.matches("top") {
		t.Error(c)
	}
	n.configure("no enable secret")
	if c := n.RunningConfig(); !strings.Contains(c, "level 6") || n.config.enable.secret.set() {
		t.Error(c)
	}
}
