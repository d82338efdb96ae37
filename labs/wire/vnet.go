package wire

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/ioslab/ioslab/ios/packet"
)

// vnetLength is the length of a virtio header without the count of merged buffers.
const vnetLength = 10

// Flags and types of a virtio header (virtio 1.2, 5.1.6).
const (
	vnetNeedsChecksum = 1

	gsoNone  = 0
	gsoTCPv4 = 1
	gsoTCPv6 = 4
	gsoUDP   = 5
	gsoECN   = 0x80 // beside a type
)

// vnet is a virtio header: what the host has left to be done to a frame.
type vnet struct {
	flags, gso     uint8
	size           int // of the payload of a piece
	checksumStart  int
	checksumOffset int // from there
}

// parseVnet reads a header of vnetLength bytes, in the machine's byte order.
func parseVnet(b []byte) vnet {
	return vnet{
		flags: b[0], gso: b[1] &^ gsoECN,
		size:           int(binary.NativeEndian.Uint16(b[4:])),
		checksumStart:  int(binary.NativeEndian.Uint16(b[6:])),
		checksumOffset: int(binary.NativeEndian.Uint16(b[8:])),
	}
}

var errVnet = errors.New("the frame is not what its virtio header says")

// finish completes the checksum of a frame that is not to be cut: the field holds
// the sum of the pseudo header.
func (h vnet) finish(frame []byte) error {
	if h.flags&vnetNeedsChecksum == 0 {
		return nil
	}
	at := h.checksumStart + h.checksumOffset
	if h.checksumStart > len(frame) || at+2 > len(frame) {
		return errVnet
	}
	if h.checksumOffset == sctpChecksumAt {
		return finishSCTP(frame[h.checksumStart:])
	}
	putChecksum(frame[at:], packet.Checksum(frame[h.checksumStart:]))
	return nil
}

// sctpChecksumAt is where SCTP, and no other protocol, has its checksum.
const sctpChecksumAt = 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// finishSCTP writes the checksum of SCTP, which is another sum (RFC 9260, appendix A).
func finishSCTP(p []byte) error {
	if len(p) < sctpChecksumAt+4 {
		return errVnet
	}
	field := p[sctpChecksumAt:][:4]
	clear(field)
	binary.LittleEndian.PutUint32(field, crc32.Checksum(p, castagnoli))
	return nil
}

// putChecksum writes a sum as UDP wants it, which takes 0 for none (RFC 768); to
// TCP both are the same.
func putChecksum(to []byte, sum uint16) {
	if sum == 0 {
		sum = 0xffff
	}
	binary.BigEndian.PutUint16(to, sum)
}
