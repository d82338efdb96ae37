package esp

import (
	"encoding/binary"
	"net/netip"
	"sync/atomic"
)

// destination is where an outbound SA sends to. The peer may move behind a
// translator while workers seal.
type destination struct{ packed atomic.Uint64 } // address and port, in network order

// Redirect sends what is sealed from now on to another address and, in UDP, port:
// the peer's packets have come from there (RFC 3947 4).
func (d *destination) Redirect(to netip.AddrPort) {
	a := to.Addr().As4()
	d.packed.Store(uint64(binary.BigEndian.Uint32(a[:]))<<16 | uint64(to.Port()))
}

// To is where packets go; the port is zero where they are not in UDP.
func (d *destination) To() netip.AddrPort {
	packed := d.packed.Load()
	var a [4]byte
	binary.BigEndian.PutUint32(a[:], uint32(packed>>16))
	return netip.AddrPortFrom(netip.AddrFrom4(a), uint16(packed))
}
