package packet

import (
	"encoding/binary"
	"net/netip"
)

// ARPLength is the length of an ARP message for IPv4 over Ethernet, in bytes.
const ARPLength = 28

// ARP operations (RFC 826).
const (
	ARPRequest = 1
	ARPReply   = 2
)

// ARP is a view of an ARP message for IPv4 over Ethernet (RFC 826).
type ARP []byte

// Valid reports whether this is ARP for IPv4 over Ethernet and whole.
func (a ARP) Valid() bool {
	return len(a) >= ARPLength && binary.BigEndian.Uint16(a) == 1 &&
		binary.BigEndian.Uint16(a[2:]) == EtherTypeIPv4 && a[4] == 6 && a[5] == 4
}

// Op is the operation.
func (a ARP) Op() uint16 { return binary.BigEndian.Uint16(a[6:]) }

// SenderMAC is the sender's hardware address.
func (a ARP) SenderMAC() MAC { return MAC(a[8:14]) }

// SenderIP is the sender's address.
func (a ARP) SenderIP() netip.Addr { return netip.AddrFrom4([4]byte(a[14:18])) }

// TargetMAC is the hardware address asked for, or answered.
func (a ARP) TargetMAC() MAC { return MAC(a[18:24]) }

// TargetIP is the address asked for.
func (a ARP) TargetIP() netip.Addr { return netip.AddrFrom4([4]byte(a[24:28])) }

// BuildARP returns a message.
func BuildARP(op uint16, senderMAC MAC, senderIP netip.Addr, targetMAC MAC, targetIP netip.Addr) ARP {
	a := make(ARP, ARPLength)
	binary.BigEndian.PutUint16(a, 1)
	binary.BigEndian.PutUint16(a[2:], EtherTypeIPv4)
	a[4], a[5] = 6, 4
	binary.BigEndian.PutUint16(a[6:], op)
	copy(a[8:], senderMAC[:])
	sip, tip := senderIP.As4(), targetIP.As4()
	copy(a[14:], sip[:])
	copy(a[18:], targetMAC[:])
	copy(a[24:], tip[:])
	return a
}
