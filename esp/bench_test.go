package esp

import (
	"crypto/cipher"
	"fmt"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// work is one packet's work, done over and over.
type work func() error

// bare is the work that no ESP can do without: the cipher and the hash over
// as many bytes, with nothing around them.
func bare(b *testing.B, tr Transform, size int, mode func(cipher.Block, []byte) cipher.BlockMode) work {
	p := params(b, tr)
	c, err := newCBC(tr, p.Keys.Cipher, mode)
	if err != nil {
		b.Fatal(err)
	}
	m, l := newMAC(tr, p.Keys.Auth), layoutOf(tr, Encap{})
	buf := make([]byte, packet.ESPHeader+l.iv+l.sealed(size))
	iv := buf[packet.ESPHeader:][:l.iv]
	return func() error {
		c.crypt(iv, buf[packet.ESPHeader+l.iv:])
		m.of(buf)
		return nil
	}
}

func sealing(b *testing.B, tr Transform, size int) work {
	out, _ := pair(b, tr, nil)
	inner, buf := echo(size, packet.IPv4Fields{}), make([]byte, 0, 2048)
	return func() error { _, err := out.Seal(buf, inner); return err }
}

func opening(b *testing.B, tr Transform, size int) work {
	out, in := pair(b, tr, nil)
	outer, err := out.Seal(nil, echo(size, packet.IPv4Fields{}))
	if err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, 0, 2048)
	return func() error {
		in.window = Window{} // the packet is the same each time
		_, err := in.Open(buf, outer)
		return err
	}
}

// sideBySide measures w, and in turns with it the bare work, whose share of
// the time it reports: a ratio holds on a busy machine where times do not.
func sideBySide(b *testing.B, size int, w, bare work) {
	b.ReportAllocs()
	const turn = 16
	var bareTime time.Duration
	b.ResetTimer()
	for done := 0; done < b.N; done += turn {
		n := min(turn, b.N-done)
		before := b.Elapsed()
		for range n {
			if err := bare(); err != nil {
				b.Fatal(err)
			}
		}
		bareTime += b.Elapsed() - before
		for range n {
			if err := w(); err != nil {
				b.Fatal(err)
			}
		}
	}
	own := b.Elapsed() - bareTime
	b.ReportMetric(float64(own.Nanoseconds())/float64(b.N), "ns/packet")
	b.ReportMetric(float64(size)*float64(b.N)*1e3/float64(own.Nanoseconds()), "MB/s")
	b.ReportMetric(0, "ns/op") // it has the bare work in it
	b.ReportMetric(float64(own)/float64(max(bareTime, 1)), "x-bare")
}

func BenchmarkSeal(b *testing.B) {
	for _, tr := range allTransforms() {
		for _, size := range []int{64, 512, 1400} {
			b.Run(fmt.Sprintf("%s/%d", tr.ConfigText(), size), func(b *testing.B) {
				sideBySide(b, size, sealing(b, tr, size), bare(b, tr, size, cipher.NewCBCEncrypter))
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, tr := range allTransforms() {
		for _, size := range []int{64, 512, 1400} {
			b.Run(fmt.Sprintf("%s/%d", tr.ConfigText(), size), func(b *testing.B) {
				sideBySide(b, size, opening(b, tr, size), bare(b, tr, size, cipher.NewCBCDecrypter))
			})
		}
	}
}
