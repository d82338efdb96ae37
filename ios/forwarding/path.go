package forwarding

import "slices"

// The stages of a packet's way, in its order.
const (
	StageHeader          Stage = iota // a packet has come in
	StageAccessIn                     // the interface's list, `ip access-group in`
	StageClearText                    // what the crypto map would have had encrypted is refused
	StageReassemble                   // fragments to this router
	StageDecrypt                      // IPsec packets to this router
	StageReassembleInner              // fragments to this router that came out of a tunnel
	StageCryptoAccessIn               // a crypto map's own list, `set ip access-group in`
	StageNATIn                        // NAT from outside to inside
	StageDeliver                      // what is to this router
	StageForward                      // what is not
	StagePolicy                       // policy routing, by the route-map of the way in
	StageRoute                        // the way out
	StageTimeToLive                   // one hop more
	StageRedirect                     // the sender is told of a shorter way
	StageNATOut                       // NAT from inside to outside
	StageCryptoMap                    // the tunnel, by the crypto map of the way out
	StageCryptoAccessOut              // a crypto map's own list, `set ip access-group out`
	StageFragmentBefore               // what would not fit once encrypted
	StageEncrypt                      // an IPsec packet is made of it
	StageRouteOuter                   // the way out of the IPsec packet
	StageAccessOut                    // the interface's list, `ip access-group out`
	StageFragment                     // what does not fit the link
	StageTransmit                     // a packet goes out
	numStages
)

// paths returns the way of a packet: what is done to it, in this order. It is the
// order of 12.4, in which an interface's access list sees the encrypted packet
// only. A test has a row for each place in it.
func paths() (fromWire, fromSelf, toSelf []stage) {
	arrival := []stage{
		{StageHeader, (*Stack).checkHeader, (*Stack).countHeader, (*View).checkHeader},
		{StageAccessIn, (*Stack).accessListIn, (*Stack).countListIn, (*View).accessListIn},
		{StageClearText, (*Stack).refuseClear, (*Stack).countClear, (*View).refuseClear},
	}
	delivery := []stage{
		{StageReassemble, (*Stack).reassemble, (*Stack).keepFragment, (*View).reassemble},
		{StageDecrypt, (*Stack).decrypt, (*Stack).acceptDecrypted, (*View).decrypt},
		{StageReassembleInner, (*Stack).reassembleInner, (*Stack).keepFragment, (*View).reassembleInner},
		{StageCryptoAccessIn, (*Stack).cryptoAccessIn, (*Stack).countCryptoAccess, (*View).cryptoAccessIn},
		{StageNATIn, (*Stack).translateIn, (*Stack).applyTranslation, (*View).translateIn},
		{StageDeliver, (*Stack).deliver, (*Stack).handOver, (*View).deliver},
	}
	forward := []stage{{StageForward, (*Stack).forward, (*Stack).spendForward, (*View).forward}}
	route := []stage{
		{StagePolicy, (*Stack).policy, (*Stack).applyPolicy, (*View).policy},
		{StageRoute, (*Stack).route, (*Stack).countRoute, (*View).route},
	}
	hop := []stage{
		{StageTimeToLive, (*Stack).timeToLive, (*Stack).sendExpired, (*View).timeToLive},
		{StageRedirect, (*Stack).redirect, (*Stack).sendRedirect, (*View).redirect},
	}
	departure := []stage{
		{StageNATOut, (*Stack).translateOut, (*Stack).applyTranslation, (*View).translateOut},
		{StageCryptoMap, (*Stack).cryptoMap, (*Stack).applySelection, (*View).cryptoMap},
		{StageCryptoAccessOut, (*Stack).cryptoAccessOut, (*Stack).countCryptoAccess, (*View).cryptoAccessOut},
		{StageFragmentBefore, (*Stack).fragmentBefore, (*Stack).countFragmentsBefore, (*View).fragmentBefore},
		{StageEncrypt, (*Stack).encrypt, (*Stack).seal, (*View).encrypt},
		{StageRouteOuter, (*Stack).routeOuter, (*Stack).countRoute, (*View).routeOuter},
		{StageAccessOut, (*Stack).accessListOut, (*Stack).countListOut, (*View).accessListOut},
		{StageFragment, (*Stack).fragment, (*Stack).countFragments, (*View).fragment},
		{StageTransmit, (*Stack).transmit, (*Stack).sendOut, (*View).transmit},
	}
	fromWire = slices.Concat(arrival, delivery, forward, route, hop, departure)
	fromSelf = slices.Concat(route, departure)
	return fromWire, fromSelf, delivery
}

// Stage is a stage of the way of a packet.
type Stage uint8

// A stage is one thing that is done to a packet.
type stage struct {
	name Stage
	// decide says what is to be done. It may rewrite the packet in hand, which is
	// the walk's own, and changes nothing else.
	decide func(s *Stack, t *transit) verdict
	// apply changes what the verdict changes: counters, timers, ARP and logs, and
	// what is sent because of it.
	apply func(s *Stack, t *transit, v verdict)
	// fast decides beside the loop, and leaves to the loop all that is not settled.
	fast func(v *View, f *Flight) fastStep
}

// after returns what follows the stage of that name.
func after(stages []stage, name Stage) []stage {
	at := slices.IndexFunc(stages, func(s stage) bool { return s.name == name })
	return stages[at+1:]
}
