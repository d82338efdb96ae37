package packet

import (
	"bytes"
	"net/netip"
	"testing"
)

// Whatever Valid lets through can be read to its end; the fuzz tests read all of it.

func FuzzIPv4(f *testing.F) {
	f.Add([]byte(BuildIPv4(fields(), noise(30))))
	f.Add([]byte(BuildIPv4(IPv4Fields{Src: srcAddr, Dst: dstAddr}, nil)))
	f.Fuzz(func(t *testing.T, b []byte) {
		p := IPv4(b)
		if !p.Valid() {
			return
		}
		if len(p.Options())+len(p.Payload())+MinIPv4Header != p.TotalLen() {
			t.Error("parts and total length differ")
		}
		p = append(p[:0:0], p[:p.TotalLen()]...)
		p.DecrementTTL()
		if !p.Valid() {
			t.Error("not valid with one less to live")
		}
		again := BuildIPv4(IPv4Fields{
			TOS: p.TOS(), ID: p.ID(), DF: p.DF(), MF: p.MF(), FragmentOffset: p.FragmentOffset(), TTL: p.TTL(),
			Protocol: p.Protocol(), Src: p.Src(), Dst: p.Dst(), Options: p.Options(),
		}, p.Payload())
		if p[6]&0x80 == 0 && string(again) != string(p) { // the reserved bit is not kept
			t.Errorf("\n got %x\nwant %x", again, p)
		}
	})
}

func FuzzUDP(f *testing.F) {
	f.Add([]byte(BuildUDP(netip.AddrPortFrom(srcAddr, 1), netip.AddrPortFrom(dstAddr, 2), noise(9))))
	f.Fuzz(func(t *testing.T, b []byte) {
		u := UDP(b)
		if !u.Valid() {
			return
		}
		again := BuildUDP(netip.AddrPortFrom(srcAddr, u.SrcPort()), netip.AddrPortFrom(dstAddr, u.DstPort()), u.Payload())
		if !again.Valid() || !again.ChecksumOK(srcAddr, dstAddr) {
			t.Error("the checksum does not hold")
		}
		u.ChecksumOK(srcAddr, dstAddr)
	})
}

func FuzzTCP(f *testing.F) {
	f.Add([]byte(BuildTCP(srcAddr, dstAddr, TCPFields{Flags: TCPSyn}, noise(9))))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := TCP(b)
		if !s.Valid() {
			return
		}
		s.ChecksumOK(srcAddr, dstAddr)
		again := BuildTCP(srcAddr, dstAddr, TCPFields{
			SrcPort: s.SrcPort(), DstPort: s.DstPort(), Seq: s.Seq(), Ack: s.Ack(), Flags: s.Flags(),
			Window: s.Window(), Options: s.Options(),
		}, s.Payload())
		if !again.Valid() || !again.ChecksumOK(srcAddr, dstAddr) || again.Span() != s.Span() ||
			!bytes.Equal(again.Options(), s.Options()) || again.Window() != s.Window() {
			t.Error("not the segment that was read")
		}
	})
}

func FuzzSmallHeaders(f *testing.F) {
	f.Add([]byte(BuildICMP(ICMPEcho, 0, 1, noise(9))))
	f.Add([]byte(BuildARP(ARPRequest, srcMAC, srcAddr, dstMAC, dstAddr)))
	f.Add([]byte(BuildEthernet(dstMAC, srcMAC, EtherTypeARP, noise(9))))
	f.Add([]byte(BuildHDLC(EtherTypeIPv4, noise(9))))
	f.Add(noise(8))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m := ICMP(b); m.Valid() {
			again := BuildICMP(m.Type(), m.Code(), uint32(m.ID())<<16|uint32(m.Seq()), m.Payload())
			if !again.Valid() || m.MTU() != again.MTU() {
				t.Errorf("ICMP %x read and built is %x", m, again)
			}
		}
		if a := ARP(b); a.Valid() {
			if again := BuildARP(a.Op(), a.SenderMAC(), a.SenderIP(), a.TargetMAC(), a.TargetIP()); string(again) != string(a[:ARPLength]) {
				t.Errorf("ARP %x read and built is %x", a, again)
			}
		}
		if e := Ethernet(b); e.Valid() {
			if again := BuildEthernet(e.Dst(), e.Src(), e.Type(), e.Payload()); string(again) != string(e) {
				t.Errorf("frame %x read and built is %x", e, again)
			}
		}
		if h := HDLC(b); h.Valid() {
			if again := BuildHDLC(h.Type(), h.Payload()); !again.Valid() || again.Type() != h.Type() {
				t.Errorf("frame %x read and built is %x", h, again)
			}
		}
		if e := ESP(b); e.Valid() {
			_, _ = e.SPI(), e.Seq()
		}
	})
}
