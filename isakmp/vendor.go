package isakmp

import (
	"bytes"
	"crypto/md5"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// VendorKind is a vendor ID that IOS knows.
type VendorKind int

// Vendor IDs.
const (
	VendorUnknown VendorKind = iota
	VendorNATT02
	VendorNATT03
	VendorNATT07
	VendorNATTRFC
	VendorUnity
	VendorDPD
	VendorIOS
	VendorXauth
)

// vendors with a fixed body: MD5 of the draft's name, or as Cisco and RFC 3706
// give them. Unity and DPD end in a major and a minor version.
var vendors = []struct {
	kind VendorKind
	body string
}{
	{VendorNATT07, "\x43\x9b\x59\xf8\xba\x67\x6c\x4c\x77\x37\xae\x22\xea\xb8\xf5\x82"},
	{VendorNATT03, "\x7d\x94\x19\xa6\x53\x10\xca\x6f\x2c\x17\x9d\x92\x15\x52\x9d\x56"},
	{VendorNATT02, "\x90\xcb\x80\x91\x3e\xbb\x69\x6e\x08\x63\x81\xb5\xec\x42\x7b\x1f"},
	{VendorNATTRFC, "\x4a\x13\x1c\x81\x07\x03\x58\x45\x5c\x57\x28\xf2\x0e\x95\x45\x2f"},
	{VendorUnity, "\x12\xf5\xf2\x8c\x45\x71\x68\xa9\x70\x2d\x9f\xe2\x74\xcc\x01\x00"},
	{VendorDPD, "\xaf\xca\xd7\x13\x68\xa1\xf1\xc9\x6b\x86\x96\xfc\x77\x57\x01\x00"},
	{VendorXauth, "\x09\x00\x26\x89\xdf\xd6\xb7\x12"},
}

// vendorBody is the fixed body of a vendor ID.
func vendorBody(kind VendorKind) []byte {
	for _, v := range vendors {
		if v.kind == kind {
			return []byte(v.body)
		}
	}
	return nil
}

// iosVendor differs from SA to SA on a real router, which does not publish how
// it is made. Ours is a hash of the cookies under a name.
func (s *sa) iosVendor() []byte {
	h := md5.New()
	h.Write([]byte("ioslab speaks to IOS"))
	h.Write(s.cookieI[:])
	h.Write(s.cookieR[:])
	return h.Sum(nil)
}

// vendorPayload is the payload of a vendor ID as this SA sends it.
func (s *sa) vendorPayload(kind VendorKind) wire.Payload {
	body := vendorBody(kind)
	if kind == VendorIOS {
		body = s.iosVendor()
	}
	return wire.Payload{Type: wire.VendorID, Body: body}
}

// identifyVendor recognises a vendor ID by its body; s is nil for one of no SA.
func (s *sa) identifyVendor(body []byte) VendorKind {
	for _, v := range vendors {
		if string(body) == v.body {
			return v.kind
		}
	}
	if s != nil && !s.cookieR.IsZero() && bytes.Equal(body, s.iosVendor()) {
		return VendorIOS
	}
	return VendorUnknown
}

// majorOffset is where Unity's and DPD's IDs have their major version. IOS looks
// there in every vendor ID, beyond the end of a short one too.
const majorOffset = 14

// takeVendors goes through the vendor IDs of a message.
func (s *sa) takeVendors(m *message) {
	for _, p := range m.payloads {
		if p.Type != wire.VendorID {
			continue
		}
		s.e.emit(Processing{SA: s.ref(), Payload: wire.VendorID})
		kind := s.identifyVendor(p.Body)
		var major byte
		if len(p.Rest) > majorOffset {
			major = p.Rest[majorOffset]
		}
		s.e.emit(VendorRead{SA: s.ref(), Kind: kind, Major: major})
		s.peerDPD = s.peerDPD || kind == VendorDPD
		s.chooseNATT(kind)
	}
}
