package wire

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// wired opens a UDP wire with another device at its far end.
func wired(t *testing.T) (w *Wire, far Device) {
	t.Helper()
	p := netlab.FreePorts(t, 2)
	s, err := Parse(fmt.Sprintf("udp:%d:127.0.0.1:%d", p[0], p[1]))
	if err != nil {
		t.Fatal(err)
	}
	if w, err = Attach(s); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w, open(t, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[1], p[0]))
}

func frameOf(text string) []byte { return append(make([]byte, Headroom), text...) }

func TestWireCarries(t *testing.T) {
	w, far := wired(t)
	notified := make(chan struct{}, 10)
	w.Start(func() { notified <- struct{}{} }, func(bool) { t.Error("the carrier changed") })
	if _, err := far.Write([][]byte{frameOf("in")}, Headroom); err != nil {
		t.Fatal(err)
	}
	<-notified
	if frames, dropped := w.Take(); len(frames) != 1 || string(frames[0]) != "in" || dropped != 0 {
		t.Errorf("%q, %d dropped", frames, dropped)
	}
	if frames, _ := w.Take(); frames != nil {
		t.Errorf("%q once more", frames)
	}
	if !w.Send([]byte("out")) {
		t.Error("no room")
	}
	bufs, sizes := buffers(1, 100), make([]int, 1)
	if n, err := far.Read(bufs, sizes, Headroom); n != 1 || err != nil || string(bufs[0][Headroom:Headroom+sizes[0]]) != "out" {
		t.Errorf("%d frames, %v", n, err)
	}
}

// TestWireFlooded: a reader that does not take the frames finds a bounded number of them, and
// how many were dropped.
func TestWireFlooded(t *testing.T) {
	w, far := wired(t)
	const sent = 3 * inboxLimit
	passed := make(chan int, sent+1)
	w.ReadBy(reading(func(bufs [][]byte, sizes []int) ([][]byte, []int) {
		passed <- len(bufs)
		return bufs, sizes
	}))
	w.Start(func() {}, func(bool) {})
	seen := 0
	for i := 0; i < sent; i += 64 {
		far.Write(sixty(64), Headroom)
		for seen < i { // no faster than they are read, so that the kernel loses none
			seen += <-passed
		}
	}
	for seen < sent {
		seen += <-passed
	}
	far.Write([][]byte{frameOf("last")}, Headroom)
	total := 0
	for deadline := time.Now().Add(10 * time.Second); total < sent+1 && time.Now().Before(deadline); runtime.Gosched() {
		frames, dropped := w.Take()
		if len(frames) > inboxLimit {
			t.Fatalf("%d frames waited", len(frames))
		}
		total += len(frames) + int(dropped)
	}
	if total != sent+1 {
		t.Errorf("%d frames came or were counted, of %d", total, sent+1)
	}
}

func sixty(n int) [][]byte {
	list := make([][]byte, n)
	for i := range list {
		list[i] = append(make([]byte, Headroom), bytes.Repeat([]byte{1}, 60)...)
	}
	return list
}

// reading is a reader of one frame at a time that leaves to the wire what see returns.
func reading(see func(bufs [][]byte, sizes []int) ([][]byte, []int)) Reader {
	return func(d Device, rest func(bufs [][]byte, sizes []int)) error {
		bufs, sizes := buffers(1, 100), make([]int, 1)
		for {
			if _, err := d.Read(bufs, sizes, Headroom); err != nil {
				return err
			}
			rest(see(bufs, sizes))
		}
	}
}

// TestReadBy: what another reader takes does not come in.
func TestReadBy(t *testing.T) {
	w, far := wired(t)
	notified := make(chan struct{}, 10)
	w.ReadBy(reading(func(bufs [][]byte, sizes []int) ([][]byte, []int) {
		if bufs[0][Headroom] == 'f' {
			return nil, nil
		}
		return bufs, sizes
	}))
	w.Start(func() { notified <- struct{}{} }, func(bool) {})
	far.Write([][]byte{frameOf("fast"), frameOf("slow")}, Headroom)
	<-notified
	if frames, _ := w.Take(); len(frames) != 1 || string(frames[0]) != "slow" {
		t.Errorf("%q", frames)
	}
}

func TestOutboxIsBounded(t *testing.T) {
	w, _ := wired(t) // not started: what is sent is not taken
	for i := range outboxLimit {
		if !w.Send([]byte("a frame")) {
			t.Fatalf("no room for frame %d", i)
		}
	}
	if w.Send([]byte("one more")) {
		t.Error("there is no end of the room")
	}
}

// TestCloseLeavesNothing: no goroutine outlives a wire.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 10 {
		w, far := wired(t)
		w.Start(func() {}, func(bool) {})
		w.Send([]byte("a frame"))
		w.Close()
		w.Close()
		far.Close()
	}
	// One that has nothing left to do may not have gone yet.
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}
