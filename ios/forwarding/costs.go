package forwarding

import "time"

// What a router of the time spends on a packet, coarsely. A ping over one
// router in between takes some ten milliseconds, as in a lab of small routers.
const (
	costReceive = 500 * time.Microsecond // a frame taken from an interface
	costForward = 1 * time.Millisecond   // a route looked up, a header rewritten
	costDeliver = 1 * time.Millisecond   // a packet handed to a process of the router
	costMake    = 1 * time.Millisecond   // a packet made by the router itself
	costPiece   = 200 * time.Microsecond // one more fragment, made or put together
)

// tick is the resolution of the platform's clock: what measures a round trip
// sees no less.
const tick = 4 * time.Millisecond
