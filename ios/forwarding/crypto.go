package forwarding

import "github.com/ioslab/ioslab/ios/packet"

// Crypto is IPsec as the way of a packet sees it. The router gives it to the
// stack and marks the interfaces that have a crypto map.
type Crypto interface {
	// Refuses says whether p, which came in the clear on an interface with a
	// crypto map, should have come encrypted. IPsec packets to the router itself
	// and IKE are not asked about. An implementation logs what it refuses.
	Refuses(in *Interface, p packet.IPv4) bool
	// Open is given a whole ESP or AH packet to the router itself, or one that
	// carries ESP in UDP, and returns the packet in it, or false where it was not
	// good. p may be written over.
	Open(in *Interface, p packet.IPv4) (inner packet.IPv4, ok bool)
	// Select says whether the crypto map of out takes p: Pass leaves it in the
	// clear; Drop loses it, as when there is no SA yet and one was asked for;
	// Protect gives the tunnel to send it through. IKE of the router itself is not
	// asked about.
	Select(out *Interface, p packet.IPv4) (Tunnel, CryptoVerdict)
}

// A Tunnel is an outbound SA that a packet was selected for.
type Tunnel interface {
	// ClearMTU is the largest packet that fits into link bytes once sealed.
	ClearMTU(link int) int
	// Seal returns the packet that carries p; its source is this router, and it
	// is routed by its own destination. False where the SA has come to its end.
	Seal(p packet.IPv4) (outer packet.IPv4, ok bool)
}

// A CryptoVerdict is what a crypto map says about a packet.
type CryptoVerdict uint8

// The verdicts.
const (
	Pass CryptoVerdict = iota
	Protect
	Drop
)

// UDP ports of IKE (RFC 2409, RFC 3947).
const (
	portIKE  = 500
	portNATT = 4500
)

// exempt says whether a packet of this router, or to it, makes up IPsec itself.
func exempt(p packet.IPv4) bool {
	switch p.Protocol() {
	case packet.ProtoESP, packet.ProtoAH:
		return true
	case packet.ProtoUDP:
		if u := packet.UDP(p.Payload()); p.FragmentOffset() == 0 && len(u) >= packet.UDPHeader {
			return u.DstPort() == portIKE || u.DstPort() == portNATT || u.SrcPort() == portIKE || u.SrcPort() == portNATT
		}
	}
	return false
}

// cargo is what a packet to the router carries for IPsec to open.
type cargo uint8

const (
	nothing cargo = iota
	sealedPacket
	keepalive // of an address translator's table (RFC 3948, 2.3)
)

// carried looks for IPsec in a packet; natt says whether the router takes ESP in
// UDP. There, four zero bytes where ESP has its SPI mark IKE (RFC 3948, 2.2). What
// is too short for either is left to IKE to refuse.
func carried(p packet.IPv4, natt bool) cargo {
	switch p.Protocol() {
	case packet.ProtoESP, packet.ProtoAH:
		return sealedPacket
	case packet.ProtoUDP:
		u := packet.UDP(p.Payload())
		if !natt || p.FragmentOffset() != 0 || !u.Valid() || u.DstPort() != portNATT {
			return nothing
		}
		switch body := u.Payload(); {
		case len(body) == 1 && body[0] == 0xff:
			return keepalive
		case packet.ESP(body).Valid() && packet.ESP(body).SPI() != 0:
			return sealedPacket
		}
	}
	return nothing
}

// ESPOf finds the ESP in a packet, which may be in UDP.
func ESPOf(p packet.IPv4) (packet.ESP, bool) {
	header := packet.ESP(p.Payload())
	switch p.Protocol() {
	case packet.ProtoESP:
	case packet.ProtoUDP:
		u := packet.UDP(header)
		if !u.Valid() {
			return nil, false
		}
		header = packet.ESP(u.Payload())
	default:
		return nil, false
	}
	return header, header.Valid()
}
