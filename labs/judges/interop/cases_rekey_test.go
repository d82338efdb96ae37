//go:build linux

package interop

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Rekeys and deletes, of both phases, begun by either side.

// shortestLife of an IKE SA, in seconds: 60 is the least that IOS takes.
const shortestLife = 60

// rekeyPhase2: ioslab renews its SAs when so many kilobytes went through them,
// charon is told to.
func rekeyPhase2(t *testing.T, lead side) {
	g := usual.gateway()
	g.Global = []string{"crypto ipsec security-association lifetime kilobytes 2560"}
	s := newSite(t, g, usual.peer())
	s.up(t, lead)
	old := s.spis(t)
	if lead == strongSwan {
		s.charon.do(t, "--rekey", "--child", "net")
	} else {
		s.transfer(t, ioslab, 4<<20)
	}
	s.newSPIs(t, old)
	s.bothWays(t)
	if n := strings.Count(s.charon.log(0), "ESTABLISHED"); n != 1 {
		t.Errorf("%d IKE SAs in the log of charon, want 1", n)
	}
}

// rekeyPhase1: IOS does not renew phase 1 in advance: at its end it deletes the SA,
// and charon begins anew at once, where it is configured to start. Charon itself
// makes a new one before, which takes the SAs of phase 2 over, and deletes the old
// one at its end.
func rekeyPhase1(t *testing.T, lead side) {
	g, p := usual.gateway(), usual.peer()
	if lead == ioslab {
		g.IKELife, p.CloseAction = shortestLife, "start"
	} else {
		p.IKELife, p.IKEOver = 10, 5
	}
	s := newSite(t, g, p)
	n := s.charon.mark()
	s.up(t, lead)
	old := s.spis(t)
	s.charon.says(t, n, "IKE_SA peer[2] established", shortestLife*time.Second+patience)
	s.charon.says(t, n, "IKE_SA peer[1] state change: DELETING => DESTROYING", patience)
	s.shows(t, "show crypto isakmp sa", func(text string) bool { return activeSAs(text) > 0 })
	s.bothWays(t)
	if lead == ioslab {
		s.newSPIs(t, old)
	} else if now := s.spis(t); !maps.Equal(now, old) {
		t.Errorf("the SPIs are %v, and were %v", now, old)
	}
}

// rekeyWatched: with keepalives phase 1 is renewed before its end, and nothing is
// interrupted.
func rekeyWatched(t *testing.T, lead side) {
	g, p := usual.gateway(), usual.peer()
	g.Global = []string{"crypto isakmp keepalive 10"}
	if lead == ioslab {
		g.IKELife = shortestLife
	} else {
		p.IKELife, p.IKEOver, p.DPDDelay, p.DPDTimeout = 10, 5, 2, 10
	}
	s := newSite(t, g, p)
	n := s.charon.mark()
	s.up(t, lead)
	old := s.spis(t)
	s.charon.says(t, n, "IKE_SA peer[2] established", shortestLife*time.Second+patience)
	s.charon.says(t, n, "IKE_SA peer[1] state change: DELETING => DESTROYING", patience)
	s.bothWays(t)
	if now := s.spis(t); !maps.Equal(now, old) {
		t.Errorf("the SPIs are %v, and were %v", now, old)
	}
}

// deletePhase2: the SAs are deleted on one side, the other one hears of it, and
// traffic makes new ones under the same IKE SA.
func deletePhase2(t *testing.T, lead side) {
	s := newSite(t, usual.gateway(), usual.peer())
	s.up(t, lead)
	old := s.spis(t)
	if lead == ioslab {
		n := s.charon.mark()
		s.show("clear crypto sa")
		s.charon.says(t, n, "received DELETE for ESP CHILD_SA", patience)
	} else {
		s.charon.do(t, "--terminate", "--child", "net")
		s.noSPIs(t)
	}
	s.bothWays(t)
	s.newSPIs(t, old)
	if n := strings.Count(s.charon.log(0), "CONNECTING => ESTABLISHED"); n != 1 {
		t.Errorf("%d IKE SAs in the log of charon, want 1", n)
	}
}

// deletePhase1: the IKE SA is deleted on one side, and with it what belongs to it
// on charon's. Traffic makes new ones.
func deletePhase1(t *testing.T, lead side) {
	s := newSite(t, usual.gateway(), usual.peer())
	s.up(t, lead)
	if lead == ioslab {
		n := s.charon.mark()
		s.show("clear crypto sa")
		s.show("clear crypto isakmp")
		s.charon.says(t, n, "received DELETE for IKE_SA", patience)
	} else {
		s.charon.do(t, "--terminate", "--ike", "peer")
		s.noSPIs(t)
		s.shows(t, "show crypto isakmp sa", func(text string) bool { return activeSAs(text) == 0 })
	}
	if sas := s.charon.sas(t); sas != "" {
		t.Errorf("charon still has\n%s", sas)
	}
	s.bothWays(t)
}

var (
	spiLine    = regexp.MustCompile(`(?m)^ +spi: 0x[0-9A-F]+\(([0-9]+)\)`)
	activeLine = regexp.MustCompile(`(?m)QM_IDLE .*ACTIVE`)
)

func activeSAs(text string) int { return len(activeLine.FindAllString(text, -1)) }

// spis are those of the gateway's SAs.
func (s *site) spis(t testing.TB) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, m := range spiLine.FindAllStringSubmatch(s.show("show crypto ipsec sa"), -1) {
		found[m[1]] = true
	}
	return found
}

// newSPIs waits for SAs that were not there.
func (s *site) newSPIs(t testing.TB, old map[string]bool) {
	t.Helper()
	if len(old) != 2 {
		t.Fatalf("the gateway had %d SAs, want 2", len(old))
	}
	// There may be more than one new pair: what TCP repeats counts, too.
	s.await(t, "new SAs", func() bool {
		fresh := 0
		for spi := range s.spis(t) {
			if !old[spi] {
				fresh++
			}
		}
		return fresh >= 2
	})
}

func (s *site) noSPIs(t testing.TB) {
	t.Helper()
	s.await(t, "end of the SAs", func() bool { return len(s.spis(t)) == 0 })
}

func (s *site) await(t testing.TB, what string, done func() bool) {
	t.Helper()
	if !within(patience, done) {
		t.Fatalf("no %s in %v", what, patience)
	}
}
