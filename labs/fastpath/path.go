package fastpath

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/loop"
)

// A Writer is where the frames of a wire leave.
type Writer interface {
	// Write sends bufs[i][wire.Headroom:] and returns how many were taken.
	Write(bufs [][]byte) int
}

// A Wire is one of a router's wires to the host.
type Wire struct {
	Port *forwarding.Port
	Out  Writer
	Bare bool // it carries packets, not frames
	// Clear reports whether the link does nothing to frames, and no capture sees them. It
	// is called on the loop.
	Clear func() bool
}

// A Path is the fast path of one router.
type Path struct {
	loop  *loop.Loop
	lanes []*Lane
	state atomic.Pointer[state]

	mu    sync.Mutex
	posts []func() // for the loop
}

// state is what workers decide on.
type state struct {
	view *forwarding.View
	at   []*forwarding.Interface // of each lane
}

// foldEvery is how often what workers have counted is taken over.
const foldEvery = time.Second

// New makes the fast path of a router. It carries nothing until it is started.
func New(l *loop.Loop, wires []Wire) *Path {
	p := &Path{loop: l}
	for _, w := range wires {
		p.lanes = append(p.lanes, &Lane{Wire: w, path: p, index: len(p.lanes)})
	}
	return p
}

// Lane is that of a wire.
func (p *Path) Lane(i int) *Lane { return p.lanes[i] }

// Start begins to publish what workers may know. To be called on the loop.
func (p *Path) Start() {
	p.refresh()
	p.loop.OnRound(p.refresh)
	p.loop.After(foldEvery, p.fold)
}

func (p *Path) fold() {
	for _, l := range p.lanes {
		if n := l.dropped.Swap(0); n > 0 {
			l.Port.Overrun(n)
		}
		if n := l.unsent.Swap(0); n > 0 {
			l.Port.Unsent(n)
		}
	}
	if ifc := p.lanes[0].Port.Interface(); ifc != nil {
		ifc.Stack().Fold()
	}
	p.loop.After(foldEvery, p.fold)
}

// refresh publishes what has changed.
func (p *Path) refresh() {
	now := &state{}
	for _, l := range p.lanes {
		ifc := l.Port.Interface()
		if ifc == nil { // the router is off
			p.state.Store(nil)
			return
		}
		ifc.SetBeside(l.Clear())
		now.at = append(now.at, ifc)
	}
	now.view = now.at[0].Stack().Publish()
	if now.view == nil {
		p.state.Store(nil)
		return
	}
	if old := p.state.Load(); old == nil || old.view != now.view || !slices.Equal(old.at, now.at) {
		p.state.Store(now)
	}
}

// maxPosts bounds what waits for the loop.
const maxPosts = 256

// post has the loop do f. It returns false where too much waits for it already.
func (p *Path) post(f func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.posts) >= maxPosts {
		return false
	}
	p.posts = append(p.posts, f)
	if len(p.posts) == 1 {
		p.loop.Do(p.attend)
	}
	return true
}

// attend does what was posted.
func (p *Path) attend() {
	p.mu.Lock()
	posts := p.posts
	p.posts = nil
	p.mu.Unlock()
	for _, f := range posts {
		f()
	}
}

// lane is that of the interface; nil where it has none.
func (p *Path) lane(s *state, ifc *forwarding.Interface) *Lane {
	for i, at := range s.at {
		if at == ifc {
			return p.lanes[i]
		}
	}
	return nil
}
