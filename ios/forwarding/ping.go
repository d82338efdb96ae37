package forwarding

import (
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// PingParams is what a ping is asked to do. The zero value of all but Dst and
// Count gives IOS's defaults.
type PingParams struct {
	Dst, Src netip.Addr // Src not valid: that of the interface towards Dst
	Count    int
	Size     int           // of the IP packet in bytes; 0 = 100
	Timeout  time.Duration // 0 = 2 s
	Pattern  *uint16       // data; nil = 0xABCD
	DF       bool
	TOS      uint8
	Validate bool // compare the data that comes back
	// Series gives the echoes their identifier and sequence numbers; nil is one of
	// the ping's own, from sequence number 0 on.
	Series *EchoSeries
	// SweepMax, where not 0, has each round go through the sizes SweepMin,
	// SweepMin+SweepStep, … up to SweepMax instead of Size.
	SweepMin, SweepMax, SweepStep int
}

// PingResult is the end of one echo, or one of the replies to a broadcast.
type PingResult struct {
	Seq  int
	Mark byte // ! reply  . time-out  U unreachable  M too big  Q quench  & time exceeded  ? other  C data corrupt
	From netip.Addr
	RTT  time.Duration // of a reply: whole ticks of the clock, at least one or 1 ms
	Size int
	TTL  uint8 // of a reply, as it came in
	Code uint8 // of an ICMP error
}

// A Ping sends echoes one after the other, as IOS does: the next when the last
// has been answered or given up.
type Ping struct {
	waiter
	stack     *Stack
	params    PingParams
	pattern   uint16
	key       echoKey // of the echo under way
	seq       int     // how many echoes came before it
	size      int
	total     int
	broadcast bool
	sent      time.Duration
	stop      func()
	results   []PingResult
	done      bool
}

// stampLength is the room that IOS takes for a time stamp before the pattern; it
// is why IOS's least echo has 36 bytes.
const stampLength = 8

// StartPing begins a ping. Its results are read with Next, and waited for with Wait.
func (s *Stack) StartPing(params PingParams) *Ping {
	p := &Ping{stack: s, params: params, pattern: 0xabcd, total: params.Count, seq: -1}
	if params.Size == 0 {
		p.params.Size = 100
	}
	if params.Timeout == 0 {
		p.params.Timeout = 2 * time.Second
	}
	if params.Pattern != nil {
		p.pattern = *params.Pattern
	}
	if params.SweepMax > 0 {
		p.params.SweepStep = max(params.SweepStep, 1)
		p.total = params.Count * p.sizes()
	}
	p.broadcast = s.isBroadcast(params.Dst)
	if params.Series == nil {
		p.params.Series = s.NewEchoSeries(0)
	}
	p.next()
	return p
}

// isBroadcast reports whether a is the broadcast address of a subnet of this router.
func (s *Stack) isBroadcast(a netip.Addr) bool {
	if a == limitedBroadcast {
		return true
	}
	for _, i := range s.interfaces {
		if i.ProtocolUp() && i.broadcastOf(a) {
			return true
		}
	}
	return false
}

func (p *Ping) sizes() int {
	return max((p.params.SweepMax-p.params.SweepMin)/p.params.SweepStep+1, 1)
}

// Total is how many echoes there will be.
func (p *Ping) Total() int { return p.total }

// Done says that no more results will come than Next still has.
func (p *Ping) Done() bool { return p.done }

// Next takes the next result, in order.
func (p *Ping) Next() (PingResult, bool) {
	if len(p.results) == 0 {
		return PingResult{}, false
	}
	r := p.results[0]
	p.results = p.results[1:]
	return r, true
}

// Stop ends the ping where it stands.
func (p *Ping) Stop() {
	if p.done {
		return
	}
	p.done = true
	if p.stop != nil {
		p.stop()
	}
	p.forget()
}

// forget lets answers to the echo under way be late.
func (p *Ping) forget() {
	if p.stack.pings[p.key] == p {
		delete(p.stack.pings, p.key)
	}
}

// next sends the next echo, or ends.
func (p *Ping) next() {
	if p.seq++; p.seq >= p.total {
		p.Stop()
		p.wake()
		return
	}
	p.size = p.params.Size
	if p.params.SweepMax > 0 {
		p.size = p.params.SweepMin + p.seq%p.sizes()*p.params.SweepStep
	}
	s := p.stack
	p.forget()
	p.key = p.params.Series.take()
	s.pings[p.key] = p
	p.sent = s.env.Clock.Now()
	p.stop = s.after(p.params.Timeout, p.timeout)
	src := p.params.Src
	if !src.IsValid() {
		var ok bool
		if src, ok = s.SourceFor(p.params.Dst); !ok {
			src, ok = s.someAddress() // nowhere to send it: IOS tries, and waits all the same
		}
		if !ok {
			return
		}
	}
	m := packet.BuildICMP(packet.ICMPEcho, 0, p.key.word(), p.data())
	s.send(packet.BuildIPv4(packet.IPv4Fields{
		TOS: p.params.TOS, ID: s.nextID(), DF: p.params.DF, TTL: s.TTL,
		Protocol: packet.ProtoICMP, Src: src, Dst: p.params.Dst,
	}, m))
}

// data is a time stamp in milliseconds, then the pattern.
func (p *Ping) data() []byte {
	b := make([]byte, max(p.size-packet.MinIPv4Header-packet.ICMPHeader, 0))
	at := 0
	if len(b) >= stampLength {
		binary.BigEndian.PutUint32(b[4:], uint32(p.sent/time.Millisecond))
		at = stampLength
	}
	for ; at < len(b); at++ {
		b[at] = byte(p.pattern >> (8 * (^at & 1)))
	}
	return b
}

func (p *Ping) timeout() {
	if p.broadcast {
		p.next()
		return
	}
	p.end(PingResult{Seq: p.seq, Mark: '.', Size: p.size})
}

// reply takes the reply to the echo under way.
func (p *Ping) reply(answer packet.IPv4, m packet.ICMP) {
	mark := byte('!')
	if p.params.Validate && string(m.Payload()) != string(p.data()) {
		mark = 'C'
	}
	r := PingResult{Seq: p.seq, Mark: mark, From: answer.Src(), RTT: p.stack.roundTrip(p.sent), Size: p.size, TTL: answer.TTL()}
	if p.broadcast { // more may come until the time is over
		p.results = append(p.results, r)
		p.wake()
		return
	}
	p.end(r)
}

// failed takes an ICMP error about the echo under way.
func (p *Ping) failed(from netip.Addr, m packet.ICMP) {
	mark := byte('?')
	switch {
	case m.Type() == packet.ICMPUnreachable && m.Code() == packet.UnreachNeedFrag:
		mark = 'M'
	case m.Type() == packet.ICMPUnreachable:
		mark = 'U'
	case m.Type() == packet.ICMPSourceQuench:
		mark = 'Q'
	case m.Type() == packet.ICMPTimeExceeded:
		mark = '&'
	}
	p.end(PingResult{Seq: p.seq, Mark: mark, From: from, Size: p.size, Code: m.Code()})
}

func (p *Ping) end(r PingResult) {
	p.stop()
	p.results = append(p.results, r)
	p.wake()
	if !p.done { // the command that was woken may have stopped it
		p.next()
	}
}

// roundTrip is the time since sent as the platform's clock sees it.
func (s *Stack) roundTrip(sent time.Duration) time.Duration {
	rtt := s.env.Clock.Now()/s.Tick*s.Tick - sent/s.Tick*s.Tick
	return max(rtt, min(s.Tick, time.Millisecond))
}
