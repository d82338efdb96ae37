package esp

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/loop"
)

func TestTimeLeft(t *testing.T) {
	born := 7 * time.Second
	out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) {
		p.Lifetime, p.Born = Lifetime{3600, 4608000}, born
	})
	for _, test := range []struct {
		age  time.Duration
		want uint32
	}{{0, 3600}, {time.Millisecond, 3600}, {time.Second, 3599}, {3599500 * time.Millisecond, 1}, {3600 * time.Second, 0}, {4000 * time.Second, 0}} {
		if got := out.SecondsLeft(born + test.age); got != test.want {
			t.Errorf("after %v: %d s left, want %d", test.age, got, test.want)
		}
	}
	if at, ok := out.Softens(); !ok || at != born+3570*time.Second {
		t.Errorf("softens at %v, %v", at, ok)
	}
	if at, ok := out.Ends(); !ok || at != born+3600*time.Second {
		t.Errorf("ends at %v, %v", at, ok)
	}
}

// TestShortLife: a peer may insist on a life shorter than the time before its end
// at which SAs are renewed. Each SA must not be renewed as soon as it is made.
func TestShortLife(t *testing.T) {
	for seconds, want := range map[uint32]time.Duration{
		1: time.Second / 2, 30: 15 * time.Second, 59: 29500 * time.Millisecond, 60: 30 * time.Second, 120: 90 * time.Second,
	} {
		out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) { p.Lifetime.Seconds = seconds })
		if at, ok := out.Softens(); !ok || at != want {
			t.Errorf("a life of %d s: renewed after %v, want %v", seconds, at, want)
		}
	}
}

func TestVolume(t *testing.T) {
	for _, test := range []struct {
		limit       uint32
		bytes       uint64
		shown       uint32
		soft, ended bool
	}{
		{0, 1 << 40, 0, false, false},
		{1000, 0, 1000, false, false},
		{1000, 1023, 1000, false, false},
		{1000, 1024, 999, false, false},
		{1000, 744 << 10, 256, false, false},
		{1000, 744<<10 + 1, 256, true, false},
		{1000, 1000<<10 - 1, 1, true, false},
		{1000, 1000 << 10, 0, true, true},
		{1000, 9000 << 10, 0, true, true},
		{100, 0, 100, false, false},
		{100, 1, 100, false, false},
		{100, 50<<10 + 1, 50, true, false},
		{1, 1, 1, false, false},
	} {
		out, _ := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) { p.Lifetime.Kilobytes = test.limit })
		out.bytes.Store(test.bytes)
		if out.KilobytesShown() != test.shown || out.VolumeSoft() != test.soft || out.VolumeEnded() != test.ended {
			t.Errorf("%d of %d kB: shown %d, soft %v, ended %v; want %d %v %v", test.bytes, test.limit,
				out.KilobytesShown(), out.VolumeSoft(), out.VolumeEnded(), test.shown, test.soft, test.ended)
		}
	}
}

func TestDisplayStart(t *testing.T) {
	r := random(3)
	seen := map[uint32]bool{}
	for range 100 {
		n, err := DisplayStart(r, 4608000)
		if err != nil || n < 4377600 || n > 4608000 {
			t.Fatalf("%d, %v", n, err)
		}
		seen[n] = true
	}
	if len(seen) < 90 {
		t.Errorf("%d values of 100", len(seen))
	}
	if n, err := DisplayStart(r, 0); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := DisplayStart(bytes.NewReader(nil), 1); err == nil {
		t.Error("no error without random bytes")
	}
}

func TestWatch(t *testing.T) {
	const second = time.Second
	send := func(n int) func(Pair) {
		return func(p Pair) {
			for range n {
				if _, err := p.Out.Seal(nil, echo(1024, packet.IPv4Fields{})); err != nil {
					panic(err)
				}
			}
		}
	}
	type step struct {
		at time.Duration
		do func(Pair)
	}
	tests := []struct {
		name       string
		life       Lifetime
		steps      []step
		soft, hard time.Duration // when told; -1 never
	}{
		{"used", Lifetime{3600, 0}, []step{{5 * second, send(1)}}, 3570 * second, 3600 * second},
		{"not used", Lifetime{3600, 0}, nil, -1, 3600 * second},
		{"used late", Lifetime{3600, 0}, []step{{3580 * second, send(1)}}, 3580 * second, 3600 * second},
		{"no limit", Lifetime{}, []step{{5 * second, send(1)}}, -1, -1},
		{"short", Lifetime{20, 0}, []step{{5 * second, send(1)}}, 10 * second, 20 * second},
		{"volume", Lifetime{3600, 1000}, []step{{5 * second, send(744)}, {6 * second, send(1)}, {7 * second, send(255)}}, 6 * second, 7 * second},
		{"volume at once", Lifetime{3600, 1000}, []step{{5 * second, send(1000)}}, 5 * second, 5 * second},
		{"volume without a time", Lifetime{0, 1000}, []step{{5 * second, send(800)}}, 5 * second, -1},
	}
	for _, test := range tests {
		c := loop.New()
		c.Pass(100 * second)
		change := func(p *Params) { p.Lifetime, p.Born = test.life, c.Now() }
		out, in := pair(t, Transform{Cipher: Null, Auth: SHA1}, change)
		soft, hard := time.Duration(-1), time.Duration(-1)
		told := 0
		w := NewWatch(c, Pair{in, out},
			func() { soft = c.Now() - 100*second; told++ },
			func() { hard = c.Now() - 100*second; told++ })
		for _, s := range test.steps {
			c.RunUntil(100*second + s.at)
			s.do(Pair{in, out})
			w.Check()
		}
		c.RunUntil(10000 * second)
		w.Check()
		if soft != test.soft || hard != test.hard || told > 2 {
			t.Errorf("%s: soft %v, hard %v, want %v, %v; %d calls", test.name, soft, hard, test.soft, test.hard, told)
		}
		if _, left := c.Next(); left && hard >= 0 {
			t.Errorf("%s: timers left", test.name)
		}
	}
}

func TestWatchStopped(t *testing.T) {
	c := loop.New()
	out, in := pair(t, Transform{Cipher: Null, Auth: SHA1}, func(p *Params) { p.Lifetime = Lifetime{100, 1} })
	fail := func() { t.Error("told after it was stopped") }
	w := NewWatch(c, Pair{in, out}, fail, fail)
	w.Stop()
	w.Stop()
	out.bytes.Store(1 << 20)
	w.Check()
	c.RunUntil(time.Hour)

	// Stopping from within a call is how a renewal that ends at once looks.
	var x *Watch
	calls := 0
	x = NewWatch(c, Pair{in, out}, func() { calls++; x.Stop() }, fail)
	x.Check()
	if _, left := c.Next(); left || calls != 1 {
		t.Errorf("%d calls, and a timer is left: %v", calls, left)
	}
}

// TestVolumeIsTakenToThePacket: an SA carries packets as long as there is volume left, in
// both directions, whoever looks at what is left, and whenever.
func TestVolumeIsTakenToThePacket(t *testing.T) {
	for _, tr := range []Transform{{Cipher: AES, Auth: SHA1}, {Cipher: Null, Auth: MD5}} {
		out, in := pair(t, tr, func(p *Params) { p.Lifetime.Kilobytes = 2 })
		for n := range 9 { // 8 of 256 bytes are all
			seq, err := out.Next(256)
			if (err == nil) != (n < 8) {
				t.Errorf("%v: packet %d out: %v", tr, n+1, err)
			}
			if n == 8 && (!errors.Is(err, ErrVolume) || out.seq.Load() != 8) {
				t.Errorf("%v: %v, with sequence number %d of %d", tr, err, seq, out.seq.Load())
			}
			inner, err := in.Accept(Opened{Inner: echo(256, packet.IPv4Fields{}), Seq: uint32(n + 1), Verified: true})
			if (err == nil) != (n < 8) || (inner == nil) != (err != nil) {
				t.Errorf("%v: packet %d in: %v", tr, n+1, err)
			}
		}
		if _, err := in.Accept(Opened{Inner: echo(256, packet.IPv4Fields{}), Seq: 3, Verified: true}); !errors.Is(err, ErrReplay) {
			t.Errorf("%v: a replay at the end: %v", tr, err)
		}
		in.Refused(ErrVolume)
		if n := in.p.Counters.RecvErrors.Load(); n != 0 {
			t.Errorf("%v: %d receive errors", tr, n)
		}
	}
}
