package isakmp_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/labs/loop"
)

// world is two routers' daemons and a network between them, on a lab's loop in
// virtual time.
type world struct {
	*loop.Loop
	t    testing.TB
	a, b *router
	all  []*router
	// filter sees every datagram; what it returns is delivered.
	filter    func(from *router, message []byte) [][]byte
	nat       *natBox // before some of the routers, nil where none is
	sent      []datagram
	unwatched bool // nothing reads what messages say
}

type datagram struct {
	from    *router
	message []byte
}

// run lets time pass.
func (w *world) run(d time.Duration) { w.Pass(d) }

// stream is deterministic randomness.
type stream struct {
	seed string
	n    uint64
	rest []byte
}

func (s *stream) Read(p []byte) (int, error) {
	for i := range p {
		if len(s.rest) == 0 {
			s.n++
			sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(s.seed), s.n))
			s.rest = sum[:]
		}
		p[i], s.rest = s.rest[0], s.rest[1:]
	}
	return len(p), nil
}

// router is one end: an engine, its key engine, its processor and its console.
type router struct {
	*loop.Processor
	w       *world
	name    string
	addr    netip.AddrPort
	engine  *isakmp.Engine
	config  *isakmp.Config
	ipsec   *keyEngine
	log     strings.Builder
	texts   []string // records without stamps
	events  []isakmp.Event
	quiet   bool            // no debugging
	release *isakmp.Release // nil: 12.4
}

func (r *router) other() *router {
	if r == r.w.a {
		return r.w.b
	}
	return r.w.a
}

// listening finds the router that has an address, and listens on that port.
func (w *world) listening(a netip.AddrPort) *router {
	for _, r := range w.all {
		if r.addr.Addr() == a.Addr() && (a.Port() == 500 || a.Port() == 4500) {
			return r
		}
	}
	return nil
}

func (r *router) send(local, remote netip.AddrPort, message []byte) {
	if r.w.listening(local) != r {
		r.w.t.Errorf("%s sends from %s", r.name, local)
	}
	r.w.sent = append(r.w.sent, datagram{r, message})
	copies := [][]byte{message}
	if r.w.filter != nil {
		copies = r.w.filter(r, message)
	}
	local, remote = r.w.nat.pass(local, remote)
	to := r.w.listening(remote)
	for _, m := range copies {
		if to == nil {
			continue
		}
		m = append([]byte(nil), m...)
		r.w.At(r.Now()+5*time.Millisecond, func() {
			to.Post(func() { to.engine.Input(remote, local, m) })
		})
	}
}

func (r *router) emit(e isakmp.Event) {
	r.events = append(r.events, e)
	records := debugtext.V124.Debug(e)
	if m, ok := debugtext.V124.Message(e); ok {
		records = append(records, m.Format(debugtext.V124.Text(e)))
	}
	if len(records) == 0 && !debugtext.V124.Types()[fmt.Sprintf("%T", e)] {
		r.w.t.Errorf("no words for %T", e)
	}
	r.say(records...)
}

// say logs records as a console does.
func (r *router) say(records ...string) {
	if r.quiet {
		return
	}
	for _, text := range records {
		r.texts = append(r.texts, text)
		t := r.Now().Truncate(4 * time.Millisecond)
		fmt.Fprintf(&r.log, "*Mar  1 %02d:%02d:%02d.%03d: %s\n", int(t.Hours()), int(t.Minutes())%60, int(t.Seconds())%60, t.Milliseconds()%1000, text)
		r.Spend(1300 * time.Microsecond)
	}
}

// take returns what was said since the last call.
func (r *router) take() []string {
	texts := r.texts
	r.texts = nil
	return texts
}

// newWorld has the routers of the reference trace: R1 and R3 of the lab.
func newWorld(t testing.TB) *world {
	w := &world{Loop: loop.New(), t: t}
	w.a = w.router("R1", "12.12.12.1")
	w.b = w.router("R3", "23.23.23.3")
	w.a.ipsec.flows = []*flowConfig{newFlow("10.1.1.0", "20.1.1.0")}
	w.b.ipsec.flows = []*flowConfig{newFlow("20.1.1.0", "10.1.1.0")}
	w.a.config.Keys = []isakmp.PresharedKey{hostKey("cisco", "23.23.23.3")}
	w.b.config.Keys = []isakmp.PresharedKey{hostKey("cisco", "12.12.12.1")}
	for _, r := range []*router{w.a, w.b} {
		p := isakmp.NewPolicy(10)
		p.Auth = isakmp.PreShared
		r.config.SetPolicy(p)
	}
	return w
}

func hostKey(key, peer string) isakmp.PresharedKey {
	return isakmp.PresharedKey{Key: key, Addr: netip.MustParseAddr(peer), Mask: netip.MustParseAddr("255.255.255.255")}
}

func (w *world) router(name, addr string) *router {
	r := &router{Processor: loop.NewProcessor(w.Loop), w: w, name: name, addr: netip.AddrPortFrom(netip.MustParseAddr(addr), 500)}
	r.config = &isakmp.Config{}
	r.ipsec = &keyEngine{r: r, pairs: map[uint32]isakmp.SAPair{}, enabled: map[uint32]bool{}}
	r.boot(name)
	w.all = append(w.all, r)
	return r
}

// boot makes the router's engine anew, with nothing remembered.
func (r *router) boot(seed string) {
	r.engine = isakmp.New(isakmp.Env{
		Release: r.release, Watched: func() bool { return !r.w.unwatched },
		Clock: r, Rand: &stream{seed: seed}, Spend: r.Spend, Send: r.send,
		Emit: r.emit, IPsec: r.ipsec, Config: r.config, Hostname: func() string { return r.name + ".lab" },
	})
}

// reboot has both routers run another release.
func (w *world) reboot(release *isakmp.Release) {
	for _, r := range w.all {
		r.release = release
		r.boot(r.name)
	}
}

// policy edits policy 10.
func (r *router) policy(edit func(*isakmp.Policy)) {
	p, _ := r.config.Policy(10)
	edit(&p)
	r.config.SetPolicy(p)
}

// want asks for SAs as a packet would.
func (r *router) want() uint32 { return r.ipsec.request(r.ipsec.flows[0]) }

// up reports whether both ends have SAs that fit together.
func (w *world) up() bool {
	for _, spi := range w.a.ipsec.order {
		p, ok := w.a.ipsec.pairs[spi]
		q, ok2 := w.b.ipsec.pairs[p.OutboundSPI]
		if ok && ok2 && q.OutboundSPI == p.InboundSPI &&
			string(p.Inbound.Encryption) == string(q.Outbound.Encryption) &&
			string(p.Inbound.Authentication) == string(q.Outbound.Authentication) &&
			string(q.Inbound.Encryption) == string(p.Outbound.Encryption) &&
			w.a.ipsec.enabled[p.OutboundSPI] && w.b.ipsec.enabled[q.OutboundSPI] {
			return true
		}
	}
	return false
}

var zero = netip.MustParseAddr("0.0.0.0")
