package link

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

// A bench is a link with two ends that note what they get and when.
type bench struct {
	*loop.Loop
	link *Link
	got  [2][]string
}

func settings(t *testing.T, pairs ...string) Settings {
	t.Helper()
	var s Settings
	for i := 0; i < len(pairs); i += 2 {
		if err := s.Set(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func newBench(s Settings) *bench {
	b := &bench{Loop: loop.New()}
	b.link = New(b.Loop, rand.New(rand.NewPCG(1, 2)), s)
	for i := range 2 {
		b.link.End(i).Attach(
			func(frame []byte) { b.got[i] = append(b.got[i], fmt.Sprintf("%s@%v", frame, b.Now())) },
			func(up bool) { b.got[i] = append(b.got[i], fmt.Sprintf("carrier %v@%v", up, b.Now())) })
	}
	return b
}

func (b *bench) send(end int, at time.Duration, frame string) {
	b.At(at, func() { b.link.End(end).Send(at, []byte(frame)) })
}

func (b *bench) want(t *testing.T, end int, want ...string) {
	t.Helper()
	if !slices.Equal(b.got[end], want) {
		t.Errorf("end %d got %v, want %v", end, b.got[end], want)
	}
}

func TestWhatAFrameMeets(t *testing.T) {
	tests := []struct {
		name       string
		base, a, b []string
		want       string // arrival of 125 bytes sent at 1 s; empty: never
	}{
		{"perfect", nil, nil, nil, "1s"},
		{"the link's delay", []string{"delay", "20ms"}, nil, nil, "1.02s"},
		{"an end's delay replaces it", []string{"delay", "20ms"}, []string{"delay", "50ms"}, nil, "1.05s"},
		{"those of two ends add up", []string{"delay", "20ms"}, []string{"delay", "50ms"}, []string{"delay", "1ms"}, "1.051s"},
		{"one property leaves the others alone", []string{"delay", "20ms"}, []string{"rate", "1kbit"}, nil, "2.02s"},
		{"the slower rate holds", nil, []string{"rate", "1mbit"}, []string{"rate", "1kbit"}, "2s"},
		{"all lost", nil, nil, []string{"loss", "100%"}, ""},
		{"loss taken back", []string{"loss", "100%"}, []string{"loss", "0%"}, nil, "1s"},
		{"down", []string{"state", "down"}, nil, nil, ""},
		{"up again", []string{"state", "down"}, nil, []string{"state", "up"}, "1s"},
	}
	for _, tt := range tests {
		for from := range 2 { // both directions meet the same
			t.Run(fmt.Sprint(tt.name, " from ", from), func(t *testing.T) {
				b := newBench(settings(t, tt.base...))
				var got []string
				b.link.End(1-from).Attach(func([]byte) { got = append(got, b.Now().String()) }, func(bool) {})
				b.link.End(0).Change(settings(t, tt.a...))
				b.link.End(1).Change(settings(t, tt.b...))
				b.send(from, time.Second, string(make([]byte, 125)))
				b.RunUntil(time.Minute)
				want := []string{tt.want}
				if tt.want == "" {
					want = nil
				}
				if !slices.Equal(got, want) {
					t.Errorf("arrived at %v, want %v", got, want)
				}
			})
		}
	}
}

func TestPulledCable(t *testing.T) {
	b := newBench(settings(t, "delay", "1s"))
	b.send(0, 0, "a")
	b.send(0, 1500*time.Millisecond, "lost under way")
	b.send(1, 1500*time.Millisecond, "lost too")
	b.At(2*time.Second, func() { b.link.End(1).Change(settings(t, "state", "down")) })
	b.send(0, 3*time.Second, "lost")
	b.At(4*time.Second, func() { b.link.End(1).Change(settings(t, "state", "up")) })
	b.send(0, 5*time.Second, "b")
	b.RunUntil(time.Minute)
	b.want(t, 0, "carrier false@2s", "carrier true@4s")
	b.want(t, 1, "a@1s", "carrier false@2s", "carrier true@4s", "b@6s")
}

func TestInterfaceShutDown(t *testing.T) {
	b := newBench(Settings{})
	b.link.End(0).SetOff(true)
	if !b.link.End(0).Carrier() || b.link.End(1).Carrier() {
		t.Error("only the other end loses its carrier")
	}
	b.send(1, time.Second, "x")
	b.RunUntil(2 * time.Second)
	b.link.End(0).SetOff(false)
	b.RunUntil(2 * time.Second)
	b.want(t, 0)
	b.want(t, 1, "carrier false@0s", "carrier true@2s")
}

func TestJitterKeepsOrder(t *testing.T) {
	b := newBench(settings(t, "delay", "10ms", "jitter", "8ms"))
	var sent, got []byte
	spread := map[time.Duration]bool{}
	for i := range 200 {
		at := time.Duration(i) * 3 * time.Millisecond
		sent = append(sent, byte(i))
		b.At(at, func() { b.link.End(0).Send(at, []byte{byte(i)}) })
	}
	b.link.End(1).Attach(func(f []byte) {
		late := b.Now() - time.Duration(f[0])*3*time.Millisecond
		spread[late/time.Millisecond] = true
		if late < 2*time.Millisecond || late > 18*time.Millisecond {
			t.Errorf("frame %d took %v", f[0], late)
		}
		got = append(got, f[0])
	}, nil)
	b.RunUntil(time.Second)
	if !slices.Equal(got, sent) {
		t.Errorf("order is lost: %v", got)
	}
	if len(spread) < 5 {
		t.Errorf("hardly any jitter: %v", spread)
	}
}

func TestLossIsAboutRightAndRepeats(t *testing.T) {
	run := func() int {
		b := newBench(settings(t, "loss", "30%"))
		for range 10_000 {
			b.send(0, time.Second, "x")
		}
		b.RunUntil(time.Minute)
		return len(b.got[1])
	}
	n := run()
	if n < 6800 || n > 7200 {
		t.Errorf("%d of 10000 arrived", n)
	}
	if again := run(); again != n {
		t.Errorf("%d arrived, then %d", n, again)
	}
}

func TestSlowLinkDropsTheTail(t *testing.T) {
	b := newBench(settings(t, "rate", "64kbit"))
	frame := string(make([]byte, 1500))
	for range 1000 {
		b.send(0, 0, frame)
	}
	b.RunUntil(time.Hour)
	if n := len(b.got[1]); n < 64 || n > 67 {
		t.Errorf("%d frames went through a queue of 64", n)
	}
}

func TestUnderWayIsBounded(t *testing.T) {
	b := newBench(settings(t, "delay", "1s"))
	for range maxUnderWay + 10 {
		b.link.End(0).Send(0, []byte("x"))
	}
	b.RunUntil(time.Minute)
	if n := len(b.got[1]); n != maxUnderWay {
		t.Errorf("%d arrived, want %d", n, maxUnderWay)
	}
}

func TestSendLater(t *testing.T) { // a busy router's frame departs when it is free
	b := newBench(Settings{})
	b.link.End(0).Send(time.Second, []byte("x"))
	b.RunUntil(time.Minute)
	b.want(t, 1, "x@1s")
}

// An order between hand-over and departure counts for the frame.
func TestWhatALinkIsLikeAtDeparture(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second []string // set at 1 s and at 2 s
		want          []string // of a frame that departs at 1.5 s, and one at 2.5 s
	}{
		{"loss", []string{"loss", "100%"}, []string{"loss", "0%"}, []string{"b@2.5s"}},
		{"no loss any more", []string{"loss", "0%"}, nil, []string{"a@1.5s", "b@2.5s"}},
		{"delay", []string{"delay", "10ms"}, []string{"delay", "0s"}, []string{"a@1.51s", "b@2.5s"}},
		{"down", []string{"state", "down"}, []string{"state", "up"}, []string{"carrier false@1s", "carrier true@2s", "b@2.5s"}},
		{"down and up before", []string{"state", "down", "state", "up"}, nil, []string{"carrier false@1s", "carrier true@1s", "a@1.5s", "b@2.5s"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(Settings{})
			b.link.End(0).Change(settings(t, "loss", "0%"))
			b.link.End(0).Send(1500*time.Millisecond, []byte("a"))
			b.link.End(0).Send(2500*time.Millisecond, []byte("b"))
			for i, pairs := range [][]string{tt.first, tt.second} {
				b.At(time.Duration(i+1)*time.Second, func() {
					for len(pairs) > 0 {
						b.link.End(1).Change(settings(t, pairs[:2]...))
						pairs = pairs[2:]
					}
				})
			}
			b.RunUntil(time.Minute)
			b.want(t, 1, tt.want...)
		})
	}
}

func TestFramesDepartInOrder(t *testing.T) {
	b := newBench(Settings{})
	end := b.link.End(0)
	b.At(time.Second, func() { end.Send(time.Second, []byte("b")) }) // before the departure of a, which is at the same time
	end.Send(time.Second, []byte("a"))
	end.Send(time.Millisecond, []byte("c")) // of a router that was reset
	b.RunUntil(time.Minute)
	b.want(t, 1, "a@1s", "c@1s", "b@1s")
}

func TestTapSeesBothDirections(t *testing.T) {
	b := newBench(settings(t, "delay", "1s"))
	var seen []string
	var remove func()
	remove = b.link.End(0).Tap(func(at time.Duration, sent bool, frame []byte) {
		seen = append(seen, fmt.Sprintf("%v %v %s", at, sent, frame))
		if string(frame) == "last" {
			remove()
		}
	})
	for i := range 2 {
		if !b.link.End(i).Tapped() {
			t.Errorf("end %d does not know of the tap", i)
		}
	}
	b.send(0, time.Second, "a")
	b.send(1, 2*time.Second, "b")
	b.send(0, 3500*time.Millisecond, "last")
	b.send(0, 4*time.Second, "unseen")
	b.RunUntil(time.Minute)
	if b.link.End(1).Tapped() {
		t.Error("the tap was not removed")
	}
	if want := []string{"1s true a", "3s false b", "3.5s true last"}; !slices.Equal(seen, want) {
		t.Errorf("saw %v, want %v", seen, want)
	}
	b.want(t, 0, "b@3s")
	b.want(t, 1, "a@2s", "last@4.5s", "unseen@5s")
}

func TestSteadySendingCostsNoAllocation(t *testing.T) {
	l := loop.New()
	k := New(l, rand.New(rand.NewPCG(1, 2)), settings(t, "delay", "1ms"))
	frame := make([]byte, 100)
	once := func() {
		for range 10 {
			k.End(0).Send(l.Now(), frame)
		}
		l.RunUntil(l.Now() + time.Second)
	}
	once()
	if n := testing.AllocsPerRun(100, once); n > 1 { // RunUntil's own
		t.Errorf("%v allocations for ten frames", n)
	}
}
