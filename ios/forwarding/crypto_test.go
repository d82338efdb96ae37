package forwarding

import (
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// vault is IPsec without secrets: a packet travels whole behind an ESP header.
type vault struct {
	local, remote string
	protects      func(p packet.IPv4) bool
	ready         bool
	in, out       Filter // of the crypto map's own
	refused       int
	sealed        int
}

const vaultOverhead = packet.MinIPv4Header + packet.ESPHeader

func (v *vault) Refuses(_ *Interface, p packet.IPv4) bool { return v.protects(p) }

func (v *vault) Refused(*Interface, packet.IPv4) { v.refused++ }

func (v *vault) Open(_ *Interface, p packet.IPv4) Decryption {
	body := p.Payload()
	if p.Protocol() == packet.ProtoUDP {
		body = packet.UDP(body).Payload()
	}
	if !packet.ESP(body).Valid() {
		return Decryption{Why: BadIPsec}
	}
	return Decryption{Inner: slices.Clone(packet.IPv4(body[packet.ESPHeader:])), Access: v.in}
}

func (v *vault) Presume(_ *Interface, _, inner packet.IPv4) Decryption {
	return Decryption{Inner: inner}
}

func (v *vault) Select(_ *Interface, p packet.IPv4) Selection {
	switch {
	case !v.protects(p):
		return Selection{Verdict: Pass}
	case !v.ready:
		return Selection{Verdict: Drop}
	}
	return Selection{Verdict: Protect, Tunnel: v, Access: v.out}
}

func (v *vault) ClearMTU(link int) int { return link - vaultOverhead }

func (v *vault) Outline(p packet.IPv4) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{
		TTL: 255, Protocol: packet.ProtoESP, DF: p.DF(), Src: addr(v.local), Dst: addr(v.remote),
	}, make([]byte, packet.ESPHeader+len(p)))
}

func (v *vault) Seal(outer, p packet.IPv4) bool {
	v.sealed++
	copy(outer[vaultOverhead:], p)
	return true
}

// tunnel has R1 and R3 protect what passes between their LANs.
func tunnel(t *testing.T) (n *row, v1, v3 *vault) {
	n = newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	between := func(p packet.IPv4) bool {
		a, b := prefix("10.1.1.0/24"), prefix("20.1.1.0/24")
		return a.Contains(p.Src()) && b.Contains(p.Dst()) || b.Contains(p.Src()) && a.Contains(p.Dst())
	}
	v1 = &vault{local: "12.12.12.1", remote: "23.23.23.3", protects: between, ready: true}
	v3 = &vault{local: "23.23.23.3", remote: "12.12.12.1", protects: between, ready: true}
	n.r1.Crypto, n.r3.Crypto = v1, v3
	n.r1.Interfaces()[0].CryptoMap, n.r3.Interfaces()[0].CryptoMap = true, true
	n.left.seen = nil
	return n, v1, v3
}

// protocols lists the IP protocols that passed a wire.
func (l *wire) protocols() (list []uint8) {
	for _, f := range l.seen {
		if e := packet.Ethernet(f); e.Type() == packet.EtherTypeIPv4 {
			list = append(list, packet.IPv4(e.Payload()).Protocol())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestTunnel(t *testing.T) {
	lan := PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 5}
	with := func(size int, df bool) PingParams {
		p := lan
		p.Size, p.DF, p.Validate = size, df, true
		return p
	}
	for _, c := range []struct {
		name   string
		params PingParams
		before func(n *row, v1, v3 *vault)
		marks  string
		sealed int
		wire   []uint8
	}{
		{"protected", lan, nil, "!!!!!", 5, []uint8{packet.ProtoESP}},
		{"not selected", PingParams{Dst: addr("23.23.23.3"), Count: 5}, nil, "!!!!!", 0, []uint8{packet.ProtoICMP}},
		{"no SA yet", lan, func(_ *row, v1, _ *vault) { v1.ready = false }, ".....", 0, nil},
		{"clear to a peer that wants it encrypted", lan, func(n *row, _, _ *vault) { n.r1.Crypto = nil }, ".....", 0, []uint8{packet.ProtoICMP}},
		{"just fits", with(1500-vaultOverhead, true), nil, "!!!!!", 5, []uint8{packet.ProtoESP}},
		{"does not fit", with(1500-vaultOverhead+1, true), nil, "M.M.M", 0, nil},
		{"cut before encryption", with(1500-vaultOverhead+1, false), nil, "!!!!!", 10, []uint8{packet.ProtoESP}},
		{"cut into many", with(18024, false), nil, "!!!!!", 65, []uint8{packet.ProtoESP}},
		{"the outgoing list sees only what passes through", lan, func(n *row, _, _ *vault) {
			n.r1.Interfaces()[0].AccessOut = filterFunc(func(packet.IPv4) bool { return false })
		}, "!!!!!", 5, []uint8{packet.ProtoESP}},
		{"the incoming list sees ESP only", lan, func(n *row, _, _ *vault) {
			n.r3.Interfaces()[0].AccessIn = filterFunc(func(p packet.IPv4) bool { return p.Protocol() == packet.ProtoESP })
		}, "!!!!!", 5, []uint8{packet.ProtoESP}},
		{"the map's own list for what goes in", lan, func(_ *row, v1, _ *vault) {
			v1.out = filterFunc(func(p packet.IPv4) bool { return p.Src() != addr("10.1.1.1") })
		}, ".....", 0, nil},
		{"the map's own list for what comes out", lan, func(_ *row, _, v3 *vault) {
			v3.in = filterFunc(func(p packet.IPv4) bool { return p.Src() != addr("10.1.1.1") })
		}, ".....", 5, []uint8{packet.ProtoESP}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, v1, v3 := tunnel(t)
			if c.before != nil {
				c.before(n, v1, v3)
			}
			marks, _ := n.r1.ping(t, c.params)
			equal(t, "marks", marks, c.marks)
			equal(t, "sealed", v1.sealed, c.sealed)
			equal(t, "on the wire", n.left.protocols(), c.wire)
		})
	}
}

func TestClearTextIsRefused(t *testing.T) {
	n, _, v3 := tunnel(t)
	n.r1.Interfaces()[0].CryptoMap = false
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 3})
	equal(t, "refused", v3.refused, 3)
}

func TestIKEIsExempt(t *testing.T) {
	n, v1, v3 := tunnel(t)
	all := func(packet.IPv4) bool { return true }
	v1.protects, v3.protects, v1.ready = all, all, false
	got := 0
	n.r3.Listen(500, func(Datagram) { got++ })
	from, to := addrPort("12.12.12.1:500"), addrPort("23.23.23.3:500")
	n.r1.SendUDP(from, to, []byte("hello"))
	n.r1.SendUDP(from, addrPort("23.23.23.3:501"), nil)
	n.Pass(time.Second)
	equal(t, "received, refused", []int{got, v3.refused}, []int{1, 0}) // from port 500 nothing is selected
	n.r1.SendUDP(addrPort("12.12.12.1:1"), addrPort("23.23.23.3:9"), nil)
	n.Pass(time.Second)
	equal(t, "other datagrams on the wire", v1.sealed, 0)
}

func TestTracerouteThroughTunnel(t *testing.T) {
	n, _, _ := tunnel(t)
	text := n.r1.traceroute(t, TraceParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1")})
	equal(t, "answers", text, "\n1 20.1.1.1/ok invalid IP/* 20.1.1.1/ok")
}

func TestBadESP(t *testing.T) {
	n, _, _ := tunnel(t)
	n.r1.watch()
	for _, payload := range [][]byte{nil, random(4), random(8), append(random(8), 0x45, 0), append(random(8), random(40)...)} {
		n.r1.steps = nil
		n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{
			TTL: 9, Protocol: packet.ProtoESP, Src: addr("23.23.23.3"), Dst: addr("12.12.12.1"),
		}, payload))
		equal(t, "steps", n.r1.steps, []string{"decrypt: dropped: IPsec packet rejected"})
	}
}

func TestStagesTellWhatTheyDo(t *testing.T) {
	n, v1, _ := tunnel(t)
	v1.ready = false
	n.r1.watch()
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1})
	v1.ready = true
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1})
	equal(t, "steps", n.r1.steps, []string{
		"crypto map: dropped: no SA for it yet",
		"encrypt: taken: encrypted", "transmit: taken: sent",
		"decrypt: taken: decrypted", "deliver: taken: echo reply",
	})
}

// TestESPInUDP: what comes in on the port of NAT-T is ESP, IKE or a keepalive, by its
// first bytes.
func TestESPInUDP(t *testing.T) {
	inner := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: addr("20.1.1.1"), Dst: addr("10.1.1.1")},
		packet.BuildUDP(addrPort("20.1.1.1:9"), addrPort("10.1.1.1:9"), nil))
	esp := append([]byte{0, 0, 0, 1, 0, 0, 0, 1}, inner...)
	for _, c := range []struct {
		name   string
		port   string
		body   []byte
		listen bool
		steps  []string
		ike    int
	}{
		{"ESP", "4500", esp, true, []string{"decrypt: taken: decrypted", "deliver: dropped: port closed", "transmit: taken: sent"}, 0},
		{"ESP too short to open", "4500", esp[:8], true, []string{"decrypt: dropped: IPsec packet rejected"}, 0},
		{"IKE", "4500", make([]byte, 32), true, []string{"deliver: taken: delivered"}, 1},
		{"too short for either", "4500", []byte{1, 2, 3}, true, []string{"deliver: taken: delivered"}, 1},
		{"keepalive", "4500", []byte{0xff}, true, []string{"decrypt: dropped: NAT keepalive"}, 0},
		{"no keepalive", "4500", []byte{0xfe}, true, []string{"deliver: taken: delivered"}, 1},
		{"another port", "4501", esp, true, []string{"deliver: dropped: port closed", "transmit: taken: sent"}, 0},
		{"not in use", "4500", esp, false, []string{"deliver: dropped: port closed", "transmit: taken: sent"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, v1, _ := tunnel(t)
			v1.protects = func(packet.IPv4) bool { return false }
			ike := 0
			if c.listen {
				n.r1.Listen(portNATT, func(Datagram) { ike++ })
			}
			n.r1.watch()
			n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: addr("23.23.23.3"), Dst: addr("12.12.12.1")},
				packet.BuildUDP(addrPort("23.23.23.3:1024"), addrPort("12.12.12.1:"+c.port), c.body)))
			equal(t, "steps", n.r1.steps, c.steps)
			equal(t, "datagrams for IKE", ike, c.ike)
		})
	}
}
