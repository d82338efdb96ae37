package tcp

import "time"

// Limits of ours: nothing in a stack grows beyond them.
const (
	bufferSize    = 65535 // bytes that wait to be sent, and to be taken, of a connection
	maxConns      = 1024  // connections of a stack, those in TIME-WAIT with them
	maxHalfOpen   = 64    // of them, that a peer has begun and not confirmed: the oldest gives way
	maxPieces     = 64    // of a connection, that have come out of order
	maxChallenges = 100   // challenge ACKs of a stack in a second (RFC 5961 §7)
)

// Times and counts, where the RFCs leave a choice.
const (
	firstRTO     = time.Second // RFC 6298 §2.1
	lostSYNRTO   = 3 * time.Second
	minRTO       = time.Second
	maxRTO       = time.Minute
	maxDelay     = 200 * time.Millisecond // of an acknowledgment (RFC 9293 §3.8.6.3: under 500 ms)
	timeWait     = time.Minute            // twice a segment's life in a net of ours
	finWait      = 15 * time.Minute       // without a segment, until an end that only receives is given up
	maxTries     = 12                     // of a segment that is not acknowledged: about eight minutes
	answerTries  = 5                      // of a SYN that answers one: about a minute
	dupThreshold = 3                      // duplicate ACKs that mean a loss (RFC 5681 §3.2)
)

// Sizes of segments in bytes.
const (
	defaultMSS = 536 // of a peer that names none (RFC 9293 §3.7.1)
	minMSS     = 88  // whatever a peer or a router says
	headers    = 40  // of IP and TCP, without options
)

// Ports that connections are made from, where none is named.
const (
	firstPort = 32768
	lastPort  = 60999
)
