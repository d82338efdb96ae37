package keyengine

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// natted has the left end behind a NAT, and a pair in UDP: the right one sees the
// left at port 40002.
func natted(t *testing.T, transform esp.Transform, change func(*isakmp.SAPair)) *world {
	t.Helper()
	w := newWorld(t)
	for _, d := range []*end{w.a, w.b} {
		d.SetTransformSet(TransformSet{"TS", transform})
	}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	r := w.a.requests[0]
	spi := w.b.AllocateSPI(right, left, isakmp.ProtoESP)
	cipher, auth := transform.KeyLengths()
	keys := isakmp.SAKeys{Encryption: make([]byte, cipher), Authentication: make([]byte, auth)}
	p := isakmp.SAPair{
		Local: netip.AddrPortFrom(right, 4500), Remote: netip.AddrPortFrom(left, 40002),
		LocalProxy: r.RemoteProxy, RemoteProxy: r.LocalProxy, Proposal: r.Proposals[0].InUDP(), Mobile: true,
		InboundSPI: spi, OutboundSPI: r.SPI, Seconds: 3600, Kilobytes: 4608000, Inbound: keys, Outbound: keys,
	}
	change(&p)
	w.b.InstallSAs(p)
	w.b.EnableOutbound(p.Remote, r.SPI)
	p.Local, p.Remote = netip.AddrPortFrom(left, 4500), netip.AddrPortFrom(right, 4500)
	p.LocalProxy, p.RemoteProxy = p.RemoteProxy, p.LocalProxy
	p.InboundSPI, p.OutboundSPI, p.Initiator, p.Mobile = r.SPI, spi, true, false
	w.a.InstallSAs(p)
	return w
}

// sealed is a packet of the left end as the right one gets it, from that port.
func (w *world) sealed(t *testing.T, port uint16) packet.IPv4 {
	t.Helper()
	p := ipPacket("10.1.1.1", "20.1.1.1")
	tunnel, verdict := w.a.Select(w.ifc, p)
	if verdict != forwarding.Protect {
		t.Fatal("no SA")
	}
	outer, ok := tunnel.Seal(p)
	if !ok {
		t.Fatal("not sealed")
	}
	binary.BigEndian.PutUint16(outer[packet.MinIPv4Header:], port)
	return outer
}

func (w *world) rightPair() *pair { return w.b.all()[0] }

// The right end's packets go where the left one's last authentic packet came from.
func TestESPMovesPeer(t *testing.T) {
	w := natted(t, desMD5, func(*isakmp.SAPair) {})
	late := w.sealed(t, 40002)
	for _, port := range []uint16{40002, 40007, 40009} {
		w.b.Open(w.ifc, w.sealed(t, port))
		if got := w.rightPair().agreed.Remote.Port(); got != port {
			t.Errorf("after a packet from %d the peer is at %d", port, got)
		}
		n, _ := w.b.Select(w.ifc, ipPacket("20.1.1.1", "10.1.1.1"))
		outer, _ := n.Seal(ipPacket("20.1.1.1", "10.1.1.1"))
		if got := packet.UDP(outer.Payload()).DstPort(); got != port {
			t.Errorf("after a packet from %d ESP goes to %d", port, got)
		}
	}
	if len(w.b.moved) != 2 {
		t.Errorf("moved %v", w.b.moved)
	}
	forged := w.sealed(t, 666)
	forged[len(forged)-1] ^= 1
	w.b.Open(w.ifc, forged)
	w.b.Open(w.ifc, late) // good, but older than what came from elsewhere
	if got := w.rightPair().agreed.Remote.Port(); got != 40009 {
		t.Errorf("a forged or late packet moved the peer to %d", got)
	}
}

func TestESPMovesNobody(t *testing.T) {
	for name, w := range map[string]*world{
		"behind a NAT itself":   natted(t, desMD5, func(p *isakmp.SAPair) { p.Mobile = false }),
		"without authenticator": natted(t, esp.Transform{Cipher: esp.DES}, func(*isakmp.SAPair) {}),
	} {
		inner, ok := w.b.Open(w.ifc, w.sealed(t, 40007))
		if !ok || inner == nil || len(w.b.moved) != 0 {
			t.Errorf("%s: opened %t, moved %v", name, ok, w.b.moved)
		}
	}
}

// What one peer says does nothing to another one behind the same NAT.
func TestPortsTellPeersApart(t *testing.T) {
	w := natted(t, desMD5, func(*isakmp.SAPair) {})
	other, own := netip.AddrPortFrom(left, 40099), netip.AddrPortFrom(left, 40002)
	local, spi := netip.AddrPortFrom(right, 4500), w.rightPair().agreed.OutboundSPI
	w.b.PeerDeleted(other, isakmp.ProtoESP, []uint32{spi})
	w.b.InitialContact(local, other)
	w.b.PeerDead(local, other)
	w.b.Engine.PeerMoved(local, other, own)
	if len(w.b.all()) != 1 || len(w.b.deleted) != 0 {
		t.Fatalf("%d pairs left, told %v", len(w.b.all()), w.b.deleted)
	}
	w.b.Open(w.ifc, w.sealed(t, 40002))
	if sent, received := w.b.Traffic(local, other); sent+received != 0 {
		t.Errorf("%d and %d packets of nobody", sent, received)
	}
	if _, received := w.b.Traffic(local, own); received != 1 {
		t.Errorf("%d packets received", received)
	}
	w.b.ask(w.rightPair().flow)
	w.Pass(time.Millisecond)
	if r := w.b.requests; len(r) != 1 || r[0].RemotePort != 40002 {
		t.Errorf("asked for %+v", r)
	}
	w.b.ClearAll()
	if d := w.b.deleted; len(d) != 1 || d[0].RemotePort != 40002 {
		t.Errorf("told %+v", d)
	}
}

// The fast path leaves to the loop what comes from another place.
func TestSettled(t *testing.T) {
	w := natted(t, desMD5, func(*isakmp.SAPair) {})
	in, _ := w.b.Publish().Inbound(right, w.rightPair().agreed.InboundSPI)
	for from, want := range map[string]bool{"12.12.12.1:40002": true, "12.12.12.1:40003": false, "66.6.6.6:40002": false} {
		if in.Settled(netip.MustParseAddrPort(from)) != want {
			t.Errorf("from %s: settled %t", from, !want)
		}
	}
	w.b.Open(w.ifc, w.sealed(t, 40003))
	if !in.Settled(netip.MustParseAddrPort("12.12.12.1:40003")) {
		t.Error("a view that is published does not see the peer move")
	}
}

// An offer must be in UDP where there is a NAT, and only there.
func TestEncapsulationOffered(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	r := w.a.requests[0]
	for _, nat := range []bool{false, true} {
		for _, inUDP := range []bool{false, true} {
			offer := isakmp.ProposalRequest{
				Local: right, Remote: left, LocalProxy: r.RemoteProxy, RemoteProxy: r.LocalProxy, Number: 1,
				Proposal: r.Proposals[0], Seconds: 3600, NAT: nat,
			}
			if inUDP {
				offer.Proposal = offer.Proposal.InUDP()
			}
			if _, err := w.b.ValidateProposal(offer); (err == nil) != (nat == inUDP) {
				t.Errorf("NAT %t, in UDP %t: %v", nat, inUDP, err)
			}
		}
	}
}
