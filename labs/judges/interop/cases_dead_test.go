//go:build linux

package interop

import (
	"testing"
	"time"
)

// Peers that are asked whether they are there, and peers that are not.

// alive: the lead asks, and is answered.
func alive(t *testing.T, lead side) {
	g, p := usual.gateway(), usual.peer()
	if lead == ioslab {
		g.Global = []string{"crypto isakmp keepalive 10 2 periodic"}
	} else {
		p.DPDDelay, p.DPDTimeout = 1, 5
	}
	s := newSite(t, g, p)
	s.up(t, lead)
	if lead == strongSwan {
		for range 3 {
			n := s.charon.mark()
			s.charon.says(t, n, "N(DPD) ]", patience)
			s.charon.says(t, n, "N(DPD_ACK) ]", patience)
		}
	} else {
		s.show("debug crypto isakmp")
		m := s.mark()
		s.says(t, m, `Sending NOTIFY DPD/R_U_THERE protocol 1`, patience)
		s.says(t, m, `DPD/R_U_THERE_ACK received from peer 192\.0\.2\.2`, patience)
		s.show("no debug all")
	}
	s.bothWays(t)
}

// dead: the other side is killed, and the lead finds out. The tunnel comes up
// again when it is back.
func dead(t *testing.T, lead side) {
	g, p := usual.gateway(), usual.peer()
	if lead == ioslab {
		g.Global = []string{"crypto isakmp keepalive 10 2 periodic", "crypto logging session"}
	} else {
		p.DPDDelay, p.DPDTimeout = 1, 5
	}
	s := newSite(t, g, p)
	s.up(t, lead)
	if lead == ioslab {
		n := s.mark()
		s.charon.process.Kill()
		s.says(t, n, `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN\.\s+Peer 192\.0\.2\.2:4500`, 40*time.Second)
		s.noSPIs(t)
		s.charon.start(t)
		s.charon.load(t, p)
	} else {
		s.node.Kill()
		s.charon.says(t, 0, "DPD check timed out, enforcing DPD action", 20*time.Second)
		s.start()
		s.prime()
	}
	s.bothWays(t)
}
