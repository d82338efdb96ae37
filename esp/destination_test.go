package esp

import (
	"net/netip"
	"sync"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestRedirect: while workers seal, the peer moves to and fro. Each packet goes to
// one of its two places, and not to a port of one at the address of the other.
func TestRedirect(t *testing.T) {
	out, in := encapsulated(t, Transform{Cipher: AES, Auth: SHA1})
	places := [2]netip.AddrPort{netip.AddrPortFrom(there, 1024), netip.MustParseAddrPort("99.9.9.9:65535")}
	if got := out.To(); got != places[0] {
		t.Fatalf("begins with %v", got)
	}
	var group sync.WaitGroup
	var sealed [4][]packet.IPv4
	for w := range sealed {
		group.Go(func() {
			for range 200 {
				p, err := out.Seal(nil, echo(60, packet.IPv4Fields{}))
				if err != nil {
					t.Error(err)
				}
				sealed[w] = append(sealed[w], p)
			}
		})
	}
	group.Go(func() {
		for i := range 400 {
			out.Redirect(places[(i+1)%2])
		}
	})
	group.Wait()
	out.Redirect(places[1])
	last, err := out.Seal(nil, echo(60, packet.IPv4Fields{}))
	if err != nil || last.Dst() != places[1].Addr() || packet.UDP(last.Payload()).DstPort() != places[1].Port() {
		t.Errorf("%v, % x", err, last)
	}
	for _, list := range sealed {
		for _, p := range list {
			to := netip.AddrPortFrom(p.Dst(), packet.UDP(p.Payload()).DstPort())
			if to != places[0] && to != places[1] || !p.Valid() {
				t.Fatalf("a packet to %v", to)
			}
		}
	}
	if !in.Newest(1) {
		t.Error("nothing came, and yet something newer")
	}
	if _, err := in.Open(nil, cloneTo(last, encap.Remote)); err != nil {
		t.Fatal(err)
	}
	if in.Newest(800) || !in.Newest(801) {
		t.Error("what came last is the newest")
	}
}

// cloneTo is a packet with another destination port.
func cloneTo(p packet.IPv4, port uint16) packet.IPv4 {
	c := append(packet.IPv4(nil), p...)
	u := c[c.HeaderLen():]
	u[2], u[3] = byte(port>>8), byte(port)
	return c
}
