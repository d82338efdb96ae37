package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
)

var cryptoExecCommands = []cli.Command{
	privileged(`clear crypto
		sa                        "Delete IPsec SAs"
		[ ( peer                  "Only those with one peer"
		    A.B.C.D:peer          "IP address of peer"
		  | map                   "Only those of one crypto map"
		    WORD:map              "Crypto map name"
		  | entry                 "One SA, and the one of the other direction"
		    A.B.C.D:dst           "Destination address"
		    esp                   "ESP"
		    <256-4294967295>:spi  "SPI of the SA"
		  | counters              "Set their counters to zero" ) ]`, clearCryptoSA),
	privileged(`clear crypto isakmp "Delete ISAKMP SAs" [ <1-32766>:id "Connection id of the SA" ]`, clearISAKMP),
	privileged(`clear crypto
		session          "Delete all SAs with a peer"
		[ local          "Only those from one address"
		  A.B.C.D:local  "Address of this router" ]
		[ remote         "Only with one peer"
		  A.B.C.D:peer   "IP address of peer" ]`, clearSession),
	privileged(`show crypto isakmp sa "Phase 1 SAs" [ detail "With algorithms and lifetimes" ]`, showISAKMPSA),
	privileged(`show crypto isakmp policy "Phase 1 policies"`, showISAKMPPolicy),
	privileged(`show crypto isakmp key "Pre-shared keys"`, showISAKMPKeys),
	privileged(`show crypto isakmp peers "Known peers"`, showISAKMPPeers),
	privileged(`show crypto ipsec
		sa                       "IPSEC SA table"
		[ ( peer                 "IPSEC SA table for a given crypto peer"
		    A.B.C.D:peer         "IP address of peer"
		  | map                  "IPSEC SA table for a specific crypto map"
		    WORD:map             "Crypto map name"
		  | interface            "IPSEC SA table for a specific interface"
		    INTERFACE:interface  "Interface" ) ]`, showIPsecSA),
	privileged(`show crypto ipsec transform-set "Crypto transform sets" [ WORD:name "Name" ]`, showTransformSets),
	privileged(`show crypto ipsec security-association "Settings of SAs" lifetime "Lifetime of SAs"`, showIPsecLifetime),
	privileged(`show crypto
		map                      "Crypto maps"
		[ ( interface            "Crypto maps of one interface"
		    INTERFACE:interface  "Interface"
		  | tag                  "Crypto maps of one tag"
		    WORD:name            "Crypto map tag" ) ]`, showCryptoMaps),
	privileged(`show crypto session "Tunnels by peer" [ detail "With counters and lifetimes" ]`, showCryptoSession),
	privileged(`show crypto engine "Crypto engine" connections "Connections of the engine" active "Active connections"`, showEngineConnections),
}

func clearCryptoSA(r *Router, c *cli.Call) error {
	switch {
	case c.Has("counters"):
		r.keys.ClearCounters()
		return nil
	case c.Has("peer"):
		r.keys.ClearPeer(c.Addr("peer"))
	case c.Has("dst"):
		r.keys.ClearEntry(c.Addr("dst"), uint32(c.Int("spi")))
	case c.Has("map"):
		r.keys.ClearMap(c.Str("map"))
	default:
		r.keys.ClearAll()
	}
	r.keys.DropHeld()
	return nil
}

func clearISAKMP(r *Router, c *cli.Call) error {
	if c.Has("id") {
		r.isakmp.Clear(c.Int("id"))
	} else {
		r.isakmp.ClearAll()
	}
	r.keys.DropHeld()
	return nil
}

func clearSession(r *Router, c *cli.Call) error {
	meant := func(local, remote netip.Addr) bool {
		return (!c.Has("local") || local == c.Addr("local")) && (!c.Has("peer") || remote == c.Addr("peer"))
	}
	r.keys.ClearSessions(meant)
	for _, sa := range r.isakmp.SAs() {
		if local, remote := sa.Local.Addr(), sa.Remote.Addr(); !sa.Deleted && meant(local, remote) {
			r.isakmp.ClearPeer(local, remote)
		}
	}
	r.keys.DropHeld()
	return nil
}
