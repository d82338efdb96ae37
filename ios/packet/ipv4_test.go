package packet

import (
	"testing"
)

func fields() IPv4Fields {
	return IPv4Fields{TOS: 1, ID: 2, MF: true, FragmentOffset: 1480, TTL: 3, Protocol: ProtoESP, Src: srcAddr, Dst: dstAddr,
		Options: []byte{0x94, 4, 0, 0, 1}}
}

func TestIPv4RoundTrip(t *testing.T) {
	p := BuildIPv4(fields(), noise(100))
	if !p.Valid() || p.HeaderLen() != 28 || p.TotalLen() != 128 || p.TOS() != 1 || p.ID() != 2 || p.DF() || !p.MF() ||
		p.FragmentOffset() != 1480 || !p.IsFragment() || p.TTL() != 3 || p.Protocol() != ProtoESP ||
		p.Src() != srcAddr || p.Dst() != dstAddr || len(p.Options()) != 8 || string(p.Payload()) != string(noise(100)) {
		t.Errorf("not read as it was built: %x", p)
	}
	p.DecrementTTL()
	if !p.Valid() || p.TTL() != 2 {
		t.Error("the checksum does not follow the time to live")
	}
	padded := append(p, 0, 0, 0)
	if !padded.Valid() || len(padded.Payload()) != 100 {
		t.Error("what the link pads counts as payload")
	}
}

func TestBadIPv4(t *testing.T) {
	good := BuildIPv4(fields(), noise(100))
	for name, change := range map[string]func(p IPv4) IPv4{
		"empty":             func(p IPv4) IPv4 { return nil },
		"cut in its header": func(p IPv4) IPv4 { return p[:19] },
		"cut in its data":   func(p IPv4) IPv4 { return p[:127] },
		"version 6":         func(p IPv4) IPv4 { p[0] = 0x67; return p },
		"short header":      func(p IPv4) IPv4 { p[0] = 0x44; p.UpdateChecksum(); return p },
		"header too long":   func(p IPv4) IPv4 { p = p[:40]; p[0], p[3] = 0x4f, 40; return p },
		"total too small":   func(p IPv4) IPv4 { p[2], p[3] = 0, 27; p.UpdateChecksum(); return p },
		"bad checksum":      func(p IPv4) IPv4 { p[8]++; return p },
	} {
		if change(append(IPv4(nil), good...)).Valid() {
			t.Errorf("%s: valid", name)
		}
	}
}

func TestMAC(t *testing.T) {
	if srcMAC.String() != "c200.0b5c.0000" || srcMAC.Group() || !Broadcast.Group() {
		t.Error(srcMAC, srcMAC.Group(), Broadcast.Group())
	}
}

func TestHDLC(t *testing.T) {
	h := BuildHDLC(EtherTypeIPv4, noise(9))
	if !h.Valid() || h.Type() != EtherTypeIPv4 || string(h.Payload()) != string(noise(9)) || string(h[:4]) != "\x0f\x00\x08\x00" {
		t.Errorf("%x", h)
	}
	if HDLC(h[:3]).Valid() || HDLC([]byte{1, 0, 8, 0}).Valid() {
		t.Error("valid")
	}
}
