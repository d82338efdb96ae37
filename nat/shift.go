package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// shift is by how much the sequence numbers of one direction of a TCP connection differ
// behind NAT from those in front of it, because what it carries got longer or shorter.
type shift struct {
	edited bool
	at     uint32 // the sequence number of the last segment that was changed
	before int32  // up to there
	after  int32  // behind it
}

// sent is what a sequence number becomes.
func (s *shift) sent(seq uint32) uint32 {
	if s.edited && later(seq, s.at) {
		return seq + uint32(s.after)
	}
	return seq + uint32(s.before)
}

// acked is the sequence number that an acknowledgment of what was sent means.
func (s *shift) acked(ack uint32) uint32 {
	if s.edited && later(ack-uint32(s.before), s.at) {
		return ack - uint32(s.after)
	}
	return ack - uint32(s.before)
}

// edit notes that the segment of a sequence number got longer by n bytes. One that is sent
// again is changed in the same way again.
func (s *shift) edit(seq uint32, n int32) {
	if n == 0 || s.edited && !later(seq, s.at) {
		return
	}
	s.edited, s.at, s.before, s.after = true, seq, s.after, s.after+n
}

func later(a, b uint32) bool { return int32(a-b) > 0 }

const (
	tcpSeq   = 4
	tcpAck   = 8
	tcpFlags = 13

	optionEnd  = 0
	optionNop  = 1
	optionSACK = 5 // RFC 2018
)

// shiftSegment puts the numbers of a segment right: its own by one direction's shift, and
// those of what it acknowledges by the other's.
func shiftSegment(t packet.TCP, own, other *shift) {
	var d delta
	d.put32(t[tcpSeq:], own.sent(t.Seq()))
	if t[tcpFlags]&packet.TCPAck != 0 {
		d.put32(t[tcpAck:], other.acked(t.Ack()))
	}
	options := t[packet.MinTCPHeader : len(t)-len(t.Payload())]
	for at := 0; at+1 < len(options) && options[at] != optionEnd; {
		if options[at] == optionNop {
			at++
			continue
		}
		n := int(options[at+1])
		if n < 2 || at+n > len(options) {
			break
		}
		if options[at] == optionSACK {
			for edge := at + 2; edge+4 <= at+n; edge += 4 {
				d.putAt(packet.MinTCPHeader+edge, options[edge:], other.acked(binary.BigEndian.Uint32(options[edge:])))
			}
		}
		at += n
	}
	d.mend(t[tcpChecksum:])
}
