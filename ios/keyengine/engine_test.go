package keyengine

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/labs/loop"
)

// end is one router's key engine with everything around it played.
type end struct {
	*Engine
	lists    acl.Table
	addr     netip.Addr
	requests []isakmp.SARequest
	deleted  []isakmp.DeleteRequest
	released int
	moved    []netip.AddrPort
	events   []Event
}

func (d *end) RequestSA(r isakmp.SARequest)        { d.requests = append(d.requests, r) }
func (d *end) DeleteNotify(r isakmp.DeleteRequest) { d.deleted = append(d.deleted, r) }
func (d *end) PairReleased(_, _ netip.AddrPort)    { d.released++ }

// PeerMoved does what ISAKMP does, of which the pairs are a part.
func (d *end) PeerMoved(local, from, to netip.AddrPort) {
	d.moved = append(d.moved, to)
	d.Engine.PeerMoved(local, from, to)
}

var (
	left, right = netip.MustParseAddr("12.12.12.1"), netip.MustParseAddr("23.23.23.3")
	desMD5      = esp.Transform{Cipher: esp.DES, Auth: esp.MD5}
)

const outside = "FastEthernet0/0"

// newEnd makes an end with one crypto map entry whose list is acl's lines.
func newEnd(t *testing.T, c *loop.Loop, addr, peer netip.Addr, lines ...string) *end {
	t.Helper()
	d := &end{addr: addr}
	random := rand.NewChaCha8([32]byte{addr.As4()[0]})
	d.Engine = New(Env{
		Clock: c, Rand: random, Spend: func(time.Duration) {}, List: d.lists.Get,
		Emit: func(e Event) { d.events = append(d.events, e) },
	})
	d.Connect(d)
	d.relist(t, lines...)
	d.SetTransformSet(TransformSet{"TS", desMD5})
	e, _ := d.AddEntry("CMAP", 10)
	e.Peers, e.TransformSets, e.ACL = []netip.Addr{peer}, []string{"TS"}, "101"
	d.Apply(outside, "CMAP", func() (netip.Addr, bool) { return addr, true })
	return d
}

// fromLAN is an echo from one LAN to the other.
func ipPacket(src, dst string) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{
		TTL: 255, Protocol: packet.ProtoICMP, Src: netip.MustParseAddr(src), Dst: netip.MustParseAddr(dst),
	}, packet.BuildICMP(packet.ICMPEcho, 0, 1, make([]byte, 72)))
}

func iface(t *testing.T, c *loop.Loop) *forwarding.Interface {
	t.Helper()
	s := forwarding.New("R", forwarding.Env{
		Clock: c, Spend: func(time.Duration) {}, Rand: rand.NewChaCha8([32]byte{}), Emit: func(forwarding.Event) {},
	})
	n, err := forwarding.ParseName(outside)
	if err != nil {
		t.Fatal(err)
	}
	return s.AddInterface(n)
}

// negotiate plays quick mode between two ends: a has asked.
func negotiate(t *testing.T, a, b *end) {
	t.Helper()
	p := answer(t, a, b)
	if _, err := a.ValidateProposal(isakmp.ProposalRequest{
		Local: a.addr, Remote: b.addr, LocalProxy: p.LocalProxy, RemoteProxy: p.RemoteProxy, Number: 1,
		Proposal: p.Proposal, PFS: p.PFS, Seconds: p.Seconds, Kilobytes: p.Kilobytes, Initiator: true, SPI: p.InboundSPI,
	}); err != nil {
		t.Fatalf("the answer was refused: %v", err)
	}
	a.InstallSAs(p)
	b.EnableOutbound(netip.AddrPortFrom(a.addr, 500), p.InboundSPI)
}

// answer plays it up to the second message, and returns the pair as a sees it.
func answer(t *testing.T, a, b *end) isakmp.SAPair {
	t.Helper()
	r := a.requests[len(a.requests)-1]
	offer := isakmp.ProposalRequest{
		Local: b.addr, Remote: a.addr, LocalProxy: r.RemoteProxy, RemoteProxy: r.LocalProxy, Number: 1,
		Proposal: r.Proposals[0], PFS: r.PFS, Seconds: r.Seconds, Kilobytes: r.Kilobytes,
	}
	life, err := b.ValidateProposal(offer)
	if err != nil {
		t.Fatalf("the offer was refused: %v", err)
	}
	life = life.Min(isakmp.Lifetime{Seconds: r.Seconds, Kilobytes: r.Kilobytes})
	bSPI := b.AllocateSPI(b.addr, a.addr, isakmp.ProtoESP)
	key := func(x byte) isakmp.SAKeys {
		return isakmp.SAKeys{Encryption: slices.Repeat([]byte{x}, 8), Authentication: slices.Repeat([]byte{x}, 16)}
	}
	pair := isakmp.SAPair{
		Local: netip.AddrPortFrom(b.addr, 500), Remote: netip.AddrPortFrom(a.addr, 500),
		LocalProxy: r.RemoteProxy, RemoteProxy: r.LocalProxy, Proposal: r.Proposals[0], PFS: r.PFS,
		InboundSPI: bSPI, OutboundSPI: r.SPI, Inbound: key(1), Outbound: key(2),
		Seconds: life.Seconds, Kilobytes: life.Kilobytes,
	}
	b.InitializeSAs(pair)
	b.InstallSAs(pair)
	mirror := pair
	mirror.Local, mirror.Remote = pair.Remote, pair.Local
	mirror.LocalProxy, mirror.RemoteProxy = pair.RemoteProxy, pair.LocalProxy
	mirror.InboundSPI, mirror.OutboundSPI = pair.OutboundSPI, pair.InboundSPI
	mirror.Inbound, mirror.Outbound = key(2), key(1)
	mirror.Initiator = true
	return mirror
}

type world struct {
	*loop.Loop
	a, b *end
	ifc  *forwarding.Interface
}

// idle reports whether no timer is left.
func (w *world) idle() bool {
	_, left := w.Next()
	return !left
}

const (
	toRight = "permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255"
	toLeft  = "permit ip 20.1.1.0 0.0.0.255 10.1.1.0 0.0.0.255"
)

func newWorld(t *testing.T) *world {
	t.Helper()
	c := loop.New()
	return &world{c, newEnd(t, c, left, right, toRight), newEnd(t, c, right, left, toLeft), iface(t, c)}
}

// sealing is a tunnel that seals at once.
type sealing struct{ forwarding.Tunnel }

func (s sealing) Seal(p packet.IPv4) (outer packet.IPv4, ok bool) {
	outer = s.Outline(p)
	return outer, s.Tunnel.Seal(outer, p)
}

// Select decides as the engine does, and applies it.
func (e *end) Select(out *forwarding.Interface, p packet.IPv4) (sealing, forwarding.CryptoVerdict) {
	s := e.Engine.Select(out, p)
	if s.Apply != nil {
		s.Apply()
	}
	return sealing{s.Tunnel}, s.Verdict
}

// Open decides as the engine does, and applies it.
func (e *end) Open(in *forwarding.Interface, p packet.IPv4) (packet.IPv4, bool) {
	d := e.Engine.Open(in, p)
	return d.Inner, d.Apply != nil && d.Apply() == forwarding.NoReason
}

// Refuses decides as the engine does, and applies it.
func (e *end) Refuses(in *forwarding.Interface, p packet.IPv4) bool {
	refused := e.Engine.Refuses(in, p)
	if refused {
		e.Refused(in, p)
	}
	return refused
}

// send takes a packet from a to b through the tunnel and reports whether it came.
func (w *world) send(t *testing.T, from, to *end, p packet.IPv4) bool {
	t.Helper()
	tunnel, verdict := from.Select(w.ifc, p)
	if verdict != forwarding.Protect {
		return false
	}
	outer, ok := tunnel.Seal(p)
	if !ok {
		return false
	}
	inner, ok := to.Open(w.ifc, outer)
	return ok && slices.Equal(inner, p)
}

func (w *world) up(t *testing.T) {
	t.Helper()
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	negotiate(t, w.a, w.b)
}

func TestFirstPacketIsLostAndAsksForSAs(t *testing.T) {
	w := newWorld(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	for range 2 {
		if _, verdict := w.a.Select(w.ifc, p); verdict != forwarding.Drop {
			t.Fatalf("verdict %v, want Drop", verdict)
		}
	}
	w.Pass(time.Millisecond)
	if len(w.a.requests) != 1 {
		t.Fatalf("%d requests, want one", len(w.a.requests))
	}
	if n := w.a.View()[0].Flows[0].Counters.SendErrors.Load(); n != 2 {
		t.Errorf("send errors %d, want 2", n)
	}
	negotiate(t, w.a, w.b)
	if !w.send(t, w.a, w.b, p) || !w.send(t, w.b, w.a, ipPacket("20.1.1.1", "10.1.1.1")) {
		t.Error("the tunnel does not carry packets")
	}
	v := w.b.View()[0].Flows[0]
	if v.Counters.Encaps.Load() != 1 || v.Counters.Decaps.Load() != 1 {
		t.Error("the responder's counters")
	}
}

func TestOtherTrafficStaysClear(t *testing.T) {
	w := newWorld(t)
	if _, v := w.a.Select(w.ifc, ipPacket("12.12.12.1", "20.1.1.1")); v != forwarding.Pass {
		t.Errorf("verdict %v, want Pass", v)
	}
	if w.a.Refuses(w.ifc, ipPacket("20.1.1.1", "12.12.12.1")) {
		t.Error("a packet outside the list was refused")
	}
}

func TestClearPacketThatShouldBeProtectedIsRefused(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		if !w.a.Refuses(w.ifc, ipPacket("20.1.1.1", "10.1.1.1")) {
			t.Fatal("it passed")
		}
	}
	if n := count[ClearRefused](w.a); n != 3 {
		t.Errorf("told %d times of 3 packets", n)
	}
	if n := w.a.View()[0].Flows[0].Counters.RecvErrors.Load(); n != 3 {
		t.Errorf("%d receive errors, want 3", n)
	}
}

func TestRequestIsRepeatedOnceThenGivenUp(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(31 * time.Second)
	if len(w.a.requests) != 2 {
		t.Fatalf("%d requests after 31 s, want 2", len(w.a.requests))
	}
	w.Pass(30 * time.Second)
	if len(w.a.deleted) != 1 {
		t.Fatal("ISAKMP was not told to give up at 60 s")
	}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	if len(w.a.requests) != 3 {
		t.Error("the next packet did not ask anew")
	}
}

func TestValidateProposal(t *testing.T) {
	net := func(s string) isakmp.Proxy {
		p := netip.MustParsePrefix(s)
		m := ^uint32(0) << (32 - p.Bits())
		return isakmp.Proxy{Addr: p.Addr(), Mask: netip.AddrFrom4([4]byte{byte(m >> 24), byte(m >> 16), byte(m >> 8), byte(m)})}
	}
	good := isakmp.ProposalRequest{
		Local: right, Remote: left, LocalProxy: net("20.1.1.0/24"), RemoteProxy: net("10.1.1.0/24"), Proposal: proposal(desMD5),
	}
	for _, c := range []struct {
		name   string
		change func(*isakmp.ProposalRequest, *Entry)
		want   error
	}{
		{"mirror", func(*isakmp.ProposalRequest, *Entry) {}, nil},
		{"narrower", func(r *isakmp.ProposalRequest, _ *Entry) { r.RemoteProxy = net("10.1.1.5/32") }, nil},
		{"wider", func(r *isakmp.ProposalRequest, _ *Entry) { r.RemoteProxy = net("10.1.0.0/16") }, isakmp.ErrProxyIdentities},
		{"other net", func(r *isakmp.ProposalRequest, _ *Entry) { r.LocalProxy = net("20.1.2.0/24") }, isakmp.ErrProxyIdentities},
		{"other peer", func(r *isakmp.ProposalRequest, _ *Entry) { r.Remote = right }, isakmp.ErrProxyIdentities},
		{"other address of ours", func(r *isakmp.ProposalRequest, _ *Entry) { r.Local = left }, isakmp.ErrLocalAddress},
		{"other cipher", func(r *isakmp.ProposalRequest, _ *Entry) { r.Proposal.Transform = isakmp.ESP3DES }, isakmp.ErrTransformProposal},
		{"other hash", func(r *isakmp.ProposalRequest, _ *Entry) { r.Proposal.Auth = isakmp.AuthHMACSHA }, isakmp.ErrTransformProposal},
		{"PFS offered, none asked for", func(r *isakmp.ProposalRequest, _ *Entry) { r.PFS = 2 }, nil},
		{"PFS asked for, none offered", func(_ *isakmp.ProposalRequest, e *Entry) { e.PFS = 2 }, isakmp.ErrTransformProposal},
		{"PFS with another group", func(r *isakmp.ProposalRequest, e *Entry) { r.PFS, e.PFS = 1, 2 }, isakmp.ErrTransformProposal},
		{"incomplete entry", func(_ *isakmp.ProposalRequest, e *Entry) { e.ACL = "" }, isakmp.ErrProxyIdentities},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			r := good
			c.change(&r, w.b.Map("CMAP").Entry(10))
			if _, err := w.b.ValidateProposal(r); err != c.want {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestUsedPairIsRenewedWithoutLoss(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	w.send(t, w.a, w.b, p)
	w.Pass(3600*time.Second - 30*time.Second - time.Second)
	if len(w.a.requests) != 1 {
		t.Fatal("renewed too early")
	}
	w.Pass(2 * time.Second)
	if len(w.a.requests) != 2 || len(w.b.requests) != 0 {
		t.Fatalf("requests %d and %d, want only the initiator's", len(w.a.requests), len(w.b.requests))
	}
	late, _ := w.a.Select(w.ifc, p)
	onItsWay, _ := late.Seal(p)
	negotiate(t, w.a, w.b)
	if _, ok := w.b.Open(w.ifc, onItsWay); !ok {
		t.Error("a packet under the old SA was lost")
	}
	w.Pass(31 * time.Second)
	if n := len(w.a.View()[0].Flows[0].Pairs); n != 1 {
		t.Errorf("%d pairs after the old one's end, want 1", n)
	}
	if !w.send(t, w.a, w.b, p) || len(w.b.requests) != 0 {
		t.Error("after the renewal")
	}
}

func TestIdlePairEndsUnrenewed(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.Pass(3601 * time.Second)
	if len(w.a.requests) != 1 || len(w.a.View()[0].Flows[0].Pairs) != 0 || w.a.released != 1 {
		t.Error("an idle pair must end at its lifetime, unrenewed")
	}
	if len(w.a.deleted) != 1 {
		t.Error("the peer was not told")
	}
}

func TestPeerDeletesAndInitialContact(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	spi := w.a.View()[0].Flows[0].Pairs[0].Out.SPI()
	w.a.PeerDeleted(netip.AddrPortFrom(right, 500), isakmp.ProtoESP, []uint32{spi + 1})
	if len(w.a.View()[0].Flows[0].Pairs) != 1 {
		t.Fatal("a delete for another SPI took effect")
	}
	w.a.PeerDeleted(netip.AddrPortFrom(right, 500), isakmp.ProtoESP, []uint32{spi})
	if len(w.a.View()[0].Flows[0].Pairs) != 0 {
		t.Error("the pair is still there")
	}
	if !w.b.InitialContact(netip.AddrPortFrom(right, 500), netip.AddrPortFrom(left, 500)) ||
		w.b.InitialContact(netip.AddrPortFrom(right, 500), netip.AddrPortFrom(left, 500)) {
		t.Error("initial contact must say whether there were SAs")
	}
}

func TestTamperedAndReplayedPackets(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	tunnel, _ := w.a.Select(w.ifc, p)
	outer, _ := tunnel.Seal(p)
	bad := slices.Clone(outer)
	bad[len(bad)-1] ^= 1
	if _, ok := w.b.Open(w.ifc, bad); ok {
		t.Error("a tampered packet came through")
	}
	if _, ok := w.b.Open(w.ifc, outer); !ok {
		t.Error("the packet itself was refused")
	}
	if _, ok := w.b.Open(w.ifc, outer); ok {
		t.Error("a replayed packet came through")
	}
	w.a.ClearAll()
	w.b.ClearAll()
	if _, ok := w.b.Open(w.ifc, outer); ok {
		t.Error("a packet for an SA that is gone came through")
	}
	if count[MACMismatch](w.b) != 1 || count[Replayed](w.b) != 1 || count[SPIUnknown](w.b) != 1 {
		t.Errorf("not each of the three was told of: %+v", w.b.events)
	}
}

func TestSecondPeerIsTriedAfterAFailure(t *testing.T) {
	w := newWorld(t)
	e := w.a.Map("CMAP").Entry(10)
	other := netip.MustParseAddr("23.23.23.4")
	e.Peers = append(e.Peers, other)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	w.a.RequestFailed(left, right, w.a.requests[0].SPI)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	if got := w.a.requests[1].Remote; got != other {
		t.Errorf("second request to %v, want %v", got, other)
	}
}

func TestFailedRenewalIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(3571 * time.Second)
	r := w.a.requests[len(w.a.requests)-1]
	w.a.RequestFailed(left, right, r.SPI)
	w.Pass(6 * time.Second)
	if len(w.a.requests) != 3 {
		t.Fatalf("%d requests, want the first, the renewal and its repetition", len(w.a.requests))
	}
	negotiate(t, w.a, w.b)
	w.Pass(40 * time.Second)
	if len(w.a.View()[0].Flows[0].Pairs) != 1 {
		t.Error("the renewal did not take effect")
	}
}

func TestPairThatWasNeverConfirmedGoes(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	r := w.a.requests[0]
	spi := w.b.AllocateSPI(right, left, isakmp.ProtoESP)
	w.b.InstallSAs(isakmp.SAPair{
		Local: netip.AddrPortFrom(right, 500), Remote: netip.AddrPortFrom(left, 500), LocalProxy: r.RemoteProxy, RemoteProxy: r.LocalProxy,
		Proposal: r.Proposals[0], InboundSPI: spi, OutboundSPI: r.SPI, Seconds: 3600, Kilobytes: 4608000,
		Inbound:  isakmp.SAKeys{Encryption: make([]byte, 8), Authentication: make([]byte, 16)},
		Outbound: isakmp.SAKeys{Encryption: make([]byte, 8), Authentication: make([]byte, 16)},
	})
	if _, v := w.b.Select(w.ifc, ipPacket("20.1.1.1", "10.1.1.1")); v != forwarding.Drop {
		t.Error("a responder sends before the third message")
	}
	w.b.RequestFailed(right, left, spi)
	if len(w.b.View()[0].Flows[0].Pairs) != 0 || w.b.released != 1 {
		t.Error("the pair is still there")
	}
}

func TestPeerCannotMakePairsWithoutEnd(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	host := func(n int) isakmp.Proxy {
		return isakmp.Proxy{Addr: netip.AddrFrom4([4]byte{20, 1, 1, byte(n)}), Mask: netip.AddrFrom4([4]byte{255, 255, 255, 255})}
	}
	r := w.a.requests[0]
	for i := range 3000 {
		spi := w.a.AllocateSPI(left, right, isakmp.ProtoESP)
		w.a.InstallSAs(isakmp.SAPair{
			Local: netip.AddrPortFrom(left, 500), Remote: netip.AddrPortFrom(right, 500),
			LocalProxy: r.LocalProxy, RemoteProxy: host(i % 200), Proposal: r.Proposals[0],
			InboundSPI: spi, OutboundSPI: uint32(1000 + i), Seconds: 3600, Kilobytes: 4608000,
			Inbound:  isakmp.SAKeys{Encryption: make([]byte, 8), Authentication: make([]byte, 16)},
			Outbound: isakmp.SAKeys{Encryption: make([]byte, 8), Authentication: make([]byte, 16)},
		})
	}
	pairs := 0
	for _, f := range w.a.View()[0].Flows {
		if len(f.Pairs) > maxPairsOfFlow {
			t.Fatalf("a flow with %d pairs", len(f.Pairs))
		}
		pairs += len(f.Pairs)
	}
	if pairs > maxPairsOfPeer {
		t.Errorf("%d pairs with one peer", pairs)
	}
	b := w.a.bindings[0]
	w.a.Remove(outside)
	if len(b.flows) != 1 || w.a.released != 3001 {
		t.Errorf("%d flows and %d pairs released when the map is taken off", len(b.flows), w.a.released)
	}
}
