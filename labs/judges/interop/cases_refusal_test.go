//go:build linux

package interop

import (
	"testing"
	"time"
)

// Cases in which no tunnel comes up: what each side says, and that neither hangs.

// deathByRetransmission is how long IOS asks a peer that does not answer, and a bit.
const deathByRetransmission = 75 * time.Second

// refused has the lead begin, which must come to nothing.
func (s *site) refused(t testing.TB, lead side) {
	t.Helper()
	if lead == ioslab {
		if ping(s.space, leftHost, rightInside, 1) == nil {
			t.Fatal("there is a tunnel")
		}
		return
	}
	if out, err := s.charon.initiate(); err == nil {
		t.Fatalf("there is a tunnel\n%s", out)
	}
}

// over checks that there is nothing left on either side.
func (s *site) over(t testing.TB) {
	t.Helper()
	if n := activeSAs(s.show("show crypto isakmp sa")); n != 0 {
		t.Errorf("ioslab has %d IKE SAs", n)
	}
	if n := len(s.spis(t)); n != 0 {
		t.Errorf("ioslab has %d IPsec SAs", n)
	}
	s.await(t, "end of charon's SAs", func() bool { return s.charon.sas(t) == "" })
}

// healed checks that nothing stands in the way of a tunnel once the configuration
// is right.
func (s *site) healed(t testing.TB) {
	t.Helper()
	s.charon.load(t, usual.peer())
	s.show("clear crypto isakmp")
	s.bothWays(t)
}

func wrongKey(t *testing.T, lead side) {
	p := usual.peer()
	p.Key = "another-key"
	s := newSite(t, usual.gateway(), p)
	s.show("debug crypto isakmp")
	n := s.mark()
	s.refused(t, lead)
	if lead == ioslab {
		s.charon.says(t, 0, "message parsing failed", patience)
		s.says(t, n, `retransmitting phase 1 MM_KEY_EXCH`, patience)
		s.says(t, n, `deleting SA reason "Death by retransmission P1"`, deathByRetransmission)
	} else {
		s.says(t, n, `%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 192\.0\.2\.2 +failed its sanity check or is malformed`, patience)
		s.charon.says(t, 0, "giving up after 2 retransmits", patience)
	}
	s.over(t)
	s.show("no debug all")
	s.healed(t)
}

func noProposalPhase1(t *testing.T, lead side) {
	p := usual.peer()
	p.IKE = "aes256-sha256-modp2048"
	s := newSite(t, usual.gateway(), p)
	s.show("debug crypto isakmp")
	n := s.mark()
	s.refused(t, lead)
	if lead == ioslab {
		s.charon.says(t, 0, "no proposal found", patience)
		s.says(t, n, `Notify has no hash\. Rejected\.`, patience)
		s.says(t, n, `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Informational mode failed with peer at 192\.0\.2\.2`, patience)
		s.says(t, n, `deleting SA reason "Death by retransmission P1"`, deathByRetransmission)
	} else {
		s.charon.says(t, 0, "received NO_PROPOSAL_CHOSEN error notify", patience)
		s.says(t, n, `phase 1 SA policy not acceptable! \(local 192\.0\.2\.1 remote 192\.0\.2\.2\)`, patience)
		s.says(t, n, `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 192\.0\.2\.2`, patience)
	}
	s.over(t)
	s.show("no debug all")
	s.healed(t)
}

func noProposalPhase2(t *testing.T, lead side) {
	p := usual.peer()
	p.ESP = "3des-md5"
	s := newSite(t, usual.gateway(), p)
	s.show("debug crypto isakmp")
	n := s.mark()
	s.refused(t, lead)
	if lead == ioslab {
		s.charon.says(t, 0, "no matching proposal found, sending NO_PROPOSAL_CHOSEN", patience)
		s.says(t, n, `processing NOTIFY PROPOSAL_NOT_CHOSEN protocol 3`, patience)
	} else {
		s.charon.says(t, 0, "received NO_PROPOSAL_CHOSEN error notify", patience)
		s.says(t, n, `phase 2 SA policy not acceptable! \(local 192\.0\.2\.1 remote 192\.0\.2\.2\)`, patience)
		s.says(t, n, `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Quick mode failed with peer at 192\.0\.2\.2`, patience)
	}
	if n := len(s.spis(t)); n != 0 {
		t.Errorf("ioslab has %d IPsec SAs", n)
	}
	s.show("no debug all")
	s.healed(t)
}
