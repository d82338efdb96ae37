package event

// What happens to the router as a whole (System).
type (
	// ISAKMPSwitched: the first crypto map came to an interface, or the last one
	// went, or the configuration says so.
	ISAKMPSwitched struct{ On bool }
)
