package isakmp_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// later behaves as later releases do.
var later = &isakmp.Release{
	NATT:             []isakmp.VendorKind{isakmp.VendorNATTRFC, isakmp.VendorNATT07, isakmp.VendorNATT03, isakmp.VendorNATT02},
	InitiatorVendors: []isakmp.VendorKind{isakmp.VendorDPD, isakmp.VendorIOS, isakmp.VendorXauth},
	ResponderVendors: []isakmp.VendorKind{isakmp.VendorUnity, isakmp.VendorDPD, isakmp.VendorIOS},
	FirstConn:        1001,
	ConnWithKeys:     true,
	LifetimeChosen:   true,
	LifetimeFirst:    true,
	SPIReply:         "IKE_GOT_SPI",
	SPIReplyFrom:     isakmp.Internal,
}

// TestRelease: the engine does what its release does. What it says is still 12.4's
// here.
func TestRelease(t *testing.T) {
	w := newWorld(t)
	w.reboot(later)
	w.b.policy(func(p *isakmp.Policy) { p.Lifetime = time.Hour })
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Fatal("not up")
	}
	inOrder(t, "R1", w.a.texts, []string{
		"constructed NAT-T vendor-rfc3947 ID", "constructed NAT-T vendor-07 ID",
		"vendor ID is NAT-T RFC 3947",
		"ISAKMP:(0:0:N/A:0):Old State = IKE_I_MM2  New State = IKE_I_MM3",
		"ISAKMP:(0:0:N/A:0):found peer pre-shared key matching 23.23.23.3",
		"ISAKMP:(0:1001:SW:1):SKEYID state generated", "vendor ID is Unity",
		"Old State = IKE_I_MM5  New State = IKE_I_MM6", "processing ID payload", // not early
	})
	inOrder(t, "R3", w.b.texts, []string{
		"vendor ID is DPD", "speaking to another IOS box!", "vendor ID is XAUTH",
		"Sending NOTIFY RESPONDER_LIFETIME protocol 1", "IKE_MESG_INTERNAL, IKE_PHASE1_COMPLETE",
		"IKE_MESG_INTERNAL, IKE_GOT_SPI",
	})
	if slices.ContainsFunc(w.b.texts, func(s string) bool { return strings.Contains(s, "IKE_SPI_REPLY") }) {
		t.Error("R3 behaves as 12.4")
	}
	for _, r := range w.all {
		if id := r.engine.SAs()[0].ConnID; id != 1001 {
			t.Errorf("%s: connection id %d", r.name, id)
		}
		chosen, told := find[isakmp.LifetimeChosen](r)
		if !told || chosen.Offered != 24*time.Hour || chosen.Chosen != chosen.Configured {
			t.Errorf("%s: %+v", r.name, chosen)
		}
	}
}

// TestShorterLifetimeIsTold: a responder tells its lifetime of phase 1 where it is
// shorter than the offer, before or after the machine reports the end of phase 1.
func TestShorterLifetimeIsTold(t *testing.T) {
	for _, release := range []*isakmp.Release{isakmp.Release124, later} {
		for _, shorter := range []bool{false, true} {
			w := newWorld(t)
			w.reboot(release)
			if shorter {
				w.b.policy(func(p *isakmp.Policy) { p.Lifetime = time.Hour })
			}
			w.a.want()
			w.run(3 * time.Second)
			var order []string
			for _, e := range w.b.events {
				switch e := e.(type) {
				case isakmp.NotifySent:
					order = append(order, "told")
				case isakmp.Transition:
					if e.Input == isakmp.InputPhase1Complete {
						order = append(order, "complete")
					}
				}
			}
			want := []string{"complete"}
			switch {
			case shorter && release.LifetimeFirst:
				want = []string{"told", "complete"}
			case shorter:
				want = []string{"complete", "told"}
			}
			if !slices.Equal(order, want) {
				t.Errorf("first %v, shorter %v: %v", release.LifetimeFirst, shorter, order)
			}
			for _, r := range w.all {
				left := 24 * time.Hour
				if shorter {
					left = time.Hour
				}
				if got := r.engine.SAs()[0].Remaining; got > left || got < left-time.Minute {
					t.Errorf("%s: %v remain", r.name, got)
				}
			}
		}
	}
}

// TestReleaseRefuses: what is refused is not read twice.
func TestReleaseRefuses(t *testing.T) {
	for _, tt := range []struct {
		release *isakmp.Release
		times   int // each of the initiator's vendor IDs is read
	}{{isakmp.Release124, 2}, {later, 1}} {
		w := newWorld(t)
		w.reboot(tt.release)
		w.b.policy(func(p *isakmp.Policy) { p.Hash = isakmp.MD5 })
		w.a.want()
		w.run(time.Second)
		n := 0
		for _, e := range w.b.events {
			if v, ok := e.(isakmp.VendorRead); ok && v.Kind == isakmp.VendorNATT07 {
				n++
			}
		}
		if n != tt.times {
			t.Errorf("first connection id %d: read %d times, want %d", tt.release.FirstConn, n, tt.times)
		}
	}
}

// find finds the first event of a type that a router told of.
func find[E isakmp.Event](r *router) (found E, ok bool) {
	for _, e := range r.events {
		if found, ok = e.(E); ok {
			return found, true
		}
	}
	return found, false
}

// TestDialectOfNATTraversal: a responder takes the best that it is offered, an
// initiator only what it has offered itself.
func TestDialectOfNATTraversal(t *testing.T) {
	vendors := func(m *isakmp.Message) (kinds []isakmp.VendorKind, bodies [][]byte) {
		for _, p := range m.Payloads {
			if v, is := p.Content.(isakmp.Vendor); is {
				kinds, bodies = append(kinds, v.Kind), append(bodies, v.Body)
			}
		}
		return kinds, bodies
	}
	w := newWorld(t)
	w.a.release = later
	w.a.boot("R1")
	w.a.want()
	w.run(3 * time.Second)
	sent, received := messagesOf(w.a)
	offered, bodies := vendors(sent[0])
	if answered, _ := vendors(received[0]); offered[0] != isakmp.VendorNATTRFC || !slices.Equal(answered, offered[:1]) {
		t.Errorf("offered %v, answered %v", offered, answered)
	}
	if _, told := find[isakmp.NATVerdict](w.b); !told || !w.up() {
		t.Error("a responder of 12.4 does not take the RFC's way")
	}
	// 12.4 has not offered it, and a responder announces it all the same.
	w = newWorld(t)
	w.replace(2, func(m []byte) []byte {
		h, _ := wire.ParseHeader(m)
		list, err := wire.ParsePayloads(h.Next, m[wire.HeaderLen:])
		if err != nil {
			t.Fatal(err)
		}
		return wire.AppendMessage(nil, h, append(list, wire.Payload{Type: wire.VendorID, Body: bodies[0]}))
	})
	w.a.want()
	w.run(3 * time.Second)
	if _, told := find[isakmp.NATVerdict](w.a); told || !w.up() {
		t.Error("an initiator of 12.4 takes what it has not offered")
	}
}
