package wire

import "sync"

// outbox holds the frames that wait for a device.
type outbox struct {
	mu     sync.Mutex
	filled *sync.Cond
	frames [][]byte
	closed bool
}

func (o *outbox) init() { o.filled = sync.NewCond(&o.mu) }

// push adds a frame; false means that there is no room.
func (o *outbox) push(frame []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || len(o.frames) >= outboxLimit {
		return false
	}
	o.frames = append(o.frames, frame)
	o.filled.Signal()
	return true
}

// take waits for frames and returns all there are; false means that the outbox is
// closed and empty.
func (o *outbox) take() ([][]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.frames) == 0 {
		if o.closed {
			return nil, false
		}
		o.filled.Wait()
	}
	frames := o.frames
	o.frames = nil
	return frames, true
}

func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.filled.Signal()
}
