package nat

import "github.com/ioslab/ioslab/ios/packet"

// tcpState is how far a TCP conversation is, as far as timeouts go.
type tcpState uint8

const (
	opened  tcpState = iota // or of another protocol
	opening                 // nothing but SYN has been seen
	closing                 // a FIN or RST has been seen
)

// follow sets the state of a conversation by the flags of one more segment.
func (e *Entry) follow(flags uint8, first bool) {
	if e.protocol != packet.ProtoTCP {
		return
	}
	switch {
	case flags&(packet.TCPFin|packet.TCPRst) != 0:
		e.state = closing
	case flags&(packet.TCPSyn|packet.TCPAck) == packet.TCPSyn:
		if first || e.state == closing { // the ports are used again
			e.state = opening
		}
	case e.state == opening:
		e.state = opened
	}
}

// settle lets workers carry the packets of an entry, or not.
func (e *Entry) settle() {
	e.settled.Store(e.shape == flow && e.content == nothing && e.state != opening)
}
