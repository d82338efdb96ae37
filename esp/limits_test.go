package esp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/loop"
)

// TestTimes: the figures that a peer and a learner see.
func TestTimes(t *testing.T) {
	if SoftTime != 30*time.Second || Linger != 30*time.Second || SoftKilobytes != 256 || WindowSize != 64 {
		t.Errorf("renewed %v or %d kB before the end, received for %v after it, a window of %d", SoftTime, SoftKilobytes, Linger, WindowSize)
	}
}

// TestLivesWithoutEnd: an SA that time, or volume, does not limit.
func TestLivesWithoutEnd(t *testing.T) {
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) { p.Born = time.Hour })
	if at, ok := out.Ends(); ok || at != time.Hour {
		t.Errorf("ends at %v, %v", at, ok)
	}
	if _, ok := out.Softens(); ok || out.SecondsLeft(0) != 0 || out.SecondsLeft(2*time.Hour) != 0 {
		t.Errorf("softens: %v; %d s left", ok, out.SecondsLeft(0))
	}
	out.bytes.Store(1 << 50)
	if out.VolumeSoft() || out.VolumeEnded() || out.KilobytesShown() != 0 {
		t.Error("a volume that nothing limits ends")
	}
}

// TestShownVolume: show commands start from what DisplayStart drew.
func TestShownVolume(t *testing.T) {
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) {
		p.Lifetime.Kilobytes, p.DisplayKilobytes = 1000, 960
	})
	for bytes, want := range map[uint64]uint32{0: 960, 1023: 960, 1024: 959, 959 << 10: 1, 960 << 10: 0, 1000 << 10: 0} {
		if out.bytes.Store(bytes); out.KilobytesShown() != want {
			t.Errorf("after %d bytes %d kB are shown, want %d", bytes, out.KilobytesShown(), want)
		}
	}
	for drawn, want := range map[uint32]uint32{0: 1000, 50: 950, 51: 1000, 52: 999, 101: 950} {
		if n, err := DisplayStart(bytes.NewReader(binary.BigEndian.AppendUint32(nil, drawn)), 1000); err != nil || n != want {
			t.Errorf("drawn %d: %d, %v, want %d", drawn, n, err, want)
		}
	}
}

// TestVolumeOfEitherSA: it is enough that one of the two has used it up.
func TestVolumeOfEitherSA(t *testing.T) {
	for name, of := range map[string]func(Pair) *SA{
		"inbound":  func(p Pair) *SA { return &p.In.SA },
		"outbound": func(p Pair) *SA { return &p.Out.SA },
	} {
		out, in := pair(t, Transform{Cipher: Null, Auth: SHA1}, func(p *Params) { p.Lifetime = Lifetime{Kilobytes: 1000} })
		p := Pair{in, out}
		var soft, hard int
		w := NewWatch(loop.New(), p, func() { soft++ }, func() { hard++ })
		if w.Due() || w.VolumeEnded() {
			t.Errorf("%s: due at the beginning", name)
		}
		of(p).bytes.Store(744<<10 + 1)
		if !w.Due() || w.VolumeEnded() {
			t.Errorf("%s: due %v, ended %v near the end", name, w.Due(), w.VolumeEnded())
		}
		w.Check()
		w.Check()
		if w.Due() || soft != 1 || hard != 0 {
			t.Errorf("%s: due %v, told %d and %d times", name, w.Due(), soft, hard)
		}
		of(p).bytes.Store(1000 << 10)
		if !w.Due() || !w.VolumeEnded() {
			t.Errorf("%s: due %v, ended %v at the end", name, w.Due(), w.VolumeEnded())
		}
		w.Check()
		if soft != 1 || hard != 1 {
			t.Errorf("%s: told %d and %d times", name, soft, hard)
		}
	}
}

// TestUsedByEitherSA: a pair is renewed where it carried something in one
// direction, too.
func TestUsedByEitherSA(t *testing.T) {
	for name, use := range map[string]func(Pair){
		"inbound":  func(p Pair) { p.In.Carried(1) },
		"outbound": func(p Pair) { p.Out.Carried(1) },
	} {
		c := loop.New()
		out, in := pair(t, Transform{Cipher: Null, Auth: SHA1}, func(p *Params) { p.Lifetime = Lifetime{Seconds: 100} })
		p, soft := Pair{in, out}, 0
		if p.Used() {
			t.Errorf("%s: used at the beginning", name)
		}
		NewWatch(c, p, func() { soft++ }, nil)
		use(p)
		if c.Pass(99 * time.Second); !p.Used() || soft != 1 {
			t.Errorf("%s: used %v, told %d times", name, p.Used(), soft)
		}
	}
}

// TestWatchThatComesLate: what is over already is told at once.
func TestWatchThatComesLate(t *testing.T) {
	c := loop.New()
	c.Pass(time.Hour)
	out, in := pair(t, Transform{Cipher: Null, Auth: SHA1}, func(p *Params) { p.Lifetime = Lifetime{Seconds: 100} })
	out.Carried(1)
	soft, hard := 0, 0
	NewWatch(c, Pair{in, out}, func() { soft++ }, func() { hard++ })
	c.Pass(0)
	if _, left := c.Next(); left || soft != 1 || hard != 1 {
		t.Errorf("told %d and %d times; a timer is left: %v", soft, hard, left)
	}
	// Without anyone to tell, it ends all the same.
	out, in = pair(t, Transform{Cipher: Null, Auth: SHA1}, func(p *Params) { p.Lifetime = Lifetime{Seconds: 100, Kilobytes: 1} })
	out.Next(4096)
	NewWatch(c, Pair{in, out}, nil, nil).Check()
	if _, left := c.Next(); left {
		t.Error("a timer is left")
	}
}

// TestLongestPacket: a packet as long as the tunnel packet's length field allows,
// and one that is longer.
func TestLongestPacket(t *testing.T) {
	tr := Transform{Cipher: DES, Auth: MD5}
	out, in := pair(t, tr, nil)
	n := out.MaxInner(65535)
	if total := out.Length(n); total != 65528 {
		t.Fatalf("%d bytes make a packet of %d", n, total)
	}
	outer, err := out.Seal(nil, echo(n, packet.IPv4Fields{}))
	if err != nil {
		t.Fatal(err)
	}
	if inner, err := in.Open(nil, outer); err != nil || len(inner) != n {
		t.Errorf("%d bytes came back, %v", len(inner), err)
	}
	if _, err := out.Seal(nil, echo(n+1, packet.IPv4Fields{})); !errors.Is(err, ErrTooLong) {
		t.Errorf("one byte more: %v", err)
	}
}

// TestSmallestMTU: the least that a tunnel packet takes.
func TestSmallestMTU(t *testing.T) {
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, nil) // 20 + 8 + 8 before, 12 after, blocks of 8
	for mtu, want := range map[int]int{47: 0, 55: 0, 56: 6, 57: 6, 63: 6, 64: 14, 1500: 1446} {
		if got := out.MaxInner(mtu); got != want {
			t.Errorf("MTU %d: %d, want %d", mtu, got, want)
		}
	}
}
