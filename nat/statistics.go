package nat

import "time"

// Statistics is what `show ip nat statistics` counts.
type Statistics struct {
	Static, Dynamic, Extended int // entries; an extended one is static or dynamic, too

	Hits    uint64 // packets that found their entry
	Misses  uint64 // packets for which one was made, or could not be
	Expired uint64

	Switched uint64 // "CEF Translated": packets that were switched
	Punted   uint64 // "CEF Punted": packets that the router has sent itself

	Peak   int           // most entries that there were at once
	PeakAt time.Duration // on the loop's clock

	Doors int // conversations that are expected, such as a data connection of FTP
	Held  int // fragments that wait
}

// Statistics are the counters as they are now.
func (n *NAT) Statistics() Statistics { return n.counts }

// ClearStatistics sets the counters of packets and of expired entries to zero.
func (n *NAT) ClearStatistics() {
	c := &n.counts
	c.Hits, c.Misses, c.Expired, c.Switched, c.Punted = 0, 0, 0, 0, 0
}

// CountSwitched counts packets that workers have translated.
func (n *NAT) CountSwitched(packets uint64) {
	n.counts.Hits += packets
	n.counts.Switched += packets
}

// count counts an entry that has come or gone.
func (n *NAT) count(e *Entry, by int) {
	c := &n.counts
	switch {
	case e.shape == door:
		c.Doors += by
	case e.static:
		c.Static += by
	default:
		c.Dynamic += by
	}
	if e.extended() {
		c.Extended += by
	}
	if all := c.Static + c.Dynamic; all > c.Peak {
		c.Peak, c.PeakAt = all, n.env.Now()
	}
}
