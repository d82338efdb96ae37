package packet

import (
	"math/rand"
	"net"
	"net/netip"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// The tests of this file compare what the package builds with what gopacket,
// which shares no line with it, makes of the same fields.

var (
	srcMAC   = MAC{0xc2, 0, 0x0b, 0x5c, 0, 0}
	dstMAC   = MAC{0xc2, 1, 0x0b, 0x5c, 0, 1}
	srcAddr  = netip.MustParseAddr("10.1.1.1")
	dstAddr  = netip.MustParseAddr("20.1.1.1")
	lengths  = []int{0, 1, 2, 7, 8, 63, 1000, 1471}
	checking = gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}
)

func noise(n int) []byte {
	b := make([]byte, n)
	rand.New(rand.NewSource(int64(n))).Read(b)
	return b
}

func serialise(t *testing.T, l ...gopacket.SerializableLayer) []byte {
	t.Helper()
	b := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(b, checking, l...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if string(got) != string(want) {
		t.Errorf("%s:\n got %x\nwant %x", what, got, want)
	}
}

func ipLayer(protocol layers.IPProtocol) *layers.IPv4 {
	return &layers.IPv4{
		Version: 4, TOS: 0xb8, Id: 0x1234, Flags: layers.IPv4DontFragment, TTL: 200, Protocol: protocol,
		SrcIP: srcAddr.AsSlice(), DstIP: dstAddr.AsSlice(),
	}
}

func TestIPv4AndUDPAsOthersBuildThem(t *testing.T) {
	for _, n := range lengths {
		ip := ipLayer(layers.IPProtocolUDP)
		udp := &layers.UDP{SrcPort: 500, DstPort: 4500}
		udp.SetNetworkLayerForChecksum(ip)
		want := serialise(t, ip, udp, gopacket.Payload(noise(n)))
		u := BuildUDP(netip.AddrPortFrom(srcAddr, 500), netip.AddrPortFrom(dstAddr, 4500), noise(n))
		p := BuildIPv4(IPv4Fields{TOS: 0xb8, ID: 0x1234, DF: true, TTL: 200, Protocol: ProtoUDP, Src: srcAddr, Dst: dstAddr}, u)
		same(t, "packet", p, want)
		if !p.Valid() || !u.Valid() || !u.ChecksumOK(srcAddr, dstAddr) || u.ChecksumOK(srcAddr, srcAddr) ||
			u.SrcPort() != 500 || u.DstPort() != 4500 || string(u.Payload()) != string(noise(n)) {
			t.Errorf("%d bytes: not read as it was built", n)
		}
	}
}

func TestTCPAsOthersBuildIt(t *testing.T) {
	for _, n := range lengths {
		ip := ipLayer(layers.IPProtocolTCP)
		tcp := &layers.TCP{SrcPort: 23, DstPort: 1024, Seq: 1 << 31, Ack: 77, SYN: true, ACK: true, Window: 4128,
			Options: []layers.TCPOption{{OptionType: layers.TCPOptionKindMSS, OptionLength: 4, OptionData: []byte{5, 180}}}}
		tcp.SetNetworkLayerForChecksum(ip)
		want := serialise(t, ip, tcp, gopacket.Payload(noise(n)))[20:]
		s := BuildTCP(srcAddr, dstAddr, TCPFields{SrcPort: 23, DstPort: 1024, Seq: 1 << 31, Ack: 77, Flags: TCPSyn | TCPAck, Window: 4128, Options: []byte{2, 4, 5, 180}}, noise(n))
		same(t, "segment", s, want)
		if !s.Valid() || !s.ChecksumOK(srcAddr, dstAddr) || s.Seq() != 1<<31 || s.Ack() != 77 || s.Span() != uint32(n)+1 ||
			s.SrcPort() != 23 || s.DstPort() != 1024 || s.Flags() != TCPSyn|TCPAck || s.Window() != 4128 || string(s.Options()) != "\x02\x04\x05\xb4" {
			t.Errorf("%d bytes: not read as it was built", n)
		}
	}
}

func TestICMPAsOthersBuildIt(t *testing.T) {
	for _, n := range lengths {
		icmp := &layers.ICMPv4{TypeCode: layers.CreateICMPv4TypeCode(ICMPEcho, 0), Id: 0x1234, Seq: 0x5678}
		m := BuildICMP(ICMPEcho, 0, 0x12345678, noise(n))
		same(t, "message", m, serialise(t, icmp, gopacket.Payload(noise(n))))
		if !m.Valid() || m.Type() != ICMPEcho || m.Code() != 0 || m.ID() != 0x1234 || m.Seq() != 0x5678 || m.MTU() != 0x5678 {
			t.Errorf("%d bytes: not read as it was built", n)
		}
	}
}

func TestARPAsOthersBuildIt(t *testing.T) {
	want := serialise(t,
		&layers.Ethernet{SrcMAC: net.HardwareAddr(srcMAC[:]), DstMAC: net.HardwareAddr(dstMAC[:]), EthernetType: layers.EthernetTypeARP},
		&layers.ARP{
			AddrType: layers.LinkTypeEthernet, Protocol: layers.EthernetTypeIPv4, HwAddressSize: 6, ProtAddressSize: 4, Operation: ARPReply,
			SourceHwAddress: srcMAC[:], SourceProtAddress: srcAddr.AsSlice(), DstHwAddress: dstMAC[:], DstProtAddress: dstAddr.AsSlice(),
		})
	e := BuildEthernet(dstMAC, srcMAC, EtherTypeARP, BuildARP(ARPReply, srcMAC, srcAddr, dstMAC, dstAddr))
	same(t, "frame", e, want[:len(e)]) // gopacket pads
	a := ARP(e.Payload())
	if !a.Valid() || a.Op() != ARPReply || a.SenderMAC() != srcMAC || a.SenderIP() != srcAddr || a.TargetMAC() != dstMAC || a.TargetIP() != dstAddr {
		t.Error("not read as it was built")
	}
}
