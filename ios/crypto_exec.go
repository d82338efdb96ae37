package ios

import (
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

const clearCryptoHelp = "Set back, empty or delete\nISAKMP and IPsec\n"

var cryptoExecCommands = []cli.Command{
	privileged("clear crypto sa [ ( peer A.B.C.D:peer | map WORD:map | entry A.B.C.D:dst esp <256-4294967295>:spi | counters ) ]",
		clearCryptoHelp+"Delete IPsec SAs\nOnly those with one peer\nIP address of peer\n"+
			"Only those of one crypto map\nCrypto map name\nOne SA, and the one of the other direction\n"+
			"Address that it is to\nESP\nIts SPI\nSet their counters to zero", clearCryptoSA),
	privileged("clear crypto isakmp [ <1-32766>:id ]",
		clearCryptoHelp+"Delete ISAKMP SAs\nIts connection id", clearISAKMP),
	privileged("clear crypto session [ local A.B.C.D:local ] [ remote A.B.C.D:peer ]",
		clearCryptoHelp+"Delete all SAs with a peer\nOnly those from one address\nAddress of this router\nOnly with one peer\nIP address of peer", clearSession),
	showCrypto("isakmp sa [ detail ]", "Phase 1 SAs\nWith algorithms and lifetimes", showISAKMPSA),
	showCrypto("isakmp policy", "Phase 1 policies", showISAKMPPolicy),
	showCrypto("isakmp key", "Pre-shared keys", showISAKMPKeys),
	showCrypto("isakmp peers", "Peers that are known", showISAKMPPeers),
	showCrypto("ipsec sa [ ( peer A.B.C.D:peer | map WORD:map | interface INTERFACE:interface ) ]",
		"IPSEC SA table\nIPSEC SA table for a given crypto peer\nIP address of peer\n"+
			"IPSEC SA table for a specific crypto map\nCrypto map name\nIPSEC SA table for a specific interface\nInterface", showIPsecSA),
	showCrypto("ipsec transform-set [ WORD:name ]", "Crypto transform sets\nIts name", showTransformSets),
	showCrypto("ipsec security-association lifetime", "Of new SAs\nHow long they last", showIPsecLifetime),
	showCrypto("map [ ( interface INTERFACE:interface | tag WORD:name ) ]", "Crypto maps\nThose of one interface\nInterface\nThose of one name\nCrypto map tag", showCryptoMaps),
	showCrypto("session [ detail ]", "Tunnels, peer by peer\nWith counters and lifetimes", showCryptoSession),
	showCrypto("engine connections active", "The engine that encrypts\nIts connections\nThose in use", showEngineConnections),
}

// showCrypto is a `show crypto …` row, whose help starts after `crypto`.
func showCrypto(words, help string, run handler) cli.Command {
	family := map[string]string{
		"isakmp": "ISAKMP\n", "ipsec": "IPsec\n",
	}
	first, _, _ := strings.Cut(words, " ")
	return privileged("show crypto "+words, showHelp+"ISAKMP, IPsec and crypto maps\n"+family[first]+help, run)
}

func clearCryptoSA(r *Router, c *cli.Call) error {
	switch {
	case c.Has("counters"):
		r.keys.ClearCounters()
	case c.Has("peer"):
		r.keys.ClearPeer(c.Addr("peer"))
	case c.Has("dst"):
		r.keys.ClearEntry(c.Addr("dst"), uint32(c.Int("spi")))
	case c.Has("map"):
		r.keys.ClearMap(c.Str("map"))
	default:
		r.keys.ClearAll()
	}
	return nil
}

func clearISAKMP(r *Router, c *cli.Call) error {
	if c.Has("id") {
		r.isakmp.Clear(c.Int("id"))
		return nil
	}
	r.isakmp.ClearAll()
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
	return nil
}
