package link

import (
	"bytes"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

const (
	// ageing is how long a switch remembers where an address is (IEEE 802.1D).
	ageing = 300 * time.Second
	// maxAddresses bounds the table of a switch; frames to what it has no room
	// for are flooded.
	maxAddresses = 8192
	// minFrame is the length of an Ethernet header.
	minFrame = 14
)

type address [6]byte

// A Bridge is an Ethernet switch that learns where addresses are. It takes no
// time to forward, and its ports stand in the order in which they were added.
type Bridge struct {
	loop  *loop.Loop
	ports []*End
	table map[address]station
}

type station struct {
	port int
	seen time.Duration
}

// NewBridge returns a switch without ports.
func NewBridge(l *loop.Loop) *Bridge {
	return &Bridge{loop: l, table: map[address]station{}}
}

// AddPort makes the end of a link a port of the switch.
func (b *Bridge) AddPort(e *End) {
	port := len(b.ports)
	b.ports = append(b.ports, e)
	e.Attach(
		func(frame []byte) { b.receive(port, frame) },
		func(up bool) {
			if !up {
				b.forget(port)
			}
		})
}

func (b *Bridge) receive(from int, frame []byte) {
	if len(frame) < minFrame {
		return
	}
	now := b.loop.Now()
	to, source := address(frame[0:6]), address(frame[6:12])
	b.learn(source, from, now)
	if s, known := b.table[to]; known && now-s.seen < ageing {
		if s.port != from {
			b.ports[s.port].Send(now, frame)
		}
		return
	}
	for port, e := range b.ports {
		if port != from {
			e.Send(now, bytes.Clone(frame)) // each receiver owns what it gets
		}
	}
}

func (b *Bridge) learn(source address, port int, now time.Duration) {
	if source[0]&1 != 0 { // a group address, which no station sends from
		return
	}
	if _, known := b.table[source]; !known && len(b.table) >= maxAddresses {
		b.sweep(now)
		if len(b.table) >= maxAddresses {
			return
		}
	}
	b.table[source] = station{port, now}
}

func (b *Bridge) sweep(now time.Duration) {
	for a, s := range b.table {
		if now-s.seen >= ageing {
			delete(b.table, a)
		}
	}
}

// forget drops what was learnt from a port that lost its carrier.
func (b *Bridge) forget(port int) {
	for a, s := range b.table {
		if s.port == port {
			delete(b.table, a)
		}
	}
}
