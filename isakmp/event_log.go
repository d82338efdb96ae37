package isakmp

import (
	"net/netip"
)

// Syslog messages: said whether or not someone debugs.
type (
	// BadMessage failed its sanity check.
	BadMessage struct{ Remote netip.Addr }
	// NoSA: neither of an SA that is known nor an offer of one.
	NoSA struct{ Remote netip.Addr }
	// ModeFailed: an exchange went wrong.
	ModeFailed struct {
		Mode   Mode
		Remote netip.Addr
	}
	// NotEncrypted: a message that should have been.
	NotEncrypted struct{ Remote netip.Addr }
	// NotAuthenticated: quick mode before main mode is done.
	NotAuthenticated struct{ Remote netip.Addr }
	// AggressiveDisabled: the peer wants aggressive mode, which is forbidden.
	AggressiveDisabled struct{}
	// UnknownExchange type.
	UnknownExchange struct {
		Remote   netip.Addr
		Exchange uint8
	}
)

// Mode is an exchange as ModeFailed names it.
type Mode int

// Modes.
const (
	ModeMain Mode = iota + 1
	ModeAggressive
	ModeQuick
	ModeInformational
)
