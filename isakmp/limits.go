package isakmp

import "time"

// What this implementation allows itself, and the periods of IOS.
const (
	maxHalfOpen        = 512  // SAs of strangers, of which no peer is authenticated, deleted ones included
	maxHalfOpenPerPeer = 32   // of one address, a stranger or not
	maxSAs             = 4096 // of all kinds; those that are deleted give way
	maxRequests        = 256  // exchanges of ours under one SA; those that are over give way
	maxNodes           = 128  // of the peer's, likewise
	maxRetired         = 8192 // message IDs known after that, four octets each
	maxErrors          = 5    // retransmissions and bad messages
	maxSeen            = 4    // messages of one exchange known by their digest

	retransmitAfter = 10 * time.Second
	duplicateAfter  = 500 * time.Millisecond // a duplicate is answered then
	duplicateQuiet  = 500 * time.Millisecond // or not, when we sent just before
	nodePurgeAfter  = 50 * time.Second
	saPurgeAfter    = 60 * time.Second
	renewalLead     = 40 * time.Second // of phase 1, by its initiator
	responderLead   = 20 * time.Second // by its responder, where that has not come

	nonceLen = 20
	ikePort  = 500
)
