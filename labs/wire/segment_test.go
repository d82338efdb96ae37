package wire

import (
	"bytes"
	"encoding/binary"
	"net"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// stack are the headers of a frame, as another implementation writes them.
type stack struct {
	v6, vlan, udp bool
	id            uint16
	seq           uint32
	fin, psh, cwr bool
}

// frame writes the headers with a payload; network and transport are where they are.
func (s stack) frame(t testing.TB, payload []byte) (frame []byte, transport int) {
	t.Helper()
	eth := &layers.Ethernet{SrcMAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, DstMAC: net.HardwareAddr{2, 0, 0, 0, 0, 2}, EthernetType: layers.EthernetTypeIPv4}
	var ip gopacket.SerializableLayer
	var network gopacket.NetworkLayer
	protocol := layers.IPProtocolTCP
	if s.udp {
		protocol = layers.IPProtocolUDP
	}
	transport = 14 + 20
	if s.v6 {
		eth.EthernetType = layers.EthernetTypeIPv6
		l := &layers.IPv6{Version: 6, HopLimit: 9, NextHeader: protocol, SrcIP: net.ParseIP("fe80::1"), DstIP: net.ParseIP("fe80::2")}
		ip, network, transport = l, l, 14+40
	} else {
		l := &layers.IPv4{Version: 4, TTL: 9, Id: s.id, Flags: layers.IPv4DontFragment, Protocol: protocol, SrcIP: net.IP{192, 0, 2, 1}, DstIP: net.IP{192, 0, 2, 2}}
		ip, network = l, l
	}
	list := []gopacket.SerializableLayer{eth}
	if s.vlan {
		list = append(list, &layers.Dot1Q{VLANIdentifier: 7, Type: eth.EthernetType})
		eth.EthernetType = layers.EthernetTypeDot1Q
		transport += 4
	}
	list = append(list, ip)
	if s.udp {
		u := &layers.UDP{SrcPort: 1, DstPort: 2}
		u.SetNetworkLayerForChecksum(network)
		list = append(list, u)
	} else {
		// Options, so that the header is not of the least length.
		c := &layers.TCP{SrcPort: 1, DstPort: 2, Seq: s.seq, ACK: true, FIN: s.fin, PSH: s.psh, CWR: s.cwr, Window: 100,
			Options: []layers.TCPOption{{OptionType: layers.TCPOptionKindNop}, {OptionType: layers.TCPOptionKindNop}, {OptionType: layers.TCPOptionKindTimestamps, OptionLength: 10, OptionData: make([]byte, 8)}}}
		c.SetNetworkLayerForChecksum(network)
		list = append(list, c)
	}
	b := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, append(list, gopacket.Payload(payload))...); err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(b.Bytes()), transport
}

// TestSegments: the pieces of a packet that was left to be cut are those that
// another implementation builds one by one.
func TestSegments(t *testing.T) {
	payload := make([]byte, 3500)
	for i := range payload {
		payload[i] = byte(i * 7)
	}
	for _, c := range []struct {
		name string
		s    stack
		gso  uint8
	}{
		{"TCP", stack{id: 0xfffe, seq: 0xffffff00, fin: true, psh: true, cwr: true}, gsoTCPv4},
		{"TCP with ECN", stack{id: 5, seq: 9, cwr: true}, gsoTCPv4 | gsoECN},
		{"TCP in a VLAN", stack{id: 5, seq: 9, vlan: true, psh: true}, gsoTCPv4},
		{"TCP over IPv6", stack{v6: true, seq: 9, psh: true}, gsoTCPv6},
		{"UDP", stack{id: 5, udp: true}, gsoUDP},
		{"UDP over IPv6", stack{v6: true, udp: true}, gsoUDP},
	} {
		t.Run(c.name, func(t *testing.T) {
			const size = 1000
			whole, transport := c.s.frame(t, payload)
			var h [vnetLength]byte
			h[0], h[1] = vnetNeedsChecksum, c.gso
			binary.NativeEndian.PutUint16(h[4:], size)
			binary.NativeEndian.PutUint16(h[6:], uint16(transport))
			binary.NativeEndian.PutUint16(h[8:], 16)
			var s segments
			if err := s.begin(parseVnet(h[:]), whole); err != nil {
				t.Fatal(err)
			}
			b := make([]byte, 2000)
			for at := 0; at < len(payload); at += size {
				end := min(at+size, len(payload))
				piece := c.s
				piece.id += uint16(at / size)
				piece.seq += uint32(at)
				piece.cwr = piece.cwr && at == 0
				piece.fin, piece.psh = piece.fin && end == len(payload), piece.psh && end == len(payload)
				want, _ := piece.frame(t, payload[at:end])
				n := s.next(b)
				if n != len(want) || !bytes.Equal(b[:n], want) {
					t.Fatalf("from %d:\n%x\nwant\n%x", at, b[:max(n, 0)], want)
				}
			}
			if n := s.next(b); n != 0 {
				t.Errorf("another piece of %d bytes", n)
			}
		})
	}
}

// TestChecksumBegun: a field that holds the pseudo header's sum is completed.
func TestChecksumBegun(t *testing.T) {
	want, transport := stack{id: 1, udp: true}.frame(t, []byte("a payload that needs no padding"))
	frame := bytes.Clone(want)
	// What the stack leaves: the sum over addresses, protocol and length.
	sum := uint32(0)
	for _, pair := range []uint16{0xc000, 0x0201, 0xc000, 0x0202, 17, uint16(len(frame) - transport)} {
		sum += uint32(pair)
	}
	binary.BigEndian.PutUint16(frame[transport+6:], uint16(sum+sum>>16))
	var s segments
	if err := s.begin(vnet{flags: vnetNeedsChecksum, checksumStart: transport, checksumOffset: 6}, frame); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 200)
	if n := s.next(b); !bytes.Equal(b[:n], want) {
		t.Errorf("%x\nwant\n%x", b[:n], want)
	}
}

// TestChecksumOfSCTP: the sum of 32 zeros is the one of RFC 3720, B.4.
func TestChecksumOfSCTP(t *testing.T) {
	frame := make([]byte, 34+32)
	frame[34+sctpChecksumAt] = 0x55 // what the host has left there
	h := vnet{flags: vnetNeedsChecksum, checksumStart: 34, checksumOffset: sctpChecksumAt}
	if err := h.finish(frame); err != nil || !bytes.Equal(frame[34+sctpChecksumAt:][:4], []byte{0xaa, 0x36, 0x91, 0x8a}) {
		t.Errorf("%v, %x", err, frame[34:])
	}
	if err := h.finish(frame[:34+sctpChecksumAt+2]); err == nil {
		t.Error("half a checksum was written")
	}
}

// TestSegmentsTooLong: pieces that do not fit are told, and the rest goes on.
func TestSegmentsTooLong(t *testing.T) {
	frame, transport := stack{}.frame(t, make([]byte, 2500))
	var s segments
	if err := s.begin(vnet{gso: gsoTCPv4, size: 1000, checksumStart: transport, checksumOffset: 16}, frame); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 700)
	for i, want := range []int{-1, -1, 66 + 500, 0} {
		if n := s.next(b); n != want {
			t.Errorf("piece %d: %d, want %d", i, n, want)
		}
	}
}

// FuzzSegments: whatever a header says of a frame, there is an end to the pieces, and
// they hold no more than came in.
func FuzzSegments(f *testing.F) {
	for _, s := range []stack{{}, {udp: true}, {v6: true}, {vlan: true}} {
		frame, transport := s.frame(f, make([]byte, 300))
		for _, gso := range []uint8{gsoNone, gsoTCPv4, gsoTCPv6, gsoUDP} {
			f.Add(uint8(1), gso, uint16(100), uint16(transport), uint16(16), frame)
		}
	}
	f.Fuzz(func(t *testing.T, flags, gso uint8, size, start, offset uint16, frame []byte) {
		frame = bytes.Clone(frame)
		var h [vnetLength]byte
		h[0], h[1] = flags, gso
		binary.NativeEndian.PutUint16(h[4:], size)
		binary.NativeEndian.PutUint16(h[6:], start)
		binary.NativeEndian.PutUint16(h[8:], offset)
		var s segments
		if s.begin(parseVnet(h[:]), frame) != nil {
			return
		}
		b := make([]byte, MaxFrame)
		for count := 0; ; count++ {
			n := s.next(b)
			if n == 0 {
				return
			}
			if count > len(frame) || n > len(frame) {
				t.Fatalf("piece %d of %d bytes of a frame of %d", count, n, len(frame))
			}
		}
	})
}
