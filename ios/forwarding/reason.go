package forwarding

// Reason is why a stage has decided as it did.
type Reason uint8

// The reasons. NoReason is that of a stage that does not concern the packet.
const (
	NoReason Reason = iota

	// Of packets that go on.
	Permitted
	NotForThisRouter
	ToPassOn
	PolicyNotMatched
	PolicyDenied
	PolicyRouted
	PolicyAsUsual
	PolicyExplicit
	Routed
	Aged
	Redirected
	Selected
	NotSelected
	IPsecItself
	ForInside
	Fits
	Translated
	NotTranslated

	// Of packets that are taken.
	FragmentHeld
	FragmentAwaitsFirst
	Reassembled
	Decrypted
	Fragmented
	Encrypted
	Sent
	LoopedBack
	WaitsForNeighbour
	EchoAnswered
	EchoReplyTaken
	ICMPErrorTaken
	Delivered
	TCPRefused

	// Of packets that are dropped.
	BadHeader
	NoAddress
	BadSource
	BadDestination
	Denied
	ShouldBeEncrypted
	FragmentRepeated
	FragmentBad
	FragmentsMissing
	TooManyFragments
	DatagramTooLong
	NATKeepalive
	BadIPsec
	NoSA
	Replayed
	BadCheckValue
	OutsideProxies
	BadICMP
	EchoReplyUnexpected
	ICMPIgnored
	BadUDP
	PortClosed
	BadTCP
	ResetIgnored
	NoProtocol
	NotRouting
	NotForwardable
	PolicyToNull
	NoRoute
	RoutedToNull
	DirectedBroadcast
	TTLExceeded
	NoTranslation
	TooManyTranslations
	TranslationTaken
	NotTranslatable
	NoTunnel
	TooBigForTunnel
	SAExhausted
	TooBig
	ProtocolDown
	NeighbourUnknown
	NeighbourSilent
	TooManyWait
	TooManyNeighbours
	NoHost

	numReasons
)
