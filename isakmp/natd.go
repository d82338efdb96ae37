package isakmp

import (
	"cmp"
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// NAT-D payloads (RFC 3947 §3.2): each end hashes the addresses and ports that it
// believes a message to go between. Where the other sees different ones, a NAT
// is in between.

// natHash is HASH(CKY-I | CKY-R | IP | Port).
func (s *sa) natHash(a netip.AddrPort) []byte {
	return keymat.Hash(s.policy.Hash).Sum(s.cookieI[:], s.cookieR[:],
		a.Addr().AsSlice(), binary.BigEndian.AppendUint16(nil, a.Port()))
}

// natPayloads are the peer's address and our own, where both ends know how.
func (s *sa) natPayloads() []wire.Payload {
	d, ok := s.dialect()
	if !ok {
		return nil
	}
	number := cmp.Or(s.natd, d.natd)
	return []wire.Payload{
		{Type: number, Body: s.natHash(s.remote)},
		{Type: number, Body: s.natHash(s.local)},
	}
}

// isNATD reports whether a payload is NAT-D in the dialect.
func (d nattDialect) isNATD(number uint8) bool {
	return number == d.natd || number == wire.NATD07 && d.kind == VendorNATT07
}

// natHashes reads the peer's NAT-D payloads: the first is of our address, the
// others are of its own, of which it may have several.
func (s *sa) natHashes(m *message) (hashes [][]byte, err error) {
	d, ok := s.dialect()
	if !ok {
		return nil, nil
	}
	for _, p := range m.payloads {
		if !d.isNATD(p.Type) {
			continue
		}
		s.natd = p.Type
		h, err := wire.ParseHash(p.Body)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, h)
	}
	if len(hashes) < 2 {
		return nil, nil // announced, but not done
	}
	return hashes, nil
}

// judgeNAT holds them against what we see. IOS gives its verdict after each
// payload, on what it has recognised so far; of drafts it speaks where there is a
// NAT only, as the reference trace shows.
func (s *sa) judgeNAT(hashes [][]byte) {
	if len(hashes) == 0 {
		return
	}
	mine, his := false, false
	var verdicts []NATVerdict
	for i, h := range hashes {
		if i == 0 {
			mine = keymat.Equal(h, s.natHash(s.local))
		} else {
			his = his || keymat.Equal(h, s.natHash(s.remote))
		}
		verdicts = append(verdicts, NATVerdict{SA: s.ref(), Payload: s.natd, Mine: mine, His: his})
	}
	s.inside, s.peerInside = !mine, !his
	if s.natt != VendorNATTRFC && !s.behindNAT() {
		return
	}
	for _, v := range verdicts {
		s.e.emit(v)
	}
}
