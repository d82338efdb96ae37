package isakmp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestNATDialects: whatever an initiator offers, the best that both know is spoken,
// with a NAT in between and without.
func TestNATDialects(t *testing.T) {
	const rfc, v7, v3, v2 = isakmp.VendorNATTRFC, isakmp.VendorNATT07, isakmp.VendorNATT03, isakmp.VendorNATT02
	for _, tt := range []struct {
		offered []isakmp.VendorKind
		answer  string
		encaps  string
		payload int
	}{
		{[]isakmp.VendorKind{rfc}, "vendor ID is NAT-T RFC 3947", "encaps is 3 (Tunnel-UDP)", 20},
		{[]isakmp.VendorKind{v2, v3, v7, rfc}, "vendor ID is NAT-T RFC 3947", "encaps is 3 (Tunnel-UDP)", 20},
		{[]isakmp.VendorKind{rfc, v2}, "vendor ID is NAT-T RFC 3947", "encaps is 3 (Tunnel-UDP)", 20},
		{[]isakmp.VendorKind{v3, v7}, "vendor ID is NAT-T v7", "encaps is 3 (Tunnel-UDP)", 20},
		{[]isakmp.VendorKind{v3, v2}, "vendor ID is NAT-T v3", "encaps is 61443 (Tunnel-UDP)", 130},
		{[]isakmp.VendorKind{v2}, "vendor ID is NAT-T v2", "encaps is 61443 (Tunnel-UDP)", 130},
	} {
		t.Run(fmt.Sprint(tt.offered), func(t *testing.T) {
			offering := *isakmp.Release124
			offering.NATT = tt.offered
			w := natWorld(t)
			w.reboot(&offering)
			w.throughNAT(t)
			inOrder(t, "R1", w.a.take(), []string{
				tt.answer, fmt.Sprintf("ISAKMP:received payload type %d", tt.payload), "My hash no match", tt.encaps,
			})
			inOrder(t, "R3", w.b.take(), []string{
				fmt.Sprintf("ISAKMP:received payload type %d", tt.payload), "His hash no match", "Detected port floating", tt.encaps,
			})

			w = newWorld(t)
			w.reboot(&offering)
			w.a.want()
			w.run(3 * time.Second)
			if !w.up() {
				t.Fatal("not up without a NAT")
			}
			for _, r := range []*router{w.a, w.b} {
				said := r.take()
				inOrder(t, r.name, said, []string{"encaps is 1 (Tunnel)"})
				spoken := slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "No NAT Found for self or peer") })
				if spoken != slices.Contains(tt.offered, rfc) {
					t.Errorf("%s speaks of no NAT: %t", r.name, spoken)
				}
			}
		})
	}
}

// TestNoNATT: an end on which NAT traversal is off announces nothing, and takes no
// notice of what the other says.
func TestNoNATT(t *testing.T) {
	for _, tt := range []struct {
		name   string
		config func(w *world) []*isakmp.Config
	}{
		{"initiator", func(w *world) []*isakmp.Config { return []*isakmp.Config{w.a.config} }},
		{"responder", func(w *world) []*isakmp.Config { return []*isakmp.Config{w.b.config} }},
		{"both", func(w *world) []*isakmp.Config { return []*isakmp.Config{w.a.config, w.b.config} }},
	} {
		for _, nat := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, NAT %t", tt.name, nat), func(t *testing.T) {
				w := newWorld(t)
				if nat {
					w = natWorld(t)
				}
				for _, c := range tt.config(w) {
					c.NoNATT = true
				}
				w.a.want()
				w.run(3 * time.Second)
				if !w.up() {
					t.Fatal("phase 1 needs no NAT traversal")
				}
				for _, r := range []*router{w.a, w.b} {
					if s := r.engine.SAs()[0]; s.Local.Port() != 500 || s.Capabilities != "" {
						t.Errorf("%s: %+v", r.name, s)
					}
					for _, p := range r.ipsec.pairs {
						if p.Proposal.IsInUDP() || p.Mobile {
							t.Errorf("%s: %+v", r.name, p)
						}
					}
					said := r.take()
					for _, word := range []string{"received payload type", "Setting UDP ENC", "vendor-"} {
						if r == w.a && tt.name == "responder" && word == "vendor-" {
							continue // it does not know yet
						}
						if i := slices.IndexFunc(said, func(s string) bool { return strings.Contains(s, word) }); i >= 0 {
							t.Errorf("%s says %q", r.name, said[i])
						}
					}
				}
			})
		}
	}
}
