package tcp

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// A peer makes segments by hand towards A. Its sequence numbers begin at 1000, those of
// A, as the peer writes them, at 0.
type peer struct {
	*network
	t     *testing.T
	first uint32 // of A
	got   []string
}

const peerFirst = 1000

func newPeer(t *testing.T) *peer {
	p := &peer{network: newNetwork(t), t: t}
	p.a.env.Send = func(_, _ netip.Addr, g packet.TCP) {
		if g.Flags()&packet.TCPSyn != 0 {
			p.first = g.Seq()
		}
		p.got = append(p.got, fmt.Sprintf("%s %d:%d len %d", flagNames(g.Flags()), int32(g.Seq()-p.first), int32(g.Ack()-peerFirst), len(g.Payload())))
	}
	return p
}

// send sends a segment: flags, sequence number and acknowledgment from the SYNs on, data.
func (p *peer) send(flags string, sequence, ack int, data string) {
	f := packet.TCPFields{SrcPort: 99, DstPort: 80, Seq: uint32(peerFirst + sequence), Ack: p.first + uint32(ack), Window: 20000}
	for _, c := range flags {
		f.Flags |= map[rune]uint8{'F': packet.TCPFin, 'S': packet.TCPSyn, 'R': packet.TCPRst, 'A': packet.TCPAck}[c]
	}
	p.a.Input(addrB, addrA, packet.BuildTCP(addrB, addrA, f, []byte(data)))
}

// answers returns what A has sent since the last call.
func (p *peer) answers() string {
	s := strings.Join(p.got, "; ")
	p.got = nil
	return s
}

// TestRules sends one segment to a connection in each of its states.
func TestRules(t *testing.T) {
	listening := func(p *peer, e *end) {
		p.a.Listen(80, func(c *Conn) Handler { e.Conn = c; return e.handler() })
	}
	halfOpen := func(p *peer, e *end) { listening(p, e); p.send("S", 0, 0, "") }
	open := func(p *peer, e *end) { halfOpen(p, e); p.send("A", 1, 1, "") }
	sent := func(p *peer, e *end) { open(p, e); e.Write([]byte("12345")) }
	finWait1 := func(p *peer, e *end) { open(p, e); e.Close() }
	finWait2 := func(p *peer, e *end) { finWait1(p, e); p.send("A", 1, 2, "") }
	closing := func(p *peer, e *end) { finWait1(p, e); p.send("FA", 1, 1, "") }
	waiting := func(p *peer, e *end) { finWait2(p, e); p.send("FA", 1, 2, "") }
	closeWait := func(p *peer, e *end) { open(p, e); p.send("FA", 1, 1, "") }
	lastAck := func(p *peer, e *end) { closeWait(p, e); e.Close() }
	dialled := func(p *peer, e *end) {
		e.Conn, _ = p.a.Dial(at(addrA, 80), at(addrB, 99), Patience, e.handler())
		p.Pass(0)
	}
	type segment struct {
		flags    string
		seq, ack int
		data     string
	}
	for _, tt := range []struct {
		name   string
		before func(*peer, *end)
		segment
		answer, state, told string
	}{
		{"closed: SYN", func(*peer, *end) {}, segment{"S", 0, 0, ""}, "RST,ACK 0:1 len 0", "", ""},
		{"closed: data and FIN", func(*peer, *end) {}, segment{"F", 5, 0, "abc"}, "RST,ACK 0:9 len 0", "", ""},
		{"closed: ACK", func(*peer, *end) {}, segment{"A", 5, 7, ""}, "RST 7:-1000 len 0", "", ""},
		{"closed: RST", func(*peer, *end) {}, segment{"R", 5, 7, ""}, "", "", ""},
		{"listening: SYN", listening, segment{"S", 0, 0, ""}, "SYN,ACK 0:1 len 0", "SYN-RECEIVED", ""},
		{"listening: ACK", listening, segment{"A", 0, 3, ""}, "RST 3:-1000 len 0", "", ""},
		{"listening: SYN and ACK", listening, segment{"SA", 0, 3, ""}, "RST 3:-1000 len 0", "", ""},
		{"listening: RST", listening, segment{"R", 0, 3, ""}, "", "", ""},
		{"listening: FIN alone", listening, segment{"F", 0, 3, ""}, "", "", ""},

		{"half open: ACK", halfOpen, segment{"A", 1, 1, ""}, "", "ESTABLISHED", ""},
		{"half open: ACK with data and FIN", halfOpen, segment{"FA", 1, 1, "abc"}, "ACK 1:5 len 0", "CLOSE-WAIT", "abc ended"},
		{"half open: ACK of something else", halfOpen, segment{"A", 1, 2, ""}, "RST 2:-1000 len 0", "SYN-RECEIVED", ""},
		{"half open: RST", halfOpen, segment{"R", 1, 0, ""}, "", "", ""},
		{"half open: RST in the window", halfOpen, segment{"R", 2, 0, ""}, "ACK 1:1 len 0", "SYN-RECEIVED", ""},
		{"half open: SYN again", halfOpen, segment{"S", 0, 0, ""}, "SYN,ACK 0:1 len 0", "SYN-RECEIVED", ""},
		{"half open: old data without ACK", halfOpen, segment{"", -2, 0, "x"}, "ACK 1:1 len 0", "SYN-RECEIVED", ""},
		{"half open: another SYN", halfOpen, segment{"S", 5, 0, ""}, "ACK 1:1 len 0", "SYN-RECEIVED", ""},

		{"dialled: SYN and ACK", dialled, segment{"SA", 0, 1, ""}, "ACK 1:1 len 0", "ESTABLISHED", "connected"},
		{"dialled: SYN and ACK with data and FIN", dialled, segment{"SFA", 0, 1, "hi"}, "ACK 1:4 len 0", "CLOSE-WAIT", "hi connected ended"},
		{"dialled: SYN", dialled, segment{"S", 0, 0, ""}, "SYN,ACK 0:1 len 0", "SYN-RECEIVED", ""},
		{"dialled: ACK of something else", dialled, segment{"A", 0, 7, ""}, "RST 7:-1000 len 0", "SYN-SENT", ""},
		{"dialled: RST of something else", dialled, segment{"RA", 0, 7, ""}, "", "SYN-SENT", ""},
		{"dialled: RST without ACK", dialled, segment{"R", 0, 0, ""}, "", "SYN-SENT", ""},
		{"dialled: RST", dialled, segment{"RA", 0, 1, ""}, "", "CLOSED", "connection refused"},
		{"dialled: ACK alone", dialled, segment{"A", 0, 1, ""}, "", "SYN-SENT", ""},

		{"open: data", open, segment{"A", 1, 1, "abc"}, "ACK 1:4 len 0", "ESTABLISHED", "abc"},
		{"open: data without ACK", open, segment{"", 1, 1, "abc"}, "", "ESTABLISHED", ""},
		{"open: data beyond a gap", open, segment{"A", 3, 1, "abc"}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: data again, and more", open, segment{"A", 0, 1, "xabc"}, "ACK 1:4 len 0", "ESTABLISHED", "abc"},
		{"open: old data", open, segment{"A", -5, 1, "abc"}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: beyond the window", open, segment{"A", 1 + bufferSize, 1, "abc"}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: ACK of what was not sent", open, segment{"A", 1, 2, "abc"}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: very old ACK", open, segment{"A", 1, -20000, "abc"}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: old ACK", open, segment{"A", 1, -10000, "abc"}, "ACK 1:4 len 0", "ESTABLISHED", "abc"},
		{"open: RST", open, segment{"R", 1, 0, ""}, "", "CLOSED", "connection reset by peer"},
		{"open: RST in the window", open, segment{"R", 2, 0, ""}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: RST not in the window", open, segment{"R", 0, 0, ""}, "", "ESTABLISHED", ""},
		{"open: SYN", open, segment{"S", 1, 0, ""}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: old SYN", open, segment{"S", 0, 0, ""}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"open: FIN", open, segment{"FA", 1, 1, ""}, "ACK 1:2 len 0", "CLOSE-WAIT", "ended"},
		{"open: FIN beyond a gap", open, segment{"FA", 2, 1, ""}, "ACK 1:1 len 0", "ESTABLISHED", ""},
		{"data sent: acknowledged", sent, segment{"A", 1, 6, ""}, "", "ESTABLISHED", ""},

		{"FIN-WAIT-1: ACK", finWait1, segment{"A", 1, 2, ""}, "", "FIN-WAIT-2", ""},
		{"FIN-WAIT-1: FIN", finWait1, segment{"FA", 1, 1, ""}, "ACK 2:2 len 0", "CLOSING", "ended"},
		{"FIN-WAIT-1: FIN and ACK", finWait1, segment{"FA", 1, 2, ""}, "ACK 2:2 len 0", "TIME-WAIT", "ended closed"},
		{"FIN-WAIT-2: data", finWait2, segment{"A", 1, 2, "abc"}, "ACK 2:4 len 0", "FIN-WAIT-2", "abc"},
		{"FIN-WAIT-2: FIN", finWait2, segment{"FA", 1, 2, ""}, "ACK 2:2 len 0", "TIME-WAIT", "ended closed"},
		{"FIN-WAIT-2: RST", finWait2, segment{"R", 1, 2, ""}, "", "CLOSED", "connection reset by peer"},
		{"CLOSING: ACK", closing, segment{"A", 2, 2, ""}, "", "TIME-WAIT", "ended closed"},
		{"TIME-WAIT: FIN again", waiting, segment{"FA", 1, 2, ""}, "ACK 2:2 len 0", "TIME-WAIT", "ended closed"},
		{"TIME-WAIT: RST", waiting, segment{"R", 2, 2, ""}, "", "TIME-WAIT", "ended closed"},
		{"TIME-WAIT: old SYN", waiting, segment{"S", 0, 0, ""}, "ACK 2:2 len 0", "TIME-WAIT", "ended closed"},
		{"TIME-WAIT: SYN", waiting, segment{"S", 500, 0, ""}, "SYN,ACK 0:501 len 0", "CLOSED", "ended closed"},
		{"CLOSE-WAIT: data", closeWait, segment{"A", 2, 1, "abc"}, "", "CLOSE-WAIT", "ended"},
		{"CLOSE-WAIT: FIN again", closeWait, segment{"FA", 1, 1, ""}, "ACK 1:2 len 0", "CLOSE-WAIT", "ended"},
		{"LAST-ACK: ACK", lastAck, segment{"A", 2, 2, ""}, "", "CLOSED", "ended closed"},
		{"LAST-ACK: RST", lastAck, segment{"R", 2, 2, ""}, "", "CLOSED", "ended connection reset by peer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, e := newPeer(t), &end{}
			tt.before(p, e)
			p.answers()
			p.send(tt.flags, tt.seq, tt.ack, tt.data)
			p.Pass(maxDelay)
			equal(t, "answer", p.answers(), tt.answer)
			state := ""
			if e.Conn != nil {
				state = e.State().String()
			} else if len(p.a.halfOpen) > 0 {
				state = p.a.halfOpen[0].State().String()
			}
			equal(t, "state", state, tt.state)
			told := strings.TrimSpace(e.got.String() + " " + strings.Join(e.events, " "))
			if tt.name[:7] != "dialled" {
				told = strings.TrimPrefix(told, "connected ")
			}
			equal(t, "told", told, tt.told)
		})
	}
}

// What fills a gap is taken with what came after it.
func TestGapIsFilled(t *testing.T) {
	p, e := newPeer(t), &end{}
	p.a.Listen(80, func(c *Conn) Handler { e.Conn = c; return e.handler() })
	p.send("S", 0, 0, "")
	p.send("A", 1, 1, "")
	p.send("FA", 7, 1, "ghi")
	p.send("A", 4, 1, "def")
	p.answers()
	p.send("A", 1, 1, "abc")
	equal(t, "answer", p.answers(), "ACK 1:11 len 0")
	equal(t, "got", e.got.String(), "abcdefghi")
	equal(t, "state", e.State(), "CLOSE-WAIT")
}

func TestAnswersToASYNEnd(t *testing.T) {
	p := newPeer(t)
	p.a.Listen(80, func(*Conn) Handler { return Handler{} })
	p.send("S", 0, 0, "")
	p.Pass(5 * time.Minute)
	if len(p.got) != 1+answerTries || len(p.a.conns)+len(p.a.halfOpen) != 0 {
		t.Errorf("%d answers, %d connections left", len(p.got), len(p.a.conns))
	}
}

// A flood of SYNs takes no more than its room, and an honest peer comes in.
func TestFloodOfSYNs(t *testing.T) {
	n := newNetwork(t)
	taken := 0
	n.b.Listen(80, func(*Conn) Handler { taken++; return Handler{} })
	flood := func(k int) {
		for i := range k {
			src := addrFrom(i)
			n.b.Input(src, addrB, packet.BuildTCP(src, addrB, packet.TCPFields{SrcPort: uint16(i) | 1, DstPort: 80, Flags: packet.TCPSyn}, nil))
		}
	}
	flood(100000)
	if len(n.b.halfOpen) != maxHalfOpen || len(n.b.conns) != maxHalfOpen {
		t.Errorf("%d half open, %d in all", len(n.b.halfOpen), len(n.b.conns))
	}
	c, _ := n.a.Dial(at(addrA, 0), at(addrB, 80), Patience, Handler{})
	n.Pass(time.Second)
	if c.State() != Established || taken != 1 {
		t.Errorf("%v, %d taken", c.State(), taken)
	}
	flood(1000)
	equal(t, "after the flood", c.State(), "ESTABLISHED")
	n.Pass(time.Hour)
	equal(t, "left", len(n.b.conns), 1)
}

// Those that wait for the end of their time give way.
func TestManyConnections(t *testing.T) {
	n := newNetwork(t)
	n.b.Listen(80, func(c *Conn) Handler { return Handler{Ended: func() { c.Close() }} })
	for range 3 * maxConns {
		c, err := n.a.Dial(at(addrA, 0), at(addrB, 80), Patience, Handler{})
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
		n.Pass(10 * time.Millisecond)
	}
	if len(n.a.conns) > maxConns || len(n.a.waiting) > maxConns {
		t.Errorf("%d connections", len(n.a.conns))
	}
	n.Pass(2 * timeWait)
	equal(t, "left", len(n.a.conns)+len(n.a.waiting), 0)
}

func TestChallengesAreLimited(t *testing.T) {
	p, e := newPeer(t), &end{}
	p.a.Listen(80, func(c *Conn) Handler { e.Conn = c; return e.handler() })
	p.send("S", 0, 0, "")
	p.send("A", 1, 1, "")
	p.answers()
	for i := range 1000 {
		p.send("R", 2+i, 0, "")
	}
	equal(t, "answers", len(p.got), maxChallenges)
	p.Pass(time.Second)
	p.send("R", 2, 0, "")
	equal(t, "a second later", len(p.got), maxChallenges+1)
}

func TestListenerClosed(t *testing.T) {
	p, e := newPeer(t), &end{}
	l, _ := p.a.Listen(80, func(c *Conn) Handler { e.Conn = c; return e.handler() })
	p.send("S", 0, 0, "")
	equal(t, "listening", p.a.Listeners(), "[80]")
	l.Close()
	l.Close()
	p.answers()
	p.send("A", 1, 1, "")
	equal(t, "answer", p.answers(), "RST 1:-1000 len 0")
	equal(t, "listening", p.a.Listeners(), "[]")
}

func TestEachChangeOfStateIsTold(t *testing.T) {
	n := newNetwork(t)
	var told []string
	n.a.env.Changed = func(c *Conn, from State) { told = append(told, fmt.Sprint(from, " ", c.State())) }
	c, s := n.connected()
	c.Close()
	s.Close()
	n.Pass(2 * timeWait)
	equal(t, "told", told, "[SYN-SENT ESTABLISHED ESTABLISHED FIN-WAIT-1 FIN-WAIT-1 CLOSING CLOSING TIME-WAIT TIME-WAIT CLOSED]")
}
