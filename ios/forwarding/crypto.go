package forwarding

import "github.com/ioslab/ioslab/ios/packet"

// Crypto is IPsec as the way of a packet sees it. The router gives it to the
// stack and marks the interfaces that have a crypto map.
type Crypto interface {
	// Refuses reports whether p, which came in the clear on an interface with a
	// crypto map, should have come encrypted. IPsec packets to the router itself
	// and IKE are not asked about.
	Refuses(in *Interface, p packet.IPv4) bool
	// Refused counts and logs a packet that Refuses has refused.
	Refused(in *Interface, p packet.IPv4)
	// Open decrypts p, a whole ESP or AH packet to the router itself or one that
	// carries ESP in UDP. It leaves p as it is.
	Open(in *Interface, p packet.IPv4) Decryption
	// Presume is Open of a packet in which inner would be sealed and is not, as a question
	// has it.
	Presume(in *Interface, p, inner packet.IPv4) Decryption
	// Select decides what the crypto map of out does with p. IKE of the router
	// itself is not asked about.
	Select(out *Interface, p packet.IPv4) Selection
}

// A Decryption is what came of opening an IPsec packet. Nothing has changed by it yet.
type Decryption struct {
	Inner packet.IPv4 // nil where Why is set
	Why   Reason      // why the packet is rejected
	// Access is the crypto map's own list for what comes out; nil where there is none.
	Access Filter
	// Apply moves the replay window, counts and logs. It returns why the packet is
	// rejected after all, as where the fast path has just taken another copy of it.
	Apply func() Reason
}

// A Selection is what a crypto map decides about a packet. Nothing has changed by it
// yet.
type Selection struct {
	Verdict CryptoVerdict
	Tunnel  Tunnel // of Protect
	// Access is the crypto map's own list for what goes in; nil where there is none.
	Access Filter
	Map    MapStep // the map, and its entry that protects the packet
	// Apply counts what the map's lists have hit, and asks for an SA where there is
	// none; nil where there is nothing to apply.
	Apply func()
}

// A Tunnel is an outbound SA that a packet was selected for.
type Tunnel interface {
	// ClearMTU is the largest packet that fits into link bytes once sealed.
	ClearMTU(link int) int
	// Outline returns the packet that would carry p, with its length and its outer
	// header but nothing sealed in it, and changes nothing. Its source is this
	// router, and it is routed by its own destination. It is nil where the SA has
	// come to its end.
	Outline(p packet.IPv4) (outer packet.IPv4)
	// Seal takes a sequence number and seals p into outer, which Outline has made
	// of it. It reports whether the SA could.
	Seal(outer, p packet.IPv4) bool
}

// A CryptoVerdict is what a crypto map says about a packet.
type CryptoVerdict uint8

// The verdicts.
const (
	Pass    CryptoVerdict = iota // leaves in the clear
	Protect                      // is sent through a tunnel
	Drop                         // is lost: there is no SA for it yet
)

// UDP ports of IKE (RFC 2409, RFC 3947).
const (
	portIKE  = 500
	portNATT = 4500
)

// exempt reports whether a packet of this router, or to it, makes up IPsec itself.
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
	keepalive // of an address translator's table (RFC 3948 §2.3)
)

// carried looks for IPsec in a packet; natt is whether the router takes ESP in
// UDP. There, four zero bytes where ESP has its SPI mark IKE (RFC 3948 §2.2). What
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
