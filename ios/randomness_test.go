package ios

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

// A router that comes up again with the cookie and the nonce of its former life
// sends a first message that its peer has seen, and gets no answer.
func TestRandomnessGoesOnThroughAReset(t *testing.T) {
	r := loneRouter(t, "").Router
	draw := func() []byte {
		b := make([]byte, 16)
		if _, err := io.ReadFull(r.stream("isakmp"), b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	before := draw()
	if err := r.Reset(); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(draw(), before) {
		t.Error("the same bytes once more")
	}
}

// Whether somebody watches changes nothing of what is drawn, at once or in the
// renewals of some hours.
func TestDebugChangesNoSPI(t *testing.T) {
	spis := func(debugs ...string) string {
		g := newRig(t, map[string]string{
			"R1": tunnelled("R1", "12.12.12.1", "12.12.12.2", "1", "2"),
			"R2": tunnelled("R2", "12.12.12.2", "12.12.12.1", "2", "1"),
		}, "R1:Fa0/0 R2:Fa0/0")
		r1 := g.on("R1")
		r1.do(debugs...)
		g.through(t)
		seen := ""
		for i := range 180 {
			g.Pass(time.Minute)
			r1.do(tunnelPing + " repeat 1")
			if i%60 == 0 {
				seen += r1.do("show crypto ipsec sa | include spi")
			}
		}
		return seen
	}
	want := spis()
	if strings.Count(want, "spi: ") < 9 {
		t.Fatalf("too few SPIs:\n%s", want)
	}
	for _, debugs := range [][]string{{"debug crypto isakmp"}, {"debug crypto ipsec"}, {"debug crypto isakmp", "debug crypto ipsec"}} {
		equalText(t, strings.Join(debugs, ", "), spis(debugs...), want)
	}
}
