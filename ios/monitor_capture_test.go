package ios

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"
)

// capturing has R2 of a row copy what it switches into CAP.
func capturing(t *testing.T) *rigNode {
	t.Helper()
	n := warm(newRow(t)).on("R2")
	n.do("enable", "monitor capture buffer CAP", "monitor capture point ip cef P FastEthernet0/0 both",
		"monitor capture point associate P CAP", "monitor capture point start P")
	return n
}

// TestCaptureCostsNothingWhenOff: the router is watched only while a point is active.
func TestCaptureCostsNothingWhenOff(t *testing.T) {
	n := capturing(t)
	if n.stack.Publish() != nil {
		t.Error("packets pass beside the loop, where no point sees them")
	}
	n.do("monitor capture point stop all")
	if n.stack.Publish() == nil {
		t.Error("still watched after the stop")
	}
	n.do("monitor capture point start P", "no monitor capture point ip cef P FastEthernet0/0 both")
	if n.stack.Publish() == nil {
		t.Error("still watched after the end of the point")
	}
}

func TestReloadForgetsCaptures(t *testing.T) {
	n := capturing(t)
	if err := n.Reset(); err != nil {
		t.Fatal(err)
	}
	if n.stack.Publish() == nil || len(n.captures.buffers)+len(n.captures.points) > 0 {
		t.Error("something is left")
	}
}

// TestCaptureIsInOrder: a request stands before the answer that it causes.
func TestCaptureIsInOrder(t *testing.T) {
	g := warm(newRow(t))
	n := g.on("R2")
	n.do("enable", "monitor capture buffer CAP", "monitor capture point ip process-switched P both",
		"monitor capture point associate P CAP", "monitor capture point start P")
	g.on("R1").do("ping 12.12.12.2 repeat 2")
	var got []string
	for _, e := range n.captures.buffer("CAP").Elements() {
		got = append(got, e.In+">"+e.Out)
	}
	if want := "Fa0/0> >Fa0/0 Fa0/0> >Fa0/0"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCaptureDuration(t *testing.T) {
	n := capturing(t)
	n.do("monitor capture point stop P", "monitor capture buffer CAP limit duration 10", "monitor capture point start P")
	n.rig.Pass(9 * time.Second)
	if !n.captures.point("P").Active {
		t.Error("stopped too early")
	}
	n.rig.Pass(2 * time.Second)
	if n.captures.point("P").Active || !n.logged("%BUFCAP-6-DISABLE: Capture Point P disabled.") {
		t.Error("goes on after its time")
	}
	n.do("monitor capture point start P")
	n.rig.Pass(5 * time.Second)
	n.do("monitor capture point stop P", "monitor capture point start P")
	n.rig.Pass(6 * time.Second)
	if !n.captures.point("P").Active {
		t.Error("stopped by the time of an earlier start")
	}
}

func TestCaptureRefusals(t *testing.T) {
	n := capturing(t)
	n.do("monitor capture point ip cef Q all in", "monitor capture buffer OTHER")
	for line, want := range map[string]string{
		"monitor capture point ip cef P all in":          "Capture point P exists already",
		"monitor capture point ip cef R Serial9/9 in":    "Invalid input",
		"monitor capture buffer CAP size 10":             "Capture Buffer CAP is in use",
		"no monitor capture buffer CAP":                  "Capture Buffer CAP is in use",
		"no monitor capture buffer NONE":                 "Capture Buffer NONE does not exist",
		"monitor capture point associate P OTHER":        "Capture point P is active",
		"monitor capture point associate Q NONE":         "Capture Buffer NONE does not exist",
		"monitor capture point associate NONE CAP":       "Capture point NONE does not exist",
		"monitor capture point disassociate P":           "Capture point P is active",
		"monitor capture buffer CAP export flash:x":      "Error opening flash:x (No such device)", // the rig has none
		"monitor capture buffer NONE filter access-list": "Incomplete",
		"show monitor capture buffer NONE dump":          "Capture Buffer NONE does not exist",
		"show monitor capture point NONE":                "Capture point NONE does not exist",
	} {
		if got := n.do(line); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	for range 2 * maxCaptures {
		n.do("monitor capture buffer X" + strings.Repeat("x", len(n.captures.buffers)))
	}
	if len(n.captures.buffers) != maxCaptures {
		t.Errorf("%d buffers", len(n.captures.buffers))
	}
}

// brokenFlash takes nothing.
type brokenFlash struct{}

func (brokenFlash) Write(string, []byte, time.Time) (string, error) {
	return "", errors.New("disk full")
}
func (brokenFlash) Files() ([]FlashFile, error) { return nil, nil }
func (brokenFlash) Remove(string) error         { return fs.ErrNotExist }

func TestFlashNames(t *testing.T) {
	for location, want := range map[string]string{
		"flash:a.pcap": "a.pcap", "FLASH:/A_1-2+3": "A_1-2+3", "flash:": "", "flash:.hidden": "", "flash:a/b": "",
		"flash:..": "", "flash:a\\b": "", "flash:" + strings.Repeat("x", 64): "",
	} {
		if got, is := flashName(location); got != want || !is {
			t.Errorf("%s is %q, %t", location, got, is)
		}
	}
	if _, is := flashName("tftp://1.2.3.4/flash:a"); is {
		t.Error("tftp: is taken for flash:")
	}
	n := capturing(t)
	n.Flash = brokenFlash{}
	if got := n.do("monitor capture buffer CAP export flash:a"); !strings.Contains(got, "%Error opening flash:a (disk full)") {
		t.Errorf("a full flash: %s", got)
	}
}
