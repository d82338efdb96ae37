package ios

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// pingScreen shows the results of a ping as they come: a mark each, or a line
// each where many may answer or much is to be told.
type pingScreen struct {
	call           *cli.Call
	verbose        bool
	swept          bool
	broadcast      bool
	column         int // marks on the present line
	next           int // the request that is to be told of next, of a broadcast
	sent, received int
	least, most    time.Duration
	sum            time.Duration
}

// marksPerLine is where IOS begins a new line.
const marksPerLine = 70

func newPingScreen(r *Router, c *cli.Call, o pingOrder) *pingScreen {
	s := &pingScreen{call: c, verbose: o.verbose, swept: o.SweepMax > 0, broadcast: r.broadcasts(o.Dst)}
	if s.broadcast {
		c.Print("\n")
	}
	return s
}

// broadcasts reports whether many may answer what is sent to an address.
func (r *Router) broadcasts(a netip.Addr) bool {
	if a == netip.AddrFrom4([4]byte{255, 255, 255, 255}) {
		return true
	}
	for _, i := range r.stack.Interfaces() {
		if p := i.Address(); i.ProtocolUp() && p.IsValid() && p.Bits() < 31 && a == broadcastOf(p) {
			return true
		}
	}
	return false
}

func (s *pingScreen) show(r forwarding.PingResult) {
	s.sent++
	if r.Mark == '!' {
		if s.received == 0 || r.RTT < s.least {
			s.least = r.RTT
		}
		s.received++
		s.sum += r.RTT
		s.most = max(s.most, r.RTT)
	}
	switch {
	case s.broadcast:
		s.dots(r.Seq)
		s.next = r.Seq + 1
		s.newLine()
		s.call.Printf("Reply to request %d from %v, %d ms\n", r.Seq, r.From, r.RTT/time.Millisecond)
	case s.verbose:
		s.line(r)
	default:
		s.mark(r.Mark)
	}
}

// dots marks the broadcasts before a request that no host has answered.
func (s *pingScreen) dots(before int) {
	for ; s.next < before; s.next++ {
		s.mark('.')
	}
}

func (s *pingScreen) mark(m byte) {
	s.call.Print(string(m))
	if s.column++; s.column == marksPerLine {
		s.newLine()
	}
}

func (s *pingScreen) newLine() {
	if s.column > 0 {
		s.call.Print("\n")
		s.column = 0
	}
}

// line tells of one request in full.
func (s *pingScreen) line(r forwarding.PingResult) {
	switch r.Mark {
	case '!':
		s.call.Printf("Reply to request %d (%d ms)", r.Seq, r.RTT/time.Millisecond)
	case '.':
		s.call.Printf("Request %d timed out", r.Seq)
	case 'C':
		s.call.Printf("Reply to request %d data mismatch", r.Seq)
	case 'M':
		s.call.Printf("Unreachable from %v, maximum MTU exceeded", r.From)
	case 'U':
		s.call.Printf("Unreachable from %v", r.From)
	case '&':
		s.call.Printf("Time to live exceeded from %v", r.From)
	default:
		s.call.Printf("Unknown answer from %v", r.From)
	}
	if s.swept {
		s.call.Printf(" (size %d)", r.Size)
	}
	s.call.Print("\n")
}

// finish tells how the ping went, as far as it went; requests is how many were
// sent and waited for.
func (s *pingScreen) finish(requests int) {
	if s.broadcast {
		s.dots(requests)
	}
	s.newLine()
	if s.broadcast {
		return
	}
	s.call.Printf("Success rate is %d percent (%d/%d)", s.received*100/max(s.sent, 1), s.received, s.sent)
	if s.received > 0 {
		s.call.Printf(", round-trip min/avg/max = %d/%d/%d ms", s.least/time.Millisecond,
			s.sum/time.Duration(s.received)/time.Millisecond, s.most/time.Millisecond)
	}
	s.call.Print("\n")
}
