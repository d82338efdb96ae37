package event

// What happens to the router as a whole (System).
type (
	// ISAKMPSwitched: the first crypto map came to an interface, or the last one
	// went, or the configuration says so.
	ISAKMPSwitched struct{ On bool }
	// NATStarted: the first line about NAT has made the interface of NAT's own, and
	// that has come up.
	NATStarted struct{ Interface string }
)
