package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// FastCrypto is a Crypto that shows the fast path what is settled.
type FastCrypto interface {
	Crypto
	// Publish returns what is: the same as before where nothing has changed.
	Publish() CryptoView
}

// A CryptoView is IPsec as the fast path sees it. It never changes, and is
// comparable.
type CryptoView interface {
	// Policy is what the crypto map on an interface of that name says, nil where
	// there is none.
	Policy(ifc string) Policy
	// Inbound finds the SA that a packet asks for, nil where there is none, and the
	// crypto map's own list for what comes out of it.
	Inbound(dst netip.Addr, spi uint32) (sa FastInbound, access *acl.Snapshot)
}

// Policy is a crypto map.
type Policy interface {
	// Refuses is Crypto.Refuses.
	Refuses(p *acl.Packet) bool
	// Select is Crypto.Select for a flight, which is told what the lists have hit, and the
	// map's own list (see Flight.Restrict). Drop is given for whatever the loop must see to.
	Select(f *Flight, p *acl.Packet) (FastTunnel, CryptoVerdict)
}

// A FastSA is an SA for several workers at once.
type FastSA interface {
	// Carried counts packets that passed; it reports whether the loop is to Check.
	Carried(packets uint64) (due bool)
	// Check is to be called on the loop.
	Check()
}

// A FastTunnel is an outbound SA.
type FastTunnel interface {
	FastSA
	ClearMTU(link int) int
	// Outer is what lists see of the packet that carries p.
	Outer(p acl.Packet) acl.Packet
	// Length is that of the packet that carries one of n bytes, and before how many
	// of them come before it.
	Length(n int) (total, before int)
	// Next takes a sequence number and the volume of a packet of n bytes; false leaves
	// the packet to the loop.
	Next(n int) (seq uint32, ok bool)
	// SealAll seals what the flights carry (see Flight.Seal).
	SealAll(flights []*Flight)
}

// A FastInbound is an inbound SA.
type FastInbound interface {
	FastSA
	// Settled reports whether nothing but the packet is to be seen to when one comes
	// from there; the port is zero where it is not in UDP.
	Settled(from netip.AddrPort) bool
	// OpenAll opens what the flights carry (see Flight.Open).
	OpenAll(flights []*Flight)
	// Accept is told of each opened packet in the order in which they came. It
	// counts those that are not accepted.
	Accept(o Opening) (inner packet.IPv4, err error)
	// Access is the crypto map's own list for what came in on an interface, nil where
	// there is none. It is to be called on the loop.
	Access(in *Interface) Filter
	// Complain tells on the loop why a packet was not accepted.
	Complain(seq uint32, err error)
}

// Opening is what came out of a tunnel packet, before it is accepted.
type Opening struct {
	Inner packet.IPv4
	Seq   uint32
	Err   error
	// Verified says that the peer has sent it. Without it, the packet is as it was.
	Verified bool
}
