package forwarding

// Texts are what stages, outcomes and reasons read like in one language. Another
// language is another value, with a row for each.
type Texts struct {
	stages   [numStages]string
	outcomes [numOutcomes]string
	reasons  [numReasons]string
}

// Stage returns the name of a stage.
func (t *Texts) Stage(s Stage) string { return t.stages[s] }

// Outcome returns the name of an outcome.
func (t *Texts) Outcome(o Outcome) string { return t.outcomes[o] }

// Reason returns what a reason reads like; "" for NoReason.
func (t *Texts) Reason(r Reason) string { return t.reasons[r] }

// String names the stage in English.
func (s Stage) String() string { return English.Stage(s) }

// String names the outcome in English.
func (o Outcome) String() string { return English.Outcome(o) }

// String is the reason in English.
func (r Reason) String() string { return English.Reason(r) }

// English has the texts in English.
var English = Texts{
	stages: [numStages]string{
		StageHeader:          "header",
		StageAccessIn:        "access list in",
		StageClearText:       "clear text",
		StageReassemble:      "reassemble",
		StageDecrypt:         "decrypt",
		StageReassembleInner: "reassemble inside",
		StageCryptoAccessIn:  "access list in of the crypto map",
		StageNATIn:           "NAT outside to inside",
		StageDeliver:         "deliver",
		StageForward:         "forward",
		StagePolicy:          "policy routing",
		StageRoute:           "route",
		StageTimeToLive:      "time to live",
		StageRedirect:        "redirect",
		StageNATOut:          "NAT inside to outside",
		StageCryptoMap:       "crypto map",
		StageCryptoAccessOut: "access list out of the crypto map",
		StageFragmentBefore:  "fragment before encryption",
		StageEncrypt:         "encrypt",
		StageRouteOuter:      "route of the IPsec packet",
		StageAccessOut:       "access list out",
		StageFragment:        "fragment",
		StageTransmit:        "transmit",
	},
	outcomes: [numOutcomes]string{Passed: "passed", Taken: "taken", Dropped: "dropped"},
	reasons: [numReasons]string{
		Permitted:           "permitted by the access list",
		NotForThisRouter:    "not to this router",
		ToPassOn:            "may be passed on",
		PolicyNotMatched:    "no entry of the route-map is for it: routed as usual",
		PolicyDenied:        "denied by the route-map: routed as usual",
		PolicyRouted:        "routed by the route-map",
		PolicyAsUsual:       "the route-map names no way that is there: routed as usual",
		PolicyExplicit:      "the route-map is for what has no route of its own: routed as usual",
		Routed:              "a route leads there",
		Aged:                "the time to live is one less",
		Redirected:          "the sender is told of a shorter way",
		Selected:            "selected by the crypto map",
		NotSelected:         "not selected by the crypto map",
		IPsecItself:         "IKE or IPsec of this router itself",
		ForInside:           "no SA of this router, but NAT takes it to a host inside",
		Fits:                "fits in one piece",
		Translated:          "translated",
		NotTranslated:       "no rule of NAT takes it",
		FragmentHeld:        "a fragment, which waits for the others",
		FragmentAwaitsFirst: "a fragment, which waits for the first one",
		Reassembled:         "whole again",
		Decrypted:           "decrypted",
		Fragmented:          "fragmented",
		Encrypted:           "encrypted",
		Sent:                "sent",
		LoopedBack:          "comes in again by the loopback",
		WaitsForNeighbour:   "waits for the neighbour's hardware address",
		EchoAnswered:        "echo answered",
		EchoReplyTaken:      "echo reply",
		ICMPErrorTaken:      "ICMP error",
		Delivered:           "delivered",
		TCPRefused:          "no such TCP port: reset",
		BadHeader:           "bad IP header",
		NoAddress:           "no IP address on this interface",
		BadSource:           "bad source address",
		BadDestination:      "bad destination address",
		Denied:              "denied by the access list",
		ShouldBeEncrypted:   "should have been encrypted",
		FragmentRepeated:    "a fragment that has come before",
		FragmentBad:         "a fragment that does not fit the others",
		FragmentsMissing:    "the other fragments have not come in time",
		TooManyFragments:    "too many packets wait for fragments",
		DatagramTooLong:     "longer than a packet can be",
		NATKeepalive:        "NAT keepalive",
		BadIPsec:            "IPsec packet rejected",
		NoSA:                "no SA of that SPI",
		Replayed:            "replayed, or too old to tell",
		BadCheckValue:       "the check value is wrong",
		OutsideProxies:      "what was inside is outside the proxy identities",
		BadICMP:             "bad ICMP header or checksum",
		EchoReplyUnexpected: "echo reply without a ping",
		ICMPIgnored:         "ICMP type not handled",
		BadUDP:              "bad UDP header or checksum",
		PortClosed:          "port closed",
		BadTCP:              "bad TCP header or checksum",
		ResetIgnored:        "reset of no connection",
		NoProtocol:          "no such protocol",
		NotRouting:          "IP routing is off",
		NotForwardable:      "never passed on: multicast or broadcast",
		PolicyToNull:        "sent to Null0 by the route-map",
		NoRoute:             "no route",
		RoutedToNull:        "routed to Null0",
		DirectedBroadcast:   "directed broadcast",
		TTLExceeded:         "time to live exceeded",
		NoTranslation:       "NAT has no address or port left for it",
		TooManyTranslations: "as many translations as there may be",
		TranslationTaken:    "another conversation would look the same once translated",
		NotTranslatable:     "NAT cannot carry it",
		NoTunnel:            "no SA for it yet",
		TooBigForTunnel:     "too big for the tunnel, and not to be fragmented",
		SAExhausted:         "SA exhausted",
		TooBig:              "too big for the link, and not to be fragmented",
		ProtocolDown:        "line protocol is down",
		NeighbourUnknown:    "the neighbour's hardware address is asked for",
		NeighbourSilent:     "the neighbour does not answer",
		TooManyWait:         "gives way to those that wait for the same neighbour",
		TooManyNeighbours:   "no room in the ARP cache",
		NoHost:              "no such host behind this interface",
	},
}
