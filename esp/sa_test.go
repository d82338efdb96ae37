package esp

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

var (
	here  = netip.MustParseAddr("12.12.12.1")
	there = netip.MustParseAddr("23.23.23.3")
	lanA  = netip.MustParseAddr("10.1.1.1")
	lanB  = netip.MustParseAddr("20.1.1.1")
)

// allTransforms is every pairing that is valid.
func allTransforms() []Transform {
	var all []Transform
	for _, c := range ciphers {
		for _, a := range auths {
			if t := (Transform{c.cipher, c.keyBits, a.auth}); t.Valid() {
				all = append(all, t)
			}
		}
	}
	return all
}

func random(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func params(t testing.TB, tr Transform) Params {
	t.Helper()
	material := make([]byte, tr.MaterialLength())
	random(1).Read(material)
	keys, err := SplitKeys(tr, material)
	if err != nil {
		t.Fatal(err)
	}
	return Params{SPI: 0x1234abcd, Local: here, Remote: there, Transform: tr, Keys: keys, Rand: random(2)}
}

// pair is the sealing end of one router and the opening end of the other.
func pair(t testing.TB, tr Transform, change func(*Params)) (*Outbound, *Inbound) {
	t.Helper()
	p := params(t, tr)
	if change != nil {
		change(&p)
	}
	out, err := NewOutbound(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Local, p.Remote = p.Remote, p.Local
	p.Selector = p.Selector.Mirror()
	p.Counters = nil
	in, err := NewInbound(p)
	if err != nil {
		t.Fatal(err)
	}
	return out, in
}

func echo(size int, f packet.IPv4Fields) packet.IPv4 {
	data := make([]byte, max(size-28, 0))
	for i := range data {
		data[i] = byte(i)
	}
	f.Src, f.Dst, f.Protocol, f.TTL = lanA, lanB, packet.ProtoICMP, 254
	return packet.BuildIPv4(f, packet.BuildICMP(packet.ICMPEcho, 0, 1, data))
}

// naiveOpen decodes a tunnel packet with nothing of this package: HMAC and
// CBC are spelt out over the plain hash and block functions.
func naiveOpen(t *testing.T, tr Transform, k Keys, outer []byte) (spi, seq uint32, inner []byte) {
	t.Helper()
	e := outer[20:]
	icvLen := map[Auth]int{NoAuth: 0, MD5: 12, SHA1: 12, SHA256: 16, SHA384: 24, SHA512: 32}[tr.Auth]
	body, icv := e[:len(e)-icvLen], e[len(e)-icvLen:]
	if f := map[Auth]func() hash.Hash{MD5: md5.New, SHA1: sha1.New, SHA256: sha256.New, SHA384: sha512.New384, SHA512: sha512.New}[tr.Auth]; f != nil {
		ipad := bytes.Repeat([]byte{0x36}, f().BlockSize())
		opad := bytes.Repeat([]byte{0x5c}, f().BlockSize())
		for i, b := range k.Auth {
			ipad[i] ^= b
			opad[i] ^= b
		}
		h := f()
		h.Write(ipad)
		h.Write(body)
		g := f()
		g.Write(opad)
		g.Write(h.Sum(nil))
		if !bytes.Equal(g.Sum(nil)[:icvLen], icv) {
			t.Fatal("check value is wrong")
		}
	}
	data := body[8:]
	var block cipher.Block
	switch tr.Cipher {
	case DES:
		block, _ = des.NewCipher(k.Cipher)
	case TripleDES:
		block, _ = des.NewTripleDESCipher(k.Cipher)
	case AES:
		block, _ = aes.NewCipher(k.Cipher)
	}
	if block != nil {
		n := block.BlockSize()
		plain := make([]byte, 0, len(data))
		for prev, rest := data[:n], data[n:]; len(rest) > 0; prev, rest = rest[:n], rest[n:] {
			b := make([]byte, n)
			block.Decrypt(b, rest[:n])
			for i := range b {
				b[i] ^= prev[i]
			}
			plain = append(plain, b...)
		}
		data = plain
	}
	last := len(data) - 1
	if data[last] != 4 {
		t.Fatalf("next header %d", data[last])
	}
	n := int(data[last-1])
	for i := range n {
		if data[last-1-n+i] != byte(i+1) {
			t.Fatalf("padding %x", data[last-1-n:])
		}
	}
	return binary.BigEndian.Uint32(e), binary.BigEndian.Uint32(e[4:]), data[:last-1-n]
}

func TestSealOpen(t *testing.T) {
	for _, tr := range allTransforms() {
		t.Run(tr.ConfigText(), func(t *testing.T) {
			out, in := pair(t, tr, nil)
			seen := map[string]bool{}
			var seq uint32
			for size := 28; size < 120; size++ {
				inner := echo(size, packet.IPv4Fields{})
				outer, err := out.Seal(nil, inner)
				if err != nil {
					t.Fatal(err)
				}
				if !outer.Valid() || len(outer) != tr.OuterLength(size) || len(outer) > size+tr.Overhead() {
					t.Fatalf("outer packet: valid %v, %d bytes, want %d", outer.Valid(), len(outer), tr.OuterLength(size))
				}
				if outer.Src() != here || outer.Dst() != there || outer.Protocol() != 50 || outer.TTL() != 255 {
					t.Fatalf("outer header % x", outer[:20])
				}
				seq++
				spi, s, plain := naiveOpen(t, tr, out.Keys(), outer)
				if spi != out.SPI() || s != seq || !bytes.Equal(plain, inner) {
					t.Fatalf("SPI %x seq %d, inner % x; want seq %d, % x", spi, s, plain, seq, inner)
				}
				got, err := in.Open(nil, outer)
				if err != nil || !bytes.Equal(got, inner) {
					t.Fatalf("size %d: %v\n got % x\nwant % x", size, err, got, inner)
				}
				if iv := string(outer[28:][:tr.IVLength()]); iv != "" && seen[iv] {
					t.Fatal("an IV came twice")
				} else {
					seen[iv] = true
				}
			}
			digest := uint64(seq)
			if tr.Auth == NoAuth {
				digest = 0
			}
			o, i := out.Counters(), in.Counters()
			if o.Encaps.Load() != uint64(seq) || o.Encrypt.Load() != uint64(seq) || o.Digest.Load() != digest ||
				i.Decaps.Load() != uint64(seq) || i.Decrypt.Load() != uint64(seq) || i.Verify.Load() != digest ||
				i.RecvErrors.Load() != 0 || in.Packets() != uint64(seq) || out.Bytes() != in.Bytes() ||
				in.DetectsReplay() && in.Sequence() != out.Sequence() {
				t.Errorf("counters: out %+v in %+v", o, i)
			}
		})
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	tr := Transform{Cipher: AES, Auth: SHA1}
	a, _ := pair(t, tr, nil)
	b, _ := pair(t, tr, nil)
	c, _ := pair(t, tr, func(p *Params) { p.Rand = random(9) })
	inner := echo(100, packet.IPv4Fields{})
	x, _ := a.Seal(nil, inner)
	y, _ := b.Seal(nil, inner)
	z, _ := c.Seal(nil, inner)
	if !bytes.Equal(x, y) {
		t.Error("the same seed gave different bytes")
	}
	if bytes.Equal(x, z) {
		t.Error("another seed gave the same bytes")
	}
}

func TestOuterHeader(t *testing.T) {
	tests := []struct {
		bit     DFBit
		innerDF bool
		want    bool
	}{
		{DFCopy, true, true}, {DFCopy, false, false}, {DFSet, false, true}, {DFSet, true, true}, {DFClear, true, false}, {DFClear, false, false},
	}
	for _, test := range tests {
		out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) {
			p.DF = test.bit
			p.NextID = func() uint16 { return 0xbeef }
		})
		outer, err := out.Seal(nil, echo(100, packet.IPv4Fields{DF: test.innerDF, TOS: 0xb8}))
		if err != nil {
			t.Fatal(err)
		}
		if outer.DF() != test.want || outer.TOS() != 0xb8 || outer.ID() != 0xbeef || outer.MF() {
			t.Errorf("df-bit %s of %v: DF %v, TOS %#x, ID %#x", test.bit, test.innerDF, outer.DF(), outer.TOS(), outer.ID())
		}
	}
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, nil)
	a, _ := out.Seal(nil, echo(100, packet.IPv4Fields{}))
	b, _ := out.Seal(nil, echo(100, packet.IPv4Fields{}))
	if a.ID() == b.ID() {
		t.Error("two packets with one identification")
	}
}

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
		if n := in.Counters().RecvErrors.Load(); n != 1 || in.Used() {
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
func forge(out *Outbound, sealed []byte) packet.IPv4 {
	p := out.p
	e := binary.BigEndian.AppendUint32(nil, p.SPI)
	out.seq++
	e = binary.BigEndian.AppendUint32(e, out.seq)
	iv := make([]byte, out.layout.iv)
	e = append(e, iv...)
	body := bytes.Clone(sealed)
	out.cbc.crypt(iv, body)
	e = append(e, body...)
	e = append(e, out.mac.of(e)...)
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
		got, err := in.Open(nil, forge(out, test.sealed))
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
	if _, err := in.Open(nil, bad); !errors.Is(err, ErrIdentity) || in.Counters().BadIdentities.Load() != 1 {
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

	// Without authentication, or where it is switched off, nothing is old.
	for _, change := range []func(*Params){
		func(p *Params) { p.NoReplayCheck = true },
		func(p *Params) {
			p.Transform.Auth, p.Keys.Auth, p.Transform.Cipher, p.Keys.Cipher = NoAuth, nil, DES, make([]byte, 8)
		},
	} {
		out, in := pair(t, Transform{Cipher: Null, Auth: SHA256}, change)
		p, _ := out.Seal(nil, echo(40, packet.IPv4Fields{}))
		for range 2 {
			if _, err := in.Open(nil, p); err != nil || in.DetectsReplay() {
				t.Error(err, in.DetectsReplay())
			}
		}
	}
}

func TestSealRefuses(t *testing.T) {
	out, _ := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	out.seq = math.MaxUint32 - 1
	if _, err := out.Seal(nil, echo(40, packet.IPv4Fields{})); err != nil {
		t.Errorf("last sequence number: %v", err)
	}
	if _, err := out.Seal(nil, echo(40, packet.IPv4Fields{})); !errors.Is(err, ErrSequence) {
		t.Errorf("%v, want %v", err, ErrSequence)
	}
	out, _ = pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	if _, err := out.Seal(nil, echo(65500, packet.IPv4Fields{})); !errors.Is(err, ErrTooLong) || out.Sequence() != 0 {
		t.Errorf("%v at %d, want %v", err, out.Sequence(), ErrTooLong)
	}
	if n := out.Counters().SendErrors.Load(); n != 1 || out.Used() {
		t.Errorf("%d send errors, used %v", n, out.Used())
	}
}

func TestNewRefuses(t *testing.T) {
	good := params(t, Transform{Cipher: AES, Auth: SHA1})
	tests := []struct {
		name   string
		change func(*Params)
		want   error
	}{
		{"unknown cipher", func(p *Params) { p.Transform.Cipher = 7 }, ErrTransform},
		{"unknown authentication", func(p *Params) { p.Transform.Auth = 9 }, ErrTransform},
		{"unknown key length", func(p *Params) { p.Transform.KeyBits = 512 }, ErrTransform},
		{"nothing at all", func(p *Params) { p.Transform = Transform{Cipher: Null} }, ErrTransform},
		{"cipher key", func(p *Params) { p.Keys.Cipher = p.Keys.Cipher[1:] }, ErrKeys},
		{"authentication key", func(p *Params) { p.Keys.Auth = nil }, ErrKeys},
		{"endpoint", func(p *Params) { p.Remote = netip.IPv6Loopback() }, ErrEndpoint},
		{"endpoint missing", func(p *Params) { p.Local = netip.Addr{} }, ErrEndpoint},
	}
	for _, test := range tests {
		p := good
		test.change(&p)
		if _, err := NewOutbound(p); !errors.Is(err, test.want) {
			t.Errorf("outbound, %s: %v, want %v", test.name, err, test.want)
		}
		if _, err := NewInbound(p); !errors.Is(err, test.want) {
			t.Errorf("inbound, %s: %v, want %v", test.name, err, test.want)
		}
	}
	p := good
	p.Rand = bytes.NewReader(make([]byte, 15))
	if _, err := NewOutbound(p); err == nil {
		t.Error("no error without random bytes")
	}
}

func TestModeWithoutSetIV(t *testing.T) {
	out, in := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	out.cbc.iv, in.cbc.iv = nil, nil
	for range 3 {
		p, err := out.Seal(nil, echo(100, packet.IPv4Fields{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Open(nil, p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	inner := echo(1400, packet.IPv4Fields{})
	for _, tr := range allTransforms() {
		out, in := pair(t, tr, func(p *Params) { p.NoReplayCheck = true })
		sealed, opened := make([]byte, 0, 2048), make([]byte, 0, 2048)
		n := testing.AllocsPerRun(50, func() {
			outer, err := out.Seal(sealed, inner)
			if err == nil {
				_, err = in.Open(opened, outer)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
		if n != 0 {
			t.Errorf("%s: %v allocations", tr, n)
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
		if inner, err := in.Open(nil, forge(out, b[:n])); err == nil && !inner.Valid() {
			t.Fatalf("opened % x", inner)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	for _, tr := range allTransforms() {
		for _, size := range []int{64, 512, 1400} {
			b.Run(fmt.Sprintf("%s/%d", tr.ConfigText(), size), func(b *testing.B) {
				out, _ := pair(b, tr, nil)
				inner, buf := echo(size, packet.IPv4Fields{}), make([]byte, 0, 2048)
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := out.Seal(buf, inner); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, tr := range allTransforms() {
		for _, size := range []int{64, 512, 1400} {
			b.Run(fmt.Sprintf("%s/%d", tr.ConfigText(), size), func(b *testing.B) {
				out, in := pair(b, tr, func(p *Params) { p.NoReplayCheck = true })
				outer, err := out.Seal(nil, echo(size, packet.IPv4Fields{}))
				if err != nil {
					b.Fatal(err)
				}
				buf := make([]byte, 0, 2048)
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := in.Open(buf, outer); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
