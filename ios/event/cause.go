package event

import "time"

// Cause is what set a router to work. It came to one of the router's edges and is
// an event itself.
type Cause struct {
	Kind   CauseKind
	Serial uint64        // of its own event: that of the frame, of the typed line, …
	At     time.Duration // when it came
	What   string        // the interface, the line as it was typed, the order
	// Timer: what came set a timer, and that has fired. A timer that a timer has
	// set is led back to what set the first.
	Timer bool
}

// CauseKind is what a cause is.
type CauseKind uint8

// The kinds of cause.
const (
	NoCause   CauseKind = iota
	ByFrame             // a frame came in; What is the interface
	ByLine              // a line was typed
	ByCarrier           // the other end of a link began or ceased to signal; What is the interface
	ByPowerOn           // the router was switched on; What is why
	ByOrder             // the lab was given an order
)

// String names the kind.
func (k CauseKind) String() string {
	return [...]string{"none", "frame", "line", "carrier", "power-on", "order"}[k]
}

// What came to the router (Input).
type (
	// Typed is a line on a console, when it is carried out.
	Typed struct{ Line string }
	// Carrier is a change at the other end of a link.
	Carrier struct {
		Interface string
		Up        bool
	}
	// PowerOn is a router that is switched on, or reloads.
	PowerOn struct{ Reason string }
	// Order is one that the lab was given and that touches the router.
	Order struct{ Text string }
)
