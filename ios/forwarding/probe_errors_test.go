package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// about has an ICMP error arrive at R1 about the last packet that it sent.
func (n *row) about(typ, code uint8) {
	sent := n.answers()
	n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoICMP, Src: addr("12.12.12.2"), Dst: addr("12.12.12.1")},
		packet.BuildICMP(typ, code, 0, sent[len(sent)-1][:28])))
}

func TestMarksOfErrors(t *testing.T) {
	for _, c := range []struct {
		typ, code   uint8
		ping, trace string
	}{
		{packet.ICMPUnreachable, packet.UnreachNet, "U", "!N"},
		{packet.ICMPUnreachable, packet.UnreachHost, "U", "!H"},
		{packet.ICMPUnreachable, packet.UnreachProtocol, "U", "!P"},
		{packet.ICMPUnreachable, packet.UnreachPort, "U", ""},
		{packet.ICMPUnreachable, packet.UnreachNeedFrag, "M", "?"},
		{packet.ICMPUnreachable, packet.UnreachAdminProhb, "U", "!A"},
		{packet.ICMPUnreachable, 11, "U", "!T"},
		{packet.ICMPSourceQuench, 0, "Q", "!Q"},
		{packet.ICMPTimeExceeded, 0, "&", ""},
		{packet.ICMPParameter, 0, "?", "?"},
	} {
		n := newRow(t)
		n.known(t)
		n.left.lose = func([]byte) bool { return true }
		ping := n.r1.StartPing(PingParams{Dst: addr("12.12.12.2"), Count: 1})
		n.about(c.typ, c.code)
		if r, ok := ping.Next(); !ok || string(r.Mark) != c.ping || !ping.Done() {
			t.Errorf("ping, type %d code %d: %q", c.typ, c.code, r.Mark)
		}
		trace := n.r1.StartTraceroute(TraceParams{Dst: addr("12.12.12.2")})
		n.about(c.typ, c.code)
		if r, ok := trace.Next(); !ok || r.Mark != c.trace {
			t.Errorf("traceroute, type %d code %d: %q", c.typ, c.code, r.Mark)
		}
		trace.Stop()
	}
}

func TestErrorsAboutOthersAreIgnored(t *testing.T) {
	n := newRow(t)
	n.known(t)
	n.left.lose = func([]byte) bool { return true }
	ping := n.r1.StartPing(PingParams{Dst: addr("12.12.12.2"), Count: 1})
	trace := n.r1.StartTraceroute(TraceParams{Dst: addr("12.12.12.2")})
	for _, p := range n.answers() {
		for name, change := range map[string]func(q packet.IPv4){
			"another source":      func(q packet.IPv4) { q[15]++ },
			"another destination": func(q packet.IPv4) { q[19]++ },
			"another number":      func(q packet.IPv4) { q[27]++; q[23]++ },
			"a later fragment":    func(q packet.IPv4) { q[7]++ },
			"another type":        func(q packet.IPv4) { q[9] = 99 },
		} {
			q := append(packet.IPv4(nil), p[:28]...)
			change(q)
			n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoICMP, Src: addr("12.12.12.2"), Dst: addr("12.12.12.1")},
				packet.BuildICMP(packet.ICMPUnreachable, 1, 0, q)))
			_, a := ping.Next()
			_, b := trace.Next()
			if a || b {
				t.Errorf("%s: taken for an answer", name)
			}
		}
	}
}

func TestLateReplyDoesNotCount(t *testing.T) {
	n := newRow(t)
	n.known(t)
	var kept []byte
	n.left.lose = func(f []byte) bool {
		if kept == nil && packet.Ethernet(f).Src() == n.r2.Interfaces()[0].MAC() {
			kept = f
			n.At(n.Now()+2500*time.Millisecond, func() { n.r1.Interfaces()[0].Receive(f) })
			return true
		}
		return false
	}
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 3})
	equal(t, "marks", marks, ".!!")
}

func TestCorruptReply(t *testing.T) {
	n := newRow(t)
	n.known(t)
	pattern := uint16(0x0102)
	n.left.lose = func(f []byte) bool {
		p := packet.IPv4(packet.Ethernet(f).Payload())
		if m := packet.ICMP(p.Payload()); m.Type() == packet.ICMPEchoReply {
			m[40]++ // the checksum does not see
			m[42]-- // one less here
		}
		return false
	}
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2, Validate: true, Pattern: &pattern})
	equal(t, "compared", marks, "CC")
}
