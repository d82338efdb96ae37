package esp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

func TestOpenRefuses(t *testing.T) {
	tr := Transform{Cipher: AES, Auth: SHA1}
	inner := echo(100, packet.IPv4Fields{})
	tests := []struct {
		name   string
		change func(packet.IPv4) packet.IPv4
		want   error
	}{
		{"unchanged", func(p packet.IPv4) packet.IPv4 { return p }, nil},
		{"trailing bytes of Ethernet", func(p packet.IPv4) packet.IPv4 { return append(p, 0, 0, 0) }, nil},
		{"other SPI", func(p packet.IPv4) packet.IPv4 { p[20]++; return p }, ErrSPI},
		{"other protocol", func(p packet.IPv4) packet.IPv4 { p[9] = 51; return p }, ErrSPI},
		{"fragment", func(p packet.IPv4) packet.IPv4 { p[6] = 0x20; return p }, ErrSPI},
		{"no header", func(p packet.IPv4) packet.IPv4 { return cut(p, 27) }, ErrSPI},
		{"nothing encrypted", func(p packet.IPv4) packet.IPv4 { return cut(p, 28+16+12) }, ErrLength},
		{"too short for the ICV", func(p packet.IPv4) packet.IPv4 { return cut(p, 28+16+11) }, ErrLength},
		{"odd length", func(p packet.IPv4) packet.IPv4 { return cut(p, len(p)-1) }, ErrLength},
		{"a block less", func(p packet.IPv4) packet.IPv4 { return cut(p, len(p)-16) }, ErrICV},
		{"sequence zero", func(p packet.IPv4) packet.IPv4 { clear(p[24:28]); return p }, ErrReplay},
		{"sequence changed", func(p packet.IPv4) packet.IPv4 { p[27] = 9; return p }, ErrICV},
		{"IV changed", func(p packet.IPv4) packet.IPv4 { p[28]++; return p }, ErrICV},
		{"data changed", func(p packet.IPv4) packet.IPv4 { p[60]++; return p }, ErrICV},
		{"ICV changed", func(p packet.IPv4) packet.IPv4 { p[len(p)-1]++; return p }, ErrICV},
	}
	for _, test := range tests {
		out, in := pair(t, tr, nil)
		good, _ := out.Seal(nil, inner)
		bad := test.change(bytes.Clone(good))
		if _, err := in.Open(nil, bad); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if test.want == nil {
			continue
		}
		if n := in.p.Counters.RecvErrors.Load(); n != 1 || in.Used() {
			t.Errorf("%s: %d errors counted, used %v", test.name, n, in.Used())
		}
		// Whatever was refused, the true packet still passes: once.
		if _, err := in.Open(nil, good); err != nil {
			t.Errorf("%s: then the true packet: %v", test.name, err)
		}
		if _, err := in.Open(nil, good); !errors.Is(err, ErrReplay) {
			t.Errorf("%s: then a replay: %v", test.name, err)
		}
	}
}

func cut(p packet.IPv4, n int) packet.IPv4 {
	p = p[:n]
	binary.BigEndian.PutUint16(p[2:], uint16(n))
	p.UpdateChecksum()
	return p
}

// forge seals an encrypted part as it stands, trailer and all.
func forge(t testing.TB, out *Outbound, sealed []byte) packet.IPv4 {
	t.Helper()
	sealer, err := out.Sealer()
	if err != nil {
		t.Fatal(err)
	}
	defer sealer.Close()
	seq, err := out.Next(0)
	if err != nil {
		t.Fatal(err)
	}
	p := out.p
	e := binary.BigEndian.AppendUint32(nil, p.SPI)
	e = binary.BigEndian.AppendUint32(e, seq)
	iv := make([]byte, out.layout.iv)
	e = append(e, iv...)
	body := bytes.Clone(sealed)
	sealer.cbc.crypt(iv, body)
	e = append(e, body...)
	e = append(e, sealer.mac.of(e)...)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 255, Protocol: 50, Src: p.Local, Dst: p.Remote}, e)
}

func TestOpenRefusesPlaintext(t *testing.T) {
	inner := echo(28, packet.IPv4Fields{}) // 28 + 2 + 2 of padding = 4 blocks of DES
	join := func(inner []byte, rest ...byte) []byte { return append(bytes.Clone(inner), rest...) }
	broken := bytes.Clone(inner)
	broken[8]++ // checksum
	tests := []struct {
		name   string
		sealed []byte
		want   error
	}{
		{"good", join(inner, 1, 2, 2, 4), nil},
		{"hidden length", join(inner, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 4), nil},
		{"padding wrong", join(inner, 1, 1, 2, 4), ErrPadding},
		{"padding too long", join(inner, 1, 2, 31, 4), ErrPadding},
		{"padding longer than all", join(inner, 1, 2, 255, 4), ErrPadding},
		{"transport mode", join(inner, 1, 2, 2, 1), ErrNextHeader},
		{"dummy", join(inner, 1, 2, 2, 59), ErrDummy},
		{"no valid inner packet", join(broken, 1, 2, 2, 4), ErrInner},
		{"no inner packet", []byte{1, 2, 3, 4, 5, 6, 6, 4}, ErrInner},
	}
	for _, test := range tests {
		out, in := pair(t, Transform{Cipher: DES, Auth: MD5}, nil)
		got, err := in.Open(nil, forge(t, out, test.sealed))
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if test.want == nil && !bytes.Equal(got, inner) {
			t.Errorf("%s: got % x", test.name, got)
		}
	}
}

func TestOpenChecksIdentity(t *testing.T) {
	list := acl.NewList("101", acl.Extended)
	e, err := acl.ParseEntry([]string{"permit", "ip", "10.1.1.0", "0.0.0.255", "20.1.1.0", "0.0.0.255"}, acl.Extended)
	if err != nil {
		t.Fatal(err)
	}
	if err := list.Add(e); err != nil {
		t.Fatal(err)
	}
	selector, _ := list.Rules()[0].Selector()
	out, in := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) { p.Selector = selector })
	good, _ := out.Seal(nil, echo(60, packet.IPv4Fields{}))
	if _, err := in.Open(nil, good); err != nil {
		t.Error(err)
	}
	stray := packet.BuildIPv4(packet.IPv4Fields{Src: here, Dst: lanB, Protocol: 1, TTL: 1}, make([]byte, 8))
	bad, _ := out.Seal(nil, stray)
	if _, err := in.Open(nil, bad); !errors.Is(err, ErrIdentity) || in.p.Counters.BadIdentities.Load() != 1 {
		t.Errorf("%v, want %v", err, ErrIdentity)
	}
}

func TestLateAndRepeatedPackets(t *testing.T) {
	out, in := pair(t, Transform{Cipher: Null, Auth: SHA256}, nil)
	var sent []packet.IPv4
	for range 100 {
		p, err := out.Seal(nil, echo(40, packet.IPv4Fields{}))
		if err != nil {
			t.Fatal(err)
		}
		sent = append(sent, p)
	}
	open := func(n int) error { _, err := in.Open(nil, sent[n-1]); return err }
	for _, step := range []struct {
		seq  int
		want error
	}{{100, nil}, {100, ErrReplay}, {36, ErrReplay}, {37, nil}, {37, ErrReplay}, {99, nil}, {1, ErrReplay}} {
		if err := open(step.seq); !errors.Is(err, step.want) {
			t.Errorf("packet %d: %v, want %v", step.seq, err, step.want)
		}
	}

	// Without authentication nothing is old.
	out, in = pair(t, Transform{Cipher: DES}, nil)
	p, _ := out.Seal(nil, echo(40, packet.IPv4Fields{}))
	for range 2 {
		if _, err := in.Open(nil, p); err != nil || in.DetectsReplay() {
			t.Error(err, in.DetectsReplay())
		}
	}
}

func FuzzOpen(f *testing.F) {
	tr := Transform{Cipher: DES, Auth: NoAuth} // so that what is inside is reached too
	out, _ := pair(f, tr, nil)
	for _, size := range []int{28, 60, 100} {
		p, _ := out.Seal(nil, echo(size, packet.IPv4Fields{}))
		f.Add([]byte(p), false)
		f.Add([]byte(p[:len(p)-8]), true)
	}
	f.Fuzz(func(t *testing.T, b []byte, auth bool) {
		tr := Transform{Cipher: Null, Auth: SHA1}
		if !auth {
			tr = Transform{Cipher: DES, Auth: NoAuth}
		}
		out, in := pair(t, tr, nil)
		outer := packet.IPv4(b)
		if outer.Valid() {
			if inner, err := in.Open(nil, outer); err == nil && !inner.Valid() {
				t.Fatalf("opened % x", inner)
			}
		}
		// The same bytes as what was encrypted.
		n := len(b) / in.layout.block * in.layout.block
		if n == 0 || n > 2000 {
			return
		}
		if inner, err := in.Open(nil, forge(t, out, b[:n])); err == nil && !inner.Valid() {
			t.Fatalf("opened % x", inner)
		}
	})
}
