package forwarding

import "github.com/ioslab/ioslab/ios/packet"

// An EchoSeries is an identifier of ICMP echoes and the sequence numbers under it, which
// rise. Pings that share one look like one ping to a NAT.
type EchoSeries struct {
	id   uint16
	next uint16
}

// NewEchoSeries returns a series with an identifier of its own, from sequence number
// first on.
func (s *Stack) NewEchoSeries(first uint16) *EchoSeries {
	s.probeID++
	return &EchoSeries{id: s.probeID, next: first}
}

func (e *EchoSeries) take() echoKey {
	e.next++
	return echoKey{e.id, e.next - 1}
}

// echoKey is what an echo is known by when its answer comes.
type echoKey struct{ id, seq uint16 }

func keyOfEcho(m packet.ICMP) echoKey { return echoKey{m.ID(), m.Seq()} }

// word is the key as the second word of an echo's header.
func (k echoKey) word() uint32 { return uint32(k.id)<<16 | uint32(k.seq) }
