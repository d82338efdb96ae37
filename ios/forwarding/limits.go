package forwarding

import "time"

// Bounds on what the wire can make a router hold.
const (
	maxNeighbours     = 8192    // ARP entries of a stack, incomplete ones included
	maxReassemblies   = 64      // packets being put together at once
	maxPieces         = 512     // fragments of one packet
	maxReassemblyRoom = 1 << 20 // bytes of all fragments held
	maxDatagram       = 65535   // RFC 791
)

// DefaultARPTimeout is how long a neighbour is remembered, unless `arp timeout`
// says otherwise.
const DefaultARPTimeout = 4 * time.Hour

// Times.
const (
	reassemblyTime      = 30 * time.Second
	unreachableInterval = 500 * time.Millisecond // between two ICMP unreachables
	duplicateInterval   = 30 * time.Second       // between two complaints about a duplicate address
	defendInterval      = 10 * time.Second       // between two announcements because of one (RFC 5227)

	arpRefresh      = 60 * time.Second // before the timeout
	arpRetry        = 20 * time.Second // between requests that refresh
	arpRequestEvery = time.Second      // for an address that does not answer
	arpRequests     = 3                // requests that packets wait for
	arpIncomplete   = 60 * time.Second // an address that never answered is forgotten
	sweepInterval   = time.Second      // between two looks for room in a full cache
	arpClearRetry   = time.Second      // between requests after `clear arp`

	linkReport     = 2 * time.Second // a change of state is told when it has lasted
	protocolReport = 1 * time.Second
)
