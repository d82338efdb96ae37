package prefixlist

import (
	"fmt"
	"net/netip"
	"sync/atomic"
)

// maxBits is the length of the longest prefix.
const maxBits = 32

// An Entry of a list says what becomes of the prefixes that it matches.
type Entry struct {
	Sequence int
	Deny     bool
	Prefix   netip.Prefix // without bits behind its length
	GE, LE   int          // bounds of the length, 0 where they are not given

	hits *atomic.Uint64
}

// A RangeError is of an entry whose bounds no prefix could meet.
type RangeError struct{ Prefix netip.Prefix }

// Error returns what IOS answers.
func (e *RangeError) Error() string {
	return fmt.Sprintf("%% Invalid prefix range for %v, make sure: len < ge-value <= le-value", e.Prefix)
}

// check refuses bounds that are not len < GE <= LE. An LE of 32 beside a GE says
// nothing, and is left out.
func (e *Entry) check() error {
	switch {
	case e.GE != 0 && e.GE <= e.Prefix.Bits(),
		e.LE != 0 && e.LE <= e.Prefix.Bits(),
		e.GE != 0 && e.LE != 0 && e.LE < e.GE:
		return &RangeError{e.Prefix}
	}
	if e.GE != 0 && e.LE == maxBits {
		e.LE = 0
	}
	return nil
}

// Ranged reports whether the entry has bounds, so that it matches longer prefixes
// than its own.
func (e *Entry) Ranged() bool { return e.GE != 0 || e.LE != 0 }

// Matches reports whether p lies within the entry's prefix and has a length that it
// allows.
func (e *Entry) Matches(p netip.Prefix) bool {
	if p.Bits() < e.Prefix.Bits() || !e.Prefix.Contains(p.Addr()) {
		return false
	}
	low, high := e.Prefix.Bits(), e.Prefix.Bits()
	if e.GE != 0 {
		low, high = e.GE, maxBits
	}
	if e.LE != 0 {
		high = e.LE
	}
	return low <= p.Bits() && p.Bits() <= high
}

// Hits is how many prefixes the entry has decided.
func (e *Entry) Hits() uint64 { return e.hits.Load() }

// Hit counts n prefixes that the entry has decided. It may be called from anywhere.
func (e *Entry) Hit(n uint64) { e.hits.Add(n) }

// String is the entry as it is configured, without its number: `permit 10.0.0.0/8 le 24`.
func (e *Entry) String() string {
	text := "permit "
	if e.Deny {
		text = "deny "
	}
	text += e.Prefix.String()
	if e.GE != 0 {
		text += fmt.Sprintf(" ge %d", e.GE)
	}
	if e.LE != 0 {
		text += fmt.Sprintf(" le %d", e.LE)
	}
	return text
}

// says reports whether both say the same of the same prefixes.
func (e *Entry) says(o *Entry) bool {
	return e.Deny == o.Deny && e.Prefix == o.Prefix && e.GE == o.GE && e.LE == o.LE
}
