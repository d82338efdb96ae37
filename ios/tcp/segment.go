package tcp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// A segment is what a connection reads of one.
type segment struct {
	seq, ack seq
	flags    uint8
	window   int
	mss      int    // of a SYN; 0 where it names none
	data     []byte // a part of the packet
}

func read(t packet.TCP) segment {
	s := segment{seq: seq(t.Seq()), ack: seq(t.Ack()), flags: t.Flags(), window: int(t.Window()), data: t.Payload()}
	if s.has(packet.TCPSyn) {
		s.mss = readMSS(t.Options())
	}
	return s
}

func (s *segment) has(flag uint8) bool { return s.flags&flag != 0 }

// end is the sequence number after the segment.
func (s *segment) end() seq {
	n := seq(len(s.data))
	if s.has(packet.TCPSyn) {
		n++
	}
	if s.has(packet.TCPFin) {
		n++
	}
	return s.seq + n
}

// Kinds of options (RFC 9293 §3.2).
const (
	optionEnd = 0
	optionNop = 1
	optionMSS = 2

	mssLength = 4
)

// readMSS finds the largest segment in the options of a SYN; 0 where it does not stand
// there, or what stands there is no list of options.
func readMSS(options []byte) int {
	for len(options) > 0 {
		if options[0] == optionNop {
			options = options[1:]
			continue
		}
		if options[0] == optionEnd || len(options) < 2 {
			return 0
		}
		n := int(options[1])
		if n < 2 || n > len(options) {
			return 0
		}
		if options[0] == optionMSS && n == mssLength {
			return int(binary.BigEndian.Uint16(options[2:]))
		}
		options = options[n:]
	}
	return 0
}

func mssOption(size int) []byte {
	return []byte{optionMSS, mssLength, byte(size >> 8), byte(size)}
}
