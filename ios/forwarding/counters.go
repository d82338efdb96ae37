package forwarding

import (
	"sync/atomic"
	"time"
)

// never marks a time at which nothing has happened yet.
const never = time.Duration(-1)

// Counters are what `show interfaces` counts. Times are since the lab's start
// and negative where it never happened.
type Counters struct {
	InPackets, InBytes   uint64
	InBroadcasts         uint64
	InErrors             uint64 // of which the next two
	Runts, Giants        uint64
	InDrops              uint64 // packets refused before they were routed
	UnknownProtocols     uint64
	OutPackets, OutBytes uint64
	OutErrors            uint64
	OutDrops             uint64
	Resets               uint64
	LostCarrier          uint64

	LastInput, LastOutput, LastClear time.Duration
}

// Rates are five minute averages a second.
type Rates struct{ InBits, InPackets, OutBits, OutPackets int }

// Counters returns what was counted since the last ClearCounters.
func (i *Interface) Counters() Counters {
	i.fold()
	return i.counters
}

// Rates returns the five minute averages.
func (i *Interface) Rates() Rates {
	i.fold()
	now := i.stack.env.Clock.Now()
	var r Rates
	r.InBits, r.InPackets = i.in.read(now)
	r.OutBits, r.OutPackets = i.out.read(now)
	return r
}

// ClearCounters starts counting anew. The times of last input and output and
// the averages stay, as on IOS.
func (i *Interface) ClearCounters() {
	i.fold()
	c := Counters{LastInput: i.counters.LastInput, LastOutput: i.counters.LastOutput}
	c.LastClear = i.stack.env.Clock.Now()
	i.counters = c
}

func (i *Interface) countIn(bytes int)  { i.countedIn(1, uint64(bytes)) }
func (i *Interface) countOut(bytes int) { i.countedOut(1, uint64(bytes)) }

func (i *Interface) countedIn(packets, bytes uint64) {
	now := i.stack.env.Clock.Now()
	i.counters.InPackets += packets
	i.counters.InBytes += bytes
	i.counters.LastInput = now
	i.in.add(now, packets, bytes)
}

func (i *Interface) countedOut(packets, bytes uint64) {
	now := i.stack.env.Clock.Now()
	i.counters.OutPackets += packets
	i.counters.OutBytes += bytes
	i.counters.LastOutput = now
	i.out.add(now, packets, bytes)
}

// fastCounters are what the fast path has counted and the loop has yet to take over.
type fastCounters struct{ inPackets, inBytes, outPackets, outBytes atomic.Uint64 }

// fold takes over what the fast path has counted.
func (i *Interface) fold() {
	if n := i.fast.inPackets.Swap(0); n > 0 {
		i.countedIn(n, i.fast.inBytes.Swap(0))
	}
	if n := i.fast.outPackets.Swap(0); n > 0 {
		i.countedOut(n, i.fast.outBytes.Swap(0))
	}
}
