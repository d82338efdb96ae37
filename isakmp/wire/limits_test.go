package wire

import "testing"

// TestLimits gives each parser as much as it takes and one more. The numbers
// stand here once more, for a peer may rely on them.
func TestLimits(t *testing.T) {
	attribute := func(long int) Attribute { return Attribute{Type: 1, Bytes: make([]byte, long)} }
	sa := func(proposals, transforms, spi int) error {
		s := SA{Situation: IdentityOnly}
		for range proposals {
			s.Proposals = append(s.Proposals, Proposal{SPI: make([]byte, spi), Transforms: make([]Transform, transforms)})
		}
		_, err := ParseSA(AppendSA(nil, s))
		return err
	}
	spis := func(n, long int) (list [][]byte) {
		for range n {
			list = append(list, make([]byte, long))
		}
		return list
	}
	for _, tt := range []struct {
		name  string
		most  int
		parse func(n int) error
	}{
		{"octets of a message", 16384, func(n int) error {
			b := AppendHeader(nil, Header{Length: uint32(n)})
			_, err := ParseHeader(append(b, make([]byte, n-len(b))...))
			return err
		}},
		{"payloads", 48, func(n int) error {
			list := make([]Payload, n)
			for i := range list {
				list[i].Type = VendorID
			}
			_, err := ParsePayloads(VendorID, AppendPayloads(nil, list))
			return err
		}},
		{"proposals", 32, func(n int) error { return sa(n, 1, 4) }},
		{"transforms", 64, func(n int) error { return sa(1, n, 4) }},
		{"octets of a proposal's SPI", 16, func(n int) error { return sa(1, 1, n) }},
		{"attributes", 32, func(n int) error {
			list := make([]Attribute, n)
			_, err := ParseAttributes(AppendAttributes(nil, list))
			return err
		}},
		{"octets of an attribute", 64, func(n int) error {
			_, err := ParseAttributes(AppendAttributes(nil, []Attribute{attribute(n)}))
			return err
		}},
		{"octets of an identity", 256, func(n int) error {
			_, err := ParseID(AppendID(nil, ID{Type: IDFQDN, Data: make([]byte, n)}))
			return err
		}},
		{"octets of a notification's SPI", 16, func(n int) error {
			_, err := ParseNotify(AppendNotify(nil, Notify{SPI: make([]byte, n)}))
			return err
		}},
		{"SPIs to delete", 128, func(n int) error {
			_, err := ParseDelete(AppendDelete(nil, Delete{SPIs: spis(n, 4)}))
			return err
		}},
		{"octets of an SPI to delete", 16, func(n int) error {
			_, err := ParseDelete(AppendDelete(nil, Delete{SPIs: spis(1, n)}))
			return err
		}},
		{"octets of a nonce", 256, func(n int) error { _, err := ParseNonce(make([]byte, n)); return err }},
		{"octets of a hash", 64, func(n int) error { _, err := ParseHash(make([]byte, n)); return err }},
		{"octets of a public value", 1024, func(n int) error { _, err := ParseKE(make([]byte, n)); return err }},
	} {
		if err := tt.parse(tt.most); err != nil {
			t.Errorf("%d %s: %v", tt.most, tt.name, err)
		}
		if err := tt.parse(tt.most + 1); err == nil {
			t.Errorf("%d %s: accepted", tt.most+1, tt.name)
		}
	}
}

// TestLeast gives each parser as little as it takes and one octet less.
func TestLeast(t *testing.T) {
	for _, tt := range []struct {
		name  string
		least int
		parse func([]byte) error
	}{
		{"a nonce", 8, func(b []byte) error { _, err := ParseNonce(b); return err }},
		{"a hash", 16, func(b []byte) error { _, err := ParseHash(b); return err }},
		{"a public value", 1, func(b []byte) error { _, err := ParseKE(b); return err }},
		{"an identity without a name", 4, func(b []byte) error { _, err := ParseID(b); return err }},
		{"a notification without an SPI", 8, func(b []byte) error { _, err := ParseNotify(b); return err }},
		{"no attributes", 0, func(b []byte) error { _, err := ParseAttributes(b); return err }},
	} {
		if err := tt.parse(make([]byte, tt.least)); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if tt.least == 0 {
			continue
		}
		if err := tt.parse(make([]byte, tt.least-1)); err == nil {
			t.Errorf("%s, shorter: accepted", tt.name)
		}
	}
}
