package isakmp

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestNAT: both NAT-D payloads of a peer are held against the addresses that its
// messages come from and go to; the payload's number depends on the draft.
func TestNAT(t *testing.T) {
	var (
		here    = netip.MustParseAddrPort("23.23.23.3:500")
		there   = netip.MustParseAddrPort("12.12.12.1:500")
		outside = netip.MustParseAddrPort("99.9.9.9:1024")
	)
	tests := []struct {
		name         string
		kind         VendorKind
		local, peer  netip.AddrPort // as the peer sees them
		from         netip.AddrPort // as we see the peer
		payload      uint8
		inside, his  bool // behind a NAT: we, the peer
		cut, useless bool
		drafts       bool             // the peer numbers as the drafts do, and so do we then
		own          []netip.AddrPort // addresses that the peer has beside, before and after the one that we see
	}{
		{name: "no NAT", kind: VendorNATT07, local: here, peer: there, from: there, payload: 20},
		{name: "no NAT, draft 02", kind: VendorNATT02, local: here, peer: there, from: there, payload: 130},
		{name: "no NAT, draft 03", kind: VendorNATT03, local: here, peer: there, from: there, payload: 130},
		{name: "the peer is behind one", kind: VendorNATT07, local: here, peer: there, from: outside, payload: 20, his: true},
		{name: "we are behind one", kind: VendorNATT07, local: outside, peer: there, from: there, payload: 20, inside: true},
		{name: "an older peer", kind: VendorNATT07, local: here, peer: there, from: outside, payload: 15, his: true, drafts: true},
		{name: "both are", kind: VendorNATT07, local: outside, peer: there, from: outside, payload: 20, inside: true, his: true},
		{name: "no NAT, RFC", kind: VendorNATTRFC, local: here, peer: there, from: there, payload: 20},
		{name: "nothing announced", local: outside, peer: there, from: there, payload: 130},
		{name: "one hash only", kind: VendorNATT07, local: outside, peer: there, from: there, payload: 20, cut: true},
		{name: "several addresses", kind: VendorNATT07, local: here, peer: there, from: there, payload: 20, own: []netip.AddrPort{outside, outside}},
		{name: "several others", kind: VendorNATT07, local: here, peer: outside, from: there, payload: 20, own: []netip.AddrPort{outside, outside}, his: true},
		{name: "ours among its own", kind: VendorNATT07, local: outside, peer: there, from: there, payload: 20, own: []netip.AddrPort{here, here}, inside: true},
		{name: "no hash", kind: VendorNATT07, local: here, peer: there, from: there, payload: 20, useless: true},
	}
	for _, tt := range tests {
		cookies := func(s *sa) *sa {
			s.cookieI, s.cookieR, s.natt, s.policy = wire.Cookie{1}, wire.Cookie{2}, tt.kind, NewPolicy(1)
			return s
		}
		e := New(Env{})
		sender := cookies(e.newSA(e.drivers[wire.ExchangeMain], Initiator, tt.peer, tt.local))
		receiver := cookies(e.newSA(e.drivers[wire.ExchangeMain], Responder, here, tt.from))
		m := &message{payloads: sender.natPayloads()}
		if tt.cut {
			m.payloads = m.payloads[:1]
		}
		if tt.own != nil {
			hash := func(i int) wire.Payload {
				return wire.Payload{Type: m.payloads[0].Type, Body: sender.natHash(tt.own[i])}
			}
			m.payloads = []wire.Payload{m.payloads[0], hash(0), m.payloads[1], hash(1)}
		}
		if tt.drafts {
			for i := range m.payloads {
				m.payloads[i].Type = wire.NATD07
			}
		}
		if tt.useless {
			m.payloads[0].Body = []byte{1}
		}
		hashes, err := receiver.natHashes(m)
		receiver.judgeNAT(hashes)
		if (err != nil) != tt.useless || receiver.inside != tt.inside || receiver.peerInside != tt.his {
			t.Errorf("%s: inside %t, the peer %t, %v", tt.name, receiver.inside, receiver.peerInside, err)
		}
		if len(m.payloads) > 0 && m.payloads[0].Type != tt.payload {
			t.Errorf("%s: payload %d", tt.name, m.payloads[0].Type)
		}
		if answer := receiver.natPayloads(); tt.drafts && answer[0].Type != tt.payload {
			t.Errorf("%s: answered by payload %d", tt.name, answer[0].Type)
		}
		if want := map[bool]string{true: "N"}[tt.inside || tt.his]; receiver.status().Capabilities != want {
			t.Errorf("%s: capabilities %q", tt.name, receiver.status().Capabilities)
		}
	}
}

// TestNumbersOfNATD: each dialect has its own, and the latest drafts two.
func TestNumbersOfNATD(t *testing.T) {
	for kind, want := range map[VendorKind][]uint8{
		VendorNATT02: {130}, VendorNATT03: {130}, VendorNATT07: {15, 20}, VendorNATTRFC: {20},
	} {
		d, known := (&sa{natt: kind}).dialect()
		var got []uint8
		for number := range 256 {
			if d.isNATD(uint8(number)) {
				got = append(got, uint8(number))
			}
		}
		if !known || !slices.Equal(got, want) {
			t.Errorf("dialect %d: NAT-D is %v, want %v", kind, got, want)
		}
	}
	if _, known := (&sa{}).dialect(); known {
		t.Error("a dialect that was not agreed on")
	}
}
