package showtext

import (
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/prefixlist"
	"github.com/ioslab/ioslab/isakmp"
)

// Texts are the layouts of one IOS release. The commands that are not here read
// alike in all releases that there are.
type Texts struct {
	ISAKMPSA       Table[isakmp.SAStatus] // show crypto isakmp sa
	ISAKMPSADetail Table[isakmp.SAStatus]

	IPsecBinding Layout[keyengine.BindingView] // show crypto ipsec sa: an interface,
	IPsecFlow    Layout[Flow]                  // the flows of its map,
	IPsecSA      Layout[SA]                    // and their SAs

	CryptoMap      Layout[Map] // show crypto map: above the entries
	CryptoMapEntry Layout[MapEntry]
	CryptoMapUsers Layout[Map] // below them

	Sessions    Layout[bool]        // show crypto session: above the sessions, in detail or not,
	Session     Layout[Session]     // each session,
	SessionSA   Layout[SessionSA]   // its SAs of phase 1
	SessionFlow Layout[SessionFlow] // and its flows

	EngineConnections Table[Connection] // show crypto engine connections active

	Translations       Table[Translation]    // show ip nat translations,
	TranslationDetails Layout[Translation]   // and with verbose below a row
	NATStatistics      Layout[NATStatistics] // show ip nat statistics
	Aliases            Table[Alias]          // show ip aliases

	RouteMapEntry Layout[RouteMapEntry] // show route-map
	Policies      Table[Policy]         // show ip policy

	PrefixList        Layout[PrefixList]        // show ip prefix-list,
	PrefixListSummary Layout[PrefixList]        // its summary,
	PrefixEntry       Layout[*prefixlist.Entry] // and in detail each entry

	Version Layout[System] // show version
}

// V124 is 12.4 mainline.
var V124 = &Texts{
	ISAKMPSA:           isakmpSA124,
	ISAKMPSADetail:     isakmpSADetail124,
	IPsecBinding:       ipsecBinding124,
	IPsecFlow:          ipsecFlow124,
	IPsecSA:            ipsecSA124,
	CryptoMap:          cryptoMap124,
	CryptoMapEntry:     cryptoMapEntry124,
	CryptoMapUsers:     cryptoMapUsers124,
	Sessions:           sessions124,
	Session:            session124,
	SessionSA:          sessionSA124,
	SessionFlow:        sessionFlow124,
	EngineConnections:  engineConnections124,
	Translations:       translations124,
	TranslationDetails: translationDetails124,
	NATStatistics:      natStatistics124,
	Aliases:            aliases124,
	RouteMapEntry:      routeMapEntry124,
	Policies:           policies124,
	PrefixList:         prefixList124,
	PrefixListSummary:  prefixListSummary124,
	PrefixEntry:        prefixEntry124,
	Version:            version124,
}
