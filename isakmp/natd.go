package isakmp

import (
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// nattPayload is the number that NAT-D has in a draft.
func nattPayload(kind VendorKind) uint8 {
	if kind == VendorNATT07 {
		return wire.NATD07
	}
	return wire.NATD02
}

// natHash is HASH(CKY-I | CKY-R | IP | Port).
func (s *sa) natHash(a netip.AddrPort) []byte {
	return keymat.Hash(s.policy.Hash).Sum(s.cookieI[:], s.cookieR[:],
		a.Addr().AsSlice(), binary.BigEndian.AppendUint16(nil, a.Port()))
}

// natPayloads are the peer's address and our own, where both ends know a draft.
func (s *sa) natPayloads() []wire.Payload {
	if s.natt == VendorUnknown {
		return nil
	}
	kind := nattPayload(s.natt)
	return []wire.Payload{
		{Type: kind, Body: s.natHash(s.remote)},
		{Type: kind, Body: s.natHash(s.local)},
	}
}

// checkNAT reads the peer's NAT-D payloads: the first is of our address, the
// others of its own. 12.4 says nothing about drafts; what follows from a NAT
// in between is not ours yet.
func (s *sa) checkNAT(m *message) error {
	if s.natt == VendorUnknown {
		return nil
	}
	var hashes [][]byte
	for _, p := range m.payloads {
		if p.Type != nattPayload(s.natt) {
			continue
		}
		h, err := wire.ParseHash(p.Body)
		if err != nil {
			return err
		}
		hashes = append(hashes, h)
	}
	if len(hashes) < 2 {
		return nil // announced, but not done
	}
	own := keymat.Equal(hashes[0], s.natHash(s.local))
	his := slices.ContainsFunc(hashes[1:], func(h []byte) bool { return keymat.Equal(h, s.natHash(s.remote)) })
	s.behind = !own || !his
	return nil
}
