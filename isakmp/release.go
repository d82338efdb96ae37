package isakmp

// Release is what IOS releases do differently in ISAKMP. What they say differently
// is no matter of the engine.
type Release struct {
	// NATT are the vendor IDs of NAT traversal that an initiator offers, in the
	// order in which they stand in its first message. It takes no other from the
	// answer. A responder takes all that there are.
	NATT []VendorKind
	// InitiatorVendors and ResponderVendors are the vendor IDs beside the key
	// exchange, in the third and the fourth message of main mode.
	InitiatorVendors, ResponderVendors []VendorKind
	// FirstConn is the connection id of the first SA of phase 1.
	FirstConn int
	// ConnWithKeys gives an SA its connection id when it has keys, not with its
	// policy.
	ConnWithKeys bool
	// LifetimeChosen has an event tell of the lifetime after the policy.
	LifetimeChosen bool
	// RereadsRefused has a responder read the vendor IDs once more after it has
	// refused the SA payload beside them, as it does when it has accepted it.
	RereadsRefused bool
	// Early are the states in which a message is read before the machine moves.
	Early []State
	// LifetimeFirst sends RESPONDER_LIFETIME of phase 1 before the machine reports
	// the end of phase 1, not after.
	LifetimeFirst bool
	// SPIReply and SPIReplyFrom are what the key engine's SPI is to the machine of a
	// quick mode.
	SPIReply     Input
	SPIReplyFrom InputClass
}

// Release124 is 12.4 mainline, as the reference trace shows it.
var Release124 = &Release{
	NATT:             []VendorKind{VendorNATT07, VendorNATT03, VendorNATT02},
	InitiatorVendors: []VendorKind{VendorUnity, VendorDPD, VendorIOS},
	ResponderVendors: []VendorKind{VendorUnity, VendorDPD, VendorIOS},
	FirstConn:        1,
	RereadsRefused:   true,
	Early:            []State{StateIMM5},
	SPIReply:         InputSPIReply,
	SPIReplyFrom:     FromIPsec,
}
