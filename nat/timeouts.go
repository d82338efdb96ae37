package nat

import (
	"maps"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// Timeouts are how long entries stay after their last use: `ip nat translation
// …-timeout`. Zero is for ever.
type Timeouts struct {
	Simple time.Duration // `timeout`: entries without ports, and conversations of other protocols
	TCP    time.Duration
	SYN    time.Duration // a SYN has been seen and nothing more
	FinRst time.Duration // a FIN or RST has been seen
	UDP    time.Duration
	DNS    time.Duration // UDP to or from port 53
	ICMP   time.Duration
	PPTP   time.Duration // TCP to or from port 1723, and GRE

	TCPPorts, UDPPorts map[uint16]time.Duration // `port-timeout`
}

// DefaultTimeouts are those of IOS.
func DefaultTimeouts() Timeouts {
	const day = 24 * time.Hour
	return Timeouts{
		Simple: day, TCP: day, SYN: time.Minute, FinRst: time.Minute, UDP: 5 * time.Minute, DNS: time.Minute,
		ICMP: time.Minute, PPTP: day,
	}
}

// Timeouts are the timeouts that are set.
func (n *NAT) Timeouts() Timeouts {
	t := n.timeouts
	t.TCPPorts, t.UDPPorts = maps.Clone(t.TCPPorts), maps.Clone(t.UDPPorts)
	return t
}

// SetTimeouts changes the timeouts, of entries that are there, too.
func (n *NAT) SetTimeouts(t Timeouts) {
	t.TCPPorts, t.UDPPorts = maps.Clone(t.TCPPorts), maps.Clone(t.UDPPorts)
	n.timeouts = t
	for _, e := range n.chosen(func(e *Entry) bool { return !e.static }) {
		n.schedule(e)
	}
}

const (
	portDNS  = 53
	portPPTP = 1723
)

// timeoutOf is how long an entry stays after its last use; 0 is for ever.
func (n *NAT) timeoutOf(e *Entry) time.Duration {
	t := &n.timeouts
	switch {
	case e.static:
		return 0
	case e.shape == door:
		return doorTimeout
	case e.shape != flow:
		return t.Simple
	}
	switch e.protocol {
	case packet.ProtoTCP:
		switch e.state {
		case opening:
			return t.SYN
		case closing:
			return t.FinRst
		}
		if d, ok := e.byPort(t.TCPPorts); ok {
			return d
		}
		if e.hasPort(portPPTP) {
			return t.PPTP
		}
		return t.TCP
	case packet.ProtoUDP:
		if d, ok := e.byPort(t.UDPPorts); ok {
			return d
		}
		if e.hasPort(portDNS) {
			return t.DNS
		}
		return t.UDP
	case packet.ProtoICMP:
		return t.ICMP
	case packet.ProtoGRE:
		return t.PPTP
	}
	return t.Simple
}

// byPort finds the timeout of a port of either end, of the outside one first.
func (e *Entry) byPort(ports map[uint16]time.Duration) (time.Duration, bool) {
	if d, ok := ports[uint16(e.ogID)]; ok {
		return d, true
	}
	d, ok := ports[uint16(e.ilID)]
	return d, ok
}

func (e *Entry) hasPort(port uint32) bool { return e.ogID == port || e.ilID == port }
