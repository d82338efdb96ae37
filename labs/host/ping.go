package host

import (
	"errors"
	"math"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

const (
	defaultEchoes = 5 // Linux goes on until Ctrl-C, where a transcript would never end
	defaultData   = 56
	defaultWait   = 10 * time.Second
	headers       = packet.MinIPv4Header + packet.ICMPHeader
	stampData     = 16 // of an echo: from so much data on it carries the time
)

// The options of ping stand before or after the address. The grammar does not tell
// -w from -W; the handler does.
const (
	pingOptions = `
		{ -c                 "How many (5 if not given; not until Ctrl-C as on Linux)"
		  <1-1000000>:count  "Number of echoes"
		| -i                 "Time from one to the next"
		  SECONDS:interval   "Seconds"
		| -s                 "How much data"
		  <0-65507>:size     "Bytes of data"
		| -w                 "How long to wait: -W if nothing comes back, -w at all"
		  SECONDS:wait       "Seconds" }`
)

var errNoRoute = errors.New("ping: connect: Network is unreachable")

// A pinger is a ping at work. It sends an echo each interval, whatever becomes of
// those before.
type pinger struct {
	host           *Host
	call           *cli.Call
	target         netip.Addr
	series         *forwarding.EchoSeries // all echoes have one identifier
	count, data    int
	interval, wait time.Duration
	deadline       time.Duration // for all of it; 0 is none

	began, last time.Duration // when the first and the last echo were sent
	waiting     []*echo
	tally       tally
}

// An echo that has not been answered.
type echo struct {
	seq   int
	probe *forwarding.Ping
}

func (h *Host) ping(c *cli.Call) error {
	p := &pinger{
		host: h, call: c, target: c.Addr("target"),
		count: defaultEchoes, data: defaultData, interval: time.Second, wait: defaultWait,
		series: h.stack.NewEchoSeries(1),
	}
	if c.Has("count") {
		p.count = c.Int("count")
	}
	if c.Has("size") {
		p.data = c.Int("size")
	}
	if c.Has("interval") {
		p.interval = c.Value("interval").(time.Duration)
	}
	if c.Has("wait") {
		p.wait = c.Value("wait").(time.Duration)
	}
	for i, w := range c.Words() {
		switch w.Text {
		case "-C", "-I", "-S": // options of Linux's too, but not those
			return cli.InvalidWord(i)
		case "-w":
			p.deadline, p.wait = p.wait, defaultWait
		}
	}
	if _, ok := h.stack.SourceFor(p.target); !ok {
		return errNoRoute
	}
	p.tally.timed = p.data >= stampData
	c.Printf("PING %v (%v) %d(%d) bytes of data.\n", p.target, p.target, p.data, p.data+headers)
	p.run()
	c.Printf("\n--- %v ping statistics ---\n%s", p.target, p.tally.text(p.last-p.began))
	return nil
}

// run sends and waits until all is answered, the time is over, or the user has
// enough.
func (p *pinger) run() {
	defer func() {
		for _, e := range p.waiting {
			e.probe.Stop()
		}
	}()
	p.began = p.host.opts.Clock.Now()
	p.last = p.began
	p.send()
	for {
		p.collect()
		now, end, next := p.host.opts.Clock.Now(), p.end(), p.last+p.interval
		more := p.tally.sent < p.count
		switch {
		case now >= end || !more && len(p.waiting) == 0:
			return
		case more && now >= next:
			p.last = now
			p.send()
			continue
		case more:
			end = min(end, next)
		}
		if p.await(end-now) != nil {
			return
		}
	}
}

// end is when the ping ends, whatever has come back.
func (p *pinger) end() time.Duration {
	end := time.Duration(math.MaxInt64)
	switch {
	case p.tally.sent < p.count:
	case p.tally.received > 0: // the others can hardly take much longer
		end = p.last + max(2*p.tally.longest, p.interval)
	default:
		end = p.last + p.wait
	}
	if p.deadline > 0 {
		end = min(end, p.began+p.deadline)
	}
	return end
}

func (p *pinger) send() {
	p.tally.sent++
	p.waiting = append(p.waiting, &echo{p.tally.sent, p.host.stack.StartPing(forwarding.PingParams{
		Dst: p.target, Count: 1, Size: p.data + headers, Timeout: max(p.wait, defaultWait), Series: p.series,
	})})
}

// await waits until an echo has come to its end, d at most.
func (p *pinger) await(d time.Duration) error {
	return p.call.Await(func(resume func()) func() {
		stop := p.host.opts.Clock.After(d, resume)
		done := func() { stop(); resume() }
		var cancels []func()
		for _, e := range p.waiting {
			cancels = append(cancels, e.probe.Wait(done))
		}
		return func() {
			stop()
			for _, cancel := range cancels {
				cancel()
			}
		}
	})
}

// collect tells of the echoes that have come to their end.
func (p *pinger) collect() {
	p.waiting = slices.DeleteFunc(p.waiting, func(e *echo) bool {
		r, ok := e.probe.Next()
		if ok {
			p.show(e.seq, r)
		}
		return ok || e.probe.Done()
	})
}

func (p *pinger) show(seq int, r forwarding.PingResult) {
	switch r.Mark {
	case '.':
		return
	case '!':
		p.tally.reply(seq, r.RTT)
		p.call.Printf("%d bytes from %v: icmp_seq=%d ttl=%d", p.data+packet.ICMPHeader, r.From, seq, r.TTL)
		if p.tally.timed {
			p.call.Printf(" time=%s ms", milliseconds(r.RTT))
		}
		p.call.Print("\n")
	default:
		p.tally.failure(seq)
		p.call.Printf("From %v icmp_seq=%d %s\n", r.From, seq, reason(r))
	}
}

// reason is what Linux says of an ICMP error.
func reason(r forwarding.PingResult) string {
	switch r.Mark {
	case '&':
		return "Time to live exceeded"
	case 'Q':
		return "Source Quench"
	case 'M':
		return "Frag needed and DF set"
	case '?':
		return "Parameter problem"
	}
	switch r.Code {
	case packet.UnreachNet:
		return "Destination Net Unreachable"
	case packet.UnreachProtocol:
		return "Destination Protocol Unreachable"
	case packet.UnreachPort:
		return "Destination Port Unreachable"
	case packet.UnreachAdminProhb:
		return "Packet filtered"
	}
	return "Destination Host Unreachable"
}
