package slow

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// run is NAT and the model in one world.
type run struct {
	*world
	nat     *nat.NAT
	model   *Model
	answers []Packet // to packets that went out
	step    int
}

// Compare does that many random things to a NAT and to the model, and returns the first
// difference.
func Compare(random Random, steps int) error {
	w := &world{Random: random, out: ip(200, 0, 0, 1)}
	r := &run{world: w}
	for _, name := range []string{"1", "2", "101", "102"} {
		kind := acl.Extended
		if len(name) == 1 {
			kind = acl.Standard
		}
		w.lists.Open(name, kind)
	}
	r.nat = nat.New(nat.Env{
		Now: w.Now, After: w.After,
		Emit: func(nat.Event) {}, Wants: func() bool { return false },
		List: w.lists.Get, RouteMap: w.routeMap, Address: w.address, HashKey: uint64(random.Intn(1 << 30)),
	})
	r.nat.SetServices(nat.Services{NoDNS: true})
	r.model = &Model{
		Now: w.Now, List: w.lists.Get, RouteMap: w.routeMap, Address: w.address,
		Pools: make(map[string]nat.Pool), Timeouts: nat.DefaultTimeouts(), Most: nat.DefaultEntries,
		last: make(map[string]netip.Addr), PoolMisses: make(map[string]int),
	}
	for range 10 {
		w.edit()
		r.configure()
	}
	for r.step = range steps {
		var err error
		switch n := w.Intn(200); {
		case n < 180:
			err = r.packet()
		case n < 195:
			w.Wait(pick(w, time.Duration(w.Intn(3000))*time.Millisecond, time.Duration(w.Intn(100))*time.Second))
			r.model.Tick()
		default:
		}
		if err == nil && w.chance(20) {
			err = r.equal()
		}
		if err != nil {
			return fmt.Errorf("step %d: %w", r.step, err)
		}
	}
	return r.equal()
}

// packet sends a packet through both.
func (r *run) packet() error {
	outbound := r.chance(2)
	p := Packet{Protocol: pick[uint8](r, 6, 6, 17, 17, 1, 47, 99)}
	if outbound {
		p.Src, p.Dst = End{r.insideHost(), r.port()}, End{pick(r, r.outsideHost(), r.localOutside()), r.port()}
	} else {
		p.Src, p.Dst = End{r.outsideHost(), r.port()}, End{pick(r, r.global(), ip(200, 0, 0, 1), ip(10, 9, 0, 9)), r.port()}
		if len(r.answers) > 0 && !r.chance(3) {
			p = pick(r, r.answers...)
		}
	}
	switch p.Protocol {
	case packet.ProtoTCP:
		p.Flags = pick[uint8](r, packet.TCPSyn, packet.TCPSyn|packet.TCPAck, packet.TCPAck, packet.TCPAck, packet.TCPFin|packet.TCPAck, packet.TCPRst)
	case packet.ProtoICMP:
		p.Dst.ID = p.Src.ID
	case packet.ProtoUDP:
	default:
		p.Src.ID, p.Dst.ID = 0, 0
	}
	return r.send(p, outbound)
}

func (r *run) send(p Packet, outbound bool) error {
	b := build(p)
	way := nat.Way{Out: pick(r, "Out", "Out", "Out2")}
	ask, back, fast, model := r.nat.Outbound, r.nat.Inbound, (*nat.View).Outbound, r.model.Outbound
	if !outbound {
		ask, back, fast, model = r.nat.Inbound, r.nat.Outbound, (*nat.View).Inbound, r.model.Inbound
	}
	seen := acl.Examine(b)
	entry, answer := fast(r.nat.Publish(), b, &seen, way, hitter{})
	d := ask(b, way)
	if len(d.Makes) > 0 { // where nothing is assumed, the answer's way must be another
		if err := turnedBack(d, back, p, way); err != nil {
			return err
		}
	}
	d.Apply()
	want, ok := model(p, way, len(b))
	got := p
	switch d.Verdict {
	case nat.Translated:
		var sound bool
		if got, sound = read(d.Packets[0]); !sound {
			return fmt.Errorf("%+v: a bad checksum", p)
		}
	case nat.Refused:
	case nat.Untouched:
	default:
		return fmt.Errorf("%+v: verdict %d", p, d.Verdict)
	}
	if ok != (d.Verdict != nat.Refused) || ok && got != want {
		return fmt.Errorf("%v outbound %v: %+v: NAT says %d (%d) %+v, the model %v %+v", r.now, outbound, p, d.Verdict, d.Reason, got, ok, want)
	}
	switch {
	case answer == nat.Pass && d.Verdict != nat.Untouched:
		return fmt.Errorf("%+v: a worker would let it pass, and NAT says %d", p, d.Verdict)
	case answer == nat.Translate:
		entry.Seen(&seen, outbound)
		entry.Rewrite(b, outbound)
		if d.Verdict != nat.Translated || len(d.Makes) > 0 || string(b) != string(d.Packets[0]) || seen != acl.Examine(b) {
			return fmt.Errorf("%+v: a worker would translate it, and NAT says %d", p, d.Verdict)
		}
	}
	if outbound && ok {
		r.answers = append(r.answers, Packet{got.Protocol, got.Dst, got.Src, 0})
		if len(r.answers) > 50 {
			r.answers = slices.Delete(r.answers, 0, 1)
		}
	}
	return nil
}

// turnedBack reports whether an answer to a packet finds its way back, with nothing but the
// decision assumed.
func turnedBack(d nat.Decision, back func(packet.IPv4, nat.Way, ...nat.Decision) nat.Decision, p Packet, way nat.Way) error {
	out, _ := read(d.Packets[0])
	a := back(build(Packet{out.Protocol, out.Dst, out.Src, 0}), way, d)
	if a.Verdict != nat.Translated || len(a.Makes) > 0 {
		return fmt.Errorf("%+v: the answer to what is assumed is not translated: %d", p, a.Verdict)
	}
	if in, _ := read(a.Packets[0]); in.Src != p.Dst || in.Dst != p.Src {
		return fmt.Errorf("%+v: the answer to what is assumed goes from %v to %v", p, in.Src, in.Dst)
	}
	return nil
}

// hitter takes all hits.
type hitter struct{}

func (hitter) Hit(*acl.Rule) bool { return true }

// row is an entry of either table.
type row struct {
	protocol       uint8
	ig, il, ol, og nat.Endpoint
	static         bool
}

func (r row) String() string {
	return fmt.Sprintf("%s %v:%d %v:%d %v:%d %v:%d static %v", nat.ProtocolName(r.protocol), r.ig.Addr, r.ig.ID,
		r.il.Addr, r.il.ID, r.ol.Addr, r.ol.ID, r.og.Addr, r.og.ID, r.static)
}

// equal compares the tables and counters.
func (r *run) equal() error {
	got, want := make(map[row]int), make(map[row]int)
	for _, t := range r.nat.Translations() {
		got[row{t.Protocol, t.InsideGlobal, t.InsideLocal, t.OutsideLocal, t.OutsideGlobal, t.Static}]++
	}
	end := func(e End) nat.Endpoint { return nat.Endpoint{Addr: e.Addr, ID: uint32(e.ID)} }
	aliases := make(map[netip.Addr]bool)
	used := make(map[string]map[netip.Addr]bool)
	for _, e := range r.model.entries {
		want[row{e.protocol, end(e.ig), end(e.il), end(e.ol), end(e.og), e.permanent}]++
		a := e.ig.Addr
		if e.shape == simpleOutside || e.shape == portStatic && e.static.Kind == nat.OutsideSource {
			a = e.ol.Addr
		}
		if (e.shape != flow && e.static != nil && !e.static.NoAlias && e.static.Interface == "") || pooled(e) {
			aliases[a] = true
		}
		if pooled(e) {
			if used[e.rule.Pool] == nil {
				used[e.rule.Pool] = make(map[netip.Addr]bool)
			}
			used[e.rule.Pool][a] = true
		}
	}
	if !maps.Equal(got, want) {
		return fmt.Errorf("the tables differ: %s", difference(got, want))
	}
	for _, a := range r.nat.Aliases() {
		if !aliases[a] {
			return fmt.Errorf("%v is an alias for no reason", a)
		}
		delete(aliases, a)
	}
	if len(aliases) > 0 {
		return fmt.Errorf("no aliases: %v", aliases)
	}
	for _, p := range r.nat.Pools() {
		if p.Allocated != len(used[p.Name]) || int(p.Misses) != r.model.PoolMisses[p.Name] || p.Total != len(r.model.addresses(&nat.Rule{Pool: p.Name})) {
			return fmt.Errorf("pool %s has %d in use of %d, %d misses; the model says %v, %d", p.Name, p.Allocated, p.Total, p.Misses, used[p.Name], r.model.PoolMisses[p.Name])
		}
	}
	return r.equalCounts()
}

// pooled reports whether an entry has an address of a pool by itself.
func pooled(e *entry) bool {
	return e.rule != nil && e.rule.Pool != "" && !e.destination &&
		(e.shape != flow || e.inside == nil && e.rule.Kind == nat.InsideSource)
}

func (r *run) equalCounts() error {
	s, m := r.nat.Statistics(), r.model
	if s.Dynamic != m.made() || s.Static+s.Dynamic != len(m.entries) || int(s.Hits) != m.Hits || int(s.Misses) != m.Misses || int(s.Expired) != m.Expired {
		return fmt.Errorf("the counters are %+v; of the model %d entries, %d hits, %d misses, %d expired", s, m.made(), m.Hits, m.Misses, m.Expired)
	}
	for i, x := range r.nat.Rules() {
		if x.References != m.References(m.Rules[i]) || r.nat.RuleInUse(x.Rule) != (x.References > 0) {
			return fmt.Errorf("rule %+v: %d references, the model says %d", x.Rule, x.References, m.References(m.Rules[i]))
		}
	}
	return nil
}

func difference(got, want map[row]int) (s string) {
	for k, n := range got {
		if want[k] != n {
			s += fmt.Sprintf("\n%v: %d, not %d", k, n, want[k])
		}
	}
	for k, n := range want {
		if got[k] == 0 {
			s += fmt.Sprintf("\n%v: %d, and none in NAT", k, n)
		}
	}
	return s
}
