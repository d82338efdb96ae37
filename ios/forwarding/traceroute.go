package forwarding

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TraceParams is what a traceroute is asked to do. The zero value of all but Dst
// gives IOS's defaults.
type TraceParams struct {
	Dst, Src       netip.Addr // Src not valid: that of the interface towards Dst
	Timeout        time.Duration
	Probes         int // at each distance
	MinTTL, MaxTTL int
	Port           uint16 // of the first probe; each next one takes the next
}

// TraceResult is the end of one probe.
type TraceResult struct {
	TTL, Probe int           // distance from MinTTL on, and number of the probe from 0 on
	From       netip.Addr    // not valid where there was no answer
	Mark       string        // "" for an answer with a time; "*", "!H", "!N", "!P", "!A", "!Q", "!T", "?"
	RTT        time.Duration // whole ticks of the clock, at least 1 ms
}

// A Traceroute sends UDP datagrams to ports that should be closed, with more
// and more time to live, one after the other.
type Traceroute struct {
	waiter
	stack   *Stack
	params  TraceParams
	local   uint16 // port that the probes come from
	port    uint16 // of the probe under way
	ttl     int
	probe   int
	arrived bool // this distance is the last one
	sent    time.Duration
	stop    func()
	results []TraceResult
	done    bool
}

// firstLocalPort is where the ports begin that probes are sent from.
const firstLocalPort = 49152

// StartTraceroute begins a traceroute. Its results are read with Next, and waited
// for with Wait.
func (s *Stack) StartTraceroute(params TraceParams) *Traceroute {
	setDefault(&params.Timeout, 3*time.Second)
	setDefault(&params.Probes, 3)
	setDefault(&params.MinTTL, 1)
	setDefault(&params.MaxTTL, 30)
	setDefault(&params.Port, 33434)
	s.probeID++
	t := &Traceroute{
		stack: s, params: params, ttl: params.MinTTL, probe: -1,
		local: firstLocalPort + s.probeID%8192, port: params.Port - 1,
	}
	s.traces = append(s.traces, t)
	t.next()
	return t
}

func setDefault[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}

// Done says that no more results will come than Next still has.
func (t *Traceroute) Done() bool { return t.done }

// Next takes the next result, in order.
func (t *Traceroute) Next() (TraceResult, bool) {
	if len(t.results) == 0 {
		return TraceResult{}, false
	}
	r := t.results[0]
	t.results = t.results[1:]
	return r, true
}

// Stop ends the traceroute where it stands.
func (t *Traceroute) Stop() {
	if t.done {
		return
	}
	t.done = true
	if t.stop != nil {
		t.stop()
	}
	t.stack.traces = slices.DeleteFunc(t.stack.traces, func(o *Traceroute) bool { return o == t })
}

// next sends the next probe, or ends.
func (t *Traceroute) next() {
	if t.probe++; t.probe >= t.params.Probes {
		t.probe = 0
		t.ttl++
		if t.arrived || t.ttl > t.params.MaxTTL {
			t.Stop()
			t.wake()
			return
		}
	}
	s := t.stack
	t.port++
	t.sent = s.env.Clock.Now()
	t.stop = s.after(t.params.Timeout, func() { t.end(netip.Addr{}, "*", 0) })
	local := netip.AddrPortFrom(t.params.Src, t.local)
	s.sendUDP(local, netip.AddrPortFrom(t.params.Dst, t.port), uint8(t.ttl), 0, nil)
}

// answered takes an ICMP error about a probe, and reports whether it was this
// traceroute's.
func (t *Traceroute) answered(from netip.Addr, quote packet.UDP, m packet.ICMP) bool {
	if len(quote) < packet.UDPHeader || quote.SrcPort() != t.local || quote.DstPort() != t.port {
		return false
	}
	mark := "?"
	switch m.Type() {
	case packet.ICMPTimeExceeded:
		mark = ""
	case packet.ICMPSourceQuench:
		mark = "!Q"
	case packet.ICMPUnreachable:
		t.arrived = true
		mark = unreachableMark(m.Code())
	}
	t.end(from, mark, t.stack.roundTrip(t.sent))
	return true
}

func unreachableMark(code uint8) string {
	switch code {
	case packet.UnreachPort:
		return ""
	case packet.UnreachNet:
		return "!N"
	case packet.UnreachHost:
		return "!H"
	case packet.UnreachProtocol:
		return "!P"
	case packet.UnreachAdminProhb:
		return "!A"
	case 11, 12: // for this type of service
		return "!T"
	}
	return "?"
}

func (t *Traceroute) end(from netip.Addr, mark string, rtt time.Duration) {
	t.stop()
	t.results = append(t.results, TraceResult{t.ttl, t.probe, from, mark, rtt})
	t.wake()
	if !t.done { // the command that was woken may have stopped it
		t.next()
	}
}
