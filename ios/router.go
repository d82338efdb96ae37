package ios

import (
	"fmt"
	"io"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// Clock is the lab's clock as this router sees it: Now is never earlier than
// the end of what its processor was given to do.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}

// Options make a router.
type Options struct {
	Name    string // of the node; the hostname until one is configured
	Clock   Clock
	Spend   func(time.Duration)            // makes the processor busy
	Rand    func(purpose string) io.Reader // one stream of randomness a purpose
	Version string                         // of IOS: one of Versions; "" means DefaultVersion
	NVRAM   Store                          // nil means a MemoryStore
	Flash   Flash                          // nil: there is none
	// Terminal is what the console is shown on: Out or Script, and its size.
	Terminal cli.Options
	// QuietUntil keeps log records off the console, not out of the buffer, up
	// to that time.
	QuietUntil time.Duration
}

// Router is one router. Its methods run on the lab's loop.
type Router struct {
	Options
	release release
	words   *debugtext.Table // of the release
	bus     *event.Bus

	stopDebug func() // debug's reader
	grammar   *cli.Grammar
	ports     []*forwarding.Port
	streams   map[string]io.Reader // by purpose
	secrets   io.Reader            // salts of passwords
	keyLog    KeyLog               // nil where the keys of SAs are not exported

	restartReason string // as `show version` has it
	toldVolatile  bool   // the user knows that the NVRAM goes with the process
	*system
}

// New returns a router that is switched off; Boot starts it.
func New(o Options) (*Router, error) {
	if o.Version == "" {
		o.Version = DefaultVersion
	}
	rel, ok := findRelease(o.Version)
	if !ok {
		return nil, fmt.Errorf("no IOS version %q here; there is %v", o.Version, Versions())
	}
	if o.NVRAM == nil {
		o.NVRAM = &MemoryStore{}
	}
	r := &Router{
		Options: o, release: rel, words: debugtext.For(o.Version), grammar: grammarOf(rel.number),
		streams: map[string]io.Reader{}, restartReason: "power-on", stopDebug: func() {},
	}
	r.bus = event.NewBus(r.Name, r.Clock.Now)
	r.bus.Changed = r.watchPackets
	r.bus.Subscribe(event.IKE|event.IPsec|event.System, r.logEvent)
	r.secrets = r.stream("secrets")
	return r, nil
}

// stream is the router's randomness for a purpose. It goes on through reloads:
// a router that comes up again must not draw the cookies, nonces and SPIs of its
// former life, which its peers remember.
func (r *Router) stream(purpose string) io.Reader {
	if r.streams[purpose] == nil {
		r.streams[purpose] = r.Rand(purpose)
	}
	return r.streams[purpose]
}

// Stack is the router's IP, nil before it was first switched on. A reload makes a new
// one.
func (r *Router) Stack() *forwarding.Stack {
	if r.system == nil {
		return nil
	}
	return r.stack
}

// Hostname is the router's name: as configured, else the node's.
func (r *Router) Hostname() string {
	if r.system == nil {
		return r.Name
	}
	return r.config.hostname
}

// Console returns the session on the console line, nil while the router is off. A
// reload makes a new one.
func (r *Router) Console() *cli.Session {
	if r.system == nil {
		return nil
	}
	return r.console
}

// Attach gives the router an interface of that name, whose frames leave by
// send. It must come before Boot.
func (r *Router) Attach(name string, send func(frame []byte)) (*forwarding.Port, error) {
	n, err := forwarding.ParseName(name)
	if err != nil {
		return nil, err
	}
	for _, p := range r.ports {
		if p.Name() == n {
			return nil, fmt.Errorf("interface %s of %s has two links", n, r.Name)
		}
	}
	p := forwarding.NewPort(n, send)
	ifc := n.String()
	p.Around(func(frame []byte, carrier bool) { r.touched(ifc, frame, carrier) }, r.bus.End)
	r.ports = append(r.ports, p)
	return p, nil
}
