package esp

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

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
				if !outer.Valid() || len(outer) != outerLength(tr, size) {
					t.Fatalf("outer packet: valid %v, %d bytes, want %d", outer.Valid(), len(outer), outerLength(tr, size))
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
			o, i := out.p.Counters, in.p.Counters
			if o.Encaps.Load() != uint64(seq) || o.Encrypt.Load() != uint64(seq) || o.Digest.Load() != digest ||
				i.Decaps.Load() != uint64(seq) || i.Decrypt.Load() != uint64(seq) || i.Verify.Load() != digest ||
				i.RecvErrors.Load() != 0 || in.Packets() != uint64(seq) || out.bytes.Load() != in.bytes.Load() ||
				in.DetectsReplay() && in.window.Top() != out.seq.Load() {
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

// TestVectorsStandAlone: the IV of a packet follows from its number, not from the
// packets before it.
func TestVectorsStandAlone(t *testing.T) {
	for _, tr := range []Transform{{Cipher: AES, Auth: SHA1}, {Cipher: DES, Auth: MD5}} {
		a, _ := pair(t, tr, nil)
		b, _ := pair(t, tr, nil)
		var last packet.IPv4
		for range 3 {
			last, _ = a.Seal(nil, echo(60, packet.IPv4Fields{}))
		}
		for range 2 {
			if _, err := b.Next(60); err != nil {
				t.Fatal(err)
			}
		}
		if third, _ := b.Seal(nil, echo(60, packet.IPv4Fields{})); !bytes.Equal(third, last) {
			t.Errorf("%s: the third packet is another after two", tr)
		}
	}
}

func TestOuterHeader(t *testing.T) {
	for _, df := range []bool{true, false} {
		out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, nil)
		outer, err := out.Seal(nil, echo(100, packet.IPv4Fields{DF: df, TOS: 0xb8}))
		if err != nil {
			t.Fatal(err)
		}
		if outer.DF() != df || outer.TOS() != 0xb8 || outer.MF() || outer.TTL() != 255 {
			t.Errorf("DF %v: DF %v, TOS %#x, TTL %d", df, outer.DF(), outer.TOS(), outer.TTL())
		}
	}
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, nil)
	a, _ := out.Seal(nil, echo(100, packet.IPv4Fields{}))
	b, _ := out.Seal(nil, echo(100, packet.IPv4Fields{}))
	if a.ID() == b.ID() {
		t.Error("two packets with one identification")
	}
}

func TestSealRefuses(t *testing.T) {
	out, _ := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	out.seq.Store(math.MaxUint32 - 1)
	if _, err := out.Seal(nil, echo(40, packet.IPv4Fields{})); err != nil {
		t.Errorf("last sequence number: %v", err)
	}
	if _, err := out.Seal(nil, echo(40, packet.IPv4Fields{})); !errors.Is(err, ErrSequence) {
		t.Errorf("%v, want %v", err, ErrSequence)
	}
	out, _ = pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	if _, err := out.Seal(nil, echo(65500, packet.IPv4Fields{})); !errors.Is(err, ErrTooLong) || out.seq.Load() != 0 {
		t.Errorf("%v at %d, want %v", err, out.seq.Load(), ErrTooLong)
	}
	if n := out.p.Counters.SendErrors.Load(); n != 1 || out.Used() {
		t.Errorf("%d send errors, used %v", n, out.Used())
	}
}

func TestModeWithoutSetIV(t *testing.T) {
	tr := Transform{Cipher: AES, Auth: SHA1}
	out, in := pair(t, tr, nil)
	sealer, err := out.Sealer()
	if err != nil {
		t.Fatal(err)
	}
	opener, err := in.Opener()
	if err != nil {
		t.Fatal(err)
	}
	sealer.cbc.iv, opener.cbc.iv = nil, nil
	sealer.Close() // the next ones are these
	opener.Close()
	for range 3 {
		p, err := out.Seal(nil, echo(100, packet.IPv4Fields{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, inner := naiveOpen(t, tr, out.Keys(), p); !bytes.Equal(inner, echo(100, packet.IPv4Fields{})) {
			t.Fatal("sealed under another IV than the packet has")
		}
		if _, err := in.Open(nil, p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	inner := echo(1400, packet.IPv4Fields{})
	for _, tr := range allTransforms() {
		out, in := pair(t, tr, nil)
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
