package wire

import (
	"sync"
	"time"
)

const (
	// inboxLimit is how many frames wait to be taken; more are dropped.
	inboxLimit = 1024
	// outboxLimit is how many frames wait for the device.
	outboxLimit = 1024
	// poll is how often it is looked whether the device is well.
	poll = 500 * time.Millisecond
	// reopenDelay is how long a device that went away is left alone: what was deleted
	// a moment ago should be seen to be gone.
	reopenDelay = 3 * time.Second
)

// A Wire keeps a device open: it reads and writes it, tells when it is gone, and
// opens it anew when it can be had again. All methods may be called from any
// goroutine.
type Wire struct {
	spec      Spec
	layer     Layer
	reader    Reader // nil: the wire's own
	out       outbox
	notify    func()
	onCarrier func(up bool)

	mu      sync.Mutex
	device  Device // nil while it is gone
	carrier bool   // what was told last
	off     bool   // the interface at the other end of the wire is shut down
	in      [][]byte
	dropped uint64 // since the last Take
	lost    uint64 // by the device, of what was counted

	closing chan struct{}
	once    sync.Once
	threads sync.WaitGroup
}

// Attach opens a wire. Nothing is read or written before Start.
func Attach(s Spec) (*Wire, error) {
	d, err := Open(s)
	if err != nil {
		return nil, err
	}
	w := &Wire{spec: s, layer: d.Layer(), device: d, carrier: true, closing: make(chan struct{})}
	w.out.init()
	return w, nil
}

// Await is Attach for an eth wire whose interface is not there yet: the device is
// gone from the start, and is opened as soon as it can be.
func Await(s Spec) *Wire {
	w := &Wire{spec: s, layer: Frames, closing: make(chan struct{})}
	w.out.init()
	return w
}

// Layer says what the wire carries.
func (w *Wire) Layer() Layer { return w.layer }

// A Reader reads a device until that fails. What it does not take itself, the frames
// bufs[i][Headroom:][:sizes[i]], it gives to rest, which does not keep the buffers.
type Reader func(d Device, rest func(bufs [][]byte, sizes []int)) error

// ReadBy has another reader take the place of the wire's own. It comes before Start.
func (w *Wire) ReadBy(r Reader) { w.reader = r }

// Start begins to carry. notify is called when there is something to Take, not
// again before it was taken; carrier when the device comes or goes, which it is
// taken to have until the first call. Both are called by goroutines of the wire and
// must not wait for it.
func (w *Wire) Start(notify func(), carrier func(up bool)) {
	w.notify, w.onCarrier = notify, carrier
	w.threads.Add(2)
	go w.watch()
	go w.write()
}

// Take returns the frames that came in, which are the caller's now, and how many
// were dropped besides, by the host or because they were not taken in time.
func (w *Wire) Take() (frames [][]byte, dropped uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	frames, dropped = w.in, w.dropped
	w.in, w.dropped = nil, 0
	return frames, dropped
}

// Send hands over a frame, which is copied before the wire touches it and must not
// change from now on. It does not wait; where too many frames wait already it
// returns false, and this one is lost.
func (w *Wire) Send(frame []byte) bool { return w.out.push(frame) }

// Write sends bufs[i][Headroom:] at once, and may wait; see Device. It returns how
// many the host has taken.
func (w *Wire) Write(bufs [][]byte) int {
	d := w.opened()
	if d == nil {
		return 0
	}
	n, err := d.Write(bufs, Headroom)
	if err != nil {
		d.Close() // its reader ends, and tells
	}
	return n
}

func (w *Wire) opened() Device {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.device
}

// Signal reports whether the interface at the other end of the wire signals. The
// host's side of a TUN or TAP device loses its carrier when it does not.
func (w *Wire) Signal(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off = !on
	w.signal()
}

func (w *Wire) signal() {
	if s, ok := w.device.(Signaller); ok {
		s.Signal(!w.off) // an old system keeps the carrier up
	}
}

// Close ends the wire, and its device with it, and waits until both have.
func (w *Wire) Close() {
	w.once.Do(func() { close(w.closing) })
	w.out.close()
	if d := w.opened(); d != nil {
		d.Close()
	}
	w.threads.Wait()
}

// watch keeps the device open until the wire is closed.
func (w *Wire) watch() {
	defer w.threads.Done()
	look := time.NewTicker(poll)
	defer look.Stop()
	if w.opened() == nil && !w.reopen(look.C, 0) {
		return
	}
	for {
		w.serve(look.C)
		if !w.reopen(look.C, reopenDelay) {
			return
		}
	}
}

// serve reads the device until it is gone.
func (w *Wire) serve(look <-chan time.Time) {
	d := w.opened()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.read(d)
	}()
	for {
		select {
		case <-ended:
		case <-w.closing:
			d.Close()
			<-ended
		case <-look:
			there, up := well(w.spec, d)
			if there {
				w.tell(up)
				w.count(d)
				continue
			}
			d.Close()
			<-ended
		}
		break
	}
	w.mu.Lock()
	w.device = nil
	w.mu.Unlock()
	d.Close()
	w.tell(false)
}

// reopen waits a while, and then until the device can be had again; false means
// that the wire was closed.
func (w *Wire) reopen(look <-chan time.Time, wait time.Duration) bool {
	for ; ; wait -= poll {
		select {
		case <-w.closing:
			return false
		case <-look:
		}
		if wait > 0 {
			continue
		}
		d, err := Open(w.spec)
		if err != nil {
			continue
		}
		w.mu.Lock()
		w.device, w.lost = d, 0
		if w.off {
			w.signal()
		}
		w.mu.Unlock()
		w.tell(true)
		return true
	}
}

// tell tells a change of the carrier, but not that the wire is being closed.
func (w *Wire) tell(up bool) {
	w.mu.Lock()
	change := w.carrier != up
	w.carrier = up
	w.mu.Unlock()
	select {
	case <-w.closing:
	default:
		if change {
			w.onCarrier(up)
		}
	}
}

// count takes over what the device has dropped.
func (w *Wire) count(d Device) {
	now := d.Dropped()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dropped += now - w.lost
	w.lost = now
}

// read passes frames on until the device ends.
func (w *Wire) read(d Device) {
	if w.reader != nil {
		w.reader(d, w.deliver)
		return
	}
	bufs, sizes := make([][]byte, d.BatchSize()), make([]int, d.BatchSize())
	for i := range bufs {
		bufs[i] = make([]byte, BufferSize)
	}
	for {
		n, err := d.Read(bufs, sizes, Headroom)
		if err != nil {
			return
		}
		w.deliver(bufs[:n], sizes[:n])
	}
}

// deliver puts frames into the inbox.
func (w *Wire) deliver(bufs [][]byte, sizes []int) {
	w.mu.Lock()
	waiting := len(w.in)
	for i, b := range bufs {
		switch {
		case len(w.in) >= inboxLimit:
			w.dropped++
		default:
			w.in = append(w.in, append([]byte(nil), b[Headroom:Headroom+sizes[i]]...))
		}
	}
	first := waiting == 0 && len(w.in) > 0
	w.mu.Unlock()
	if first {
		w.notify()
	}
}

// write sends what waits in the outbox, in batches.
func (w *Wire) write() {
	defer w.threads.Done()
	bufs := make([][]byte, 0, batchLimit)
	rooms := make([][]byte, batchLimit)
	for {
		frames, ok := w.out.take()
		if !ok {
			return
		}
		for len(frames) > 0 {
			bufs = bufs[:0]
			for _, f := range frames[:min(len(frames), batchLimit)] {
				room := append(rooms[len(bufs)][:0], headroom[:]...)
				room = append(room, f...)
				rooms[len(bufs)] = room
				bufs = append(bufs, room)
			}
			frames = frames[len(bufs):]
			w.Write(bufs)
		}
	}
}

// batchLimit is how many frames are written at once.
const batchLimit = 64

var headroom [Headroom]byte
