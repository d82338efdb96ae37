package telnet

import "sync"

// Limits of a client's backlog, in bytes.
const (
	backlogLimit = 1 << 20  // more, and the client is cut off
	backlogHigh  = 64 << 10 // more, and nothing more is taken from the client
)

// A backlog is what waits to be sent to a client. The loop adds to it, a goroutine
// of the client's takes from it.
type backlog struct {
	mu      sync.Mutex
	waiting []byte
	sending int // bytes taken and not sent yet
	over    bool
	wake    chan struct{}
}

func newBacklog() *backlog { return &backlog{wake: make(chan struct{}, 1)} }

// add appends b. It returns false where the client has left too much unread.
func (l *backlog) add(b []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return true
	}
	if len(l.waiting)+l.sending+len(b) > backlogLimit {
		return false
	}
	l.waiting = append(l.waiting, b...)
	l.signal()
	return true
}

// finish ends the backlog with a last word. Where instead is set that takes the
// place of what waits.
func (l *backlog) finish(last string, instead bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return
	}
	if instead {
		l.waiting = nil
	}
	l.waiting = append(l.waiting, last...)
	l.over = true
	l.signal()
}

func (l *backlog) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// take returns what waits, and whether no more will come. The bytes count as unread
// until the next take.
func (l *backlog) take() (b []byte, over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, l.waiting = l.waiting, nil
	l.sending = len(b)
	return b, l.over
}

// high reports whether the client should read before it types more.
func (l *backlog) high() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.over && len(l.waiting)+l.sending > backlogHigh
}
