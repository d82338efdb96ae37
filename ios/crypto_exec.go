package ios

import (
	"strings"

	"github.com/ioslab/ioslab/cli"
)

const clearCryptoHelp = "Reset functions\nEncryption subsystem\n"

var cryptoExecCommands = []cli.Command{
	privileged("clear crypto sa [ ( peer A.B.C.D:peer | map WORD:map | counters ) ]",
		clearCryptoHelp+"Clear all crypto SAs\nClear all SAs for a given crypto peer\nIP address of peer\n"+
			"Clear all SAs for a given crypto map\nCrypto map name\nReset the SA counters", clearCryptoSA),
	privileged("clear crypto isakmp [ <1-32766>:id ]",
		clearCryptoHelp+"Flush the ISAKMP database\nConnection id of SA", clearISAKMP),
	privileged("clear crypto session [ remote A.B.C.D:peer ]",
		clearCryptoHelp+"Clear crypto sessions (tunnels)\nRemote (peer) address\nIP address of peer", clearSession),
	showCrypto("isakmp sa [ detail ]", "Show ISAKMP Security Associations\nShow ISAKMP SA Detail", showISAKMPSA),
	showCrypto("isakmp policy", "Show ISAKMP protection suite policy", showISAKMPPolicy),
	showCrypto("isakmp key", "Show ISAKMP preshared keys", showISAKMPKeys),
	showCrypto("isakmp peers", "Show ISAKMP peer structures", showISAKMPPeers),
	showCrypto("ipsec sa [ ( peer A.B.C.D:peer | map WORD:map | interface INTERFACE:interface ) ]",
		"IPSEC SA table\nIPSEC SA table for a given crypto peer\nIP address of peer\n"+
			"IPSEC SA table for a specific crypto map\nCrypto map name\nIPSEC SA table for a specific interface\nInterface", showIPsecSA),
	showCrypto("ipsec transform-set [ WORD:name ]", "Crypto transform sets\nTransform set tag", showTransformSets),
	showCrypto("ipsec security-association lifetime", "Show parameters for IPSec security associations\nShow security association lifetime", showIPsecLifetime),
	showCrypto("map [ ( interface INTERFACE:interface | tag WORD:name ) ]", "Crypto maps\nCrypto maps for a specific interface\nInterface\nCrypto maps with the given tag\nCrypto map tag", showCryptoMaps),
	showCrypto("session [ detail ]", "Show crypto sessions (tunnels)\nShow a detailed listing", showCryptoSession),
	showCrypto("engine connections active", "Show crypto engine info\nShow crypto engine connections\nShow active crypto engine connections", showEngineConnections),
}

// showCrypto is a `show crypto …` row, whose help starts after `crypto`.
func showCrypto(words, help string, run handler) cli.Command {
	family := map[string]string{
		"isakmp": "Show ISAKMP\n", "ipsec": "Show IPSEC policy\n",
	}
	first, _, _ := strings.Cut(words, " ")
	return privileged("show crypto "+words, showHelp+"Encryption module\n"+family[first]+help, run)
}

func clearCryptoSA(r *Router, c *cli.Call) error {
	switch {
	case c.Has("counters"):
		r.keys.ClearCounters()
	case c.Has("peer"):
		r.keys.ClearPeer(c.Addr("peer"))
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
	for _, b := range r.keys.View() {
		for _, f := range b.Flows {
			if !c.Has("peer") || f.Peer == c.Addr("peer") {
				r.keys.ClearPeer(f.Peer)
			}
		}
	}
	for _, sa := range r.isakmp.SAs() {
		if !sa.Deleted && (!c.Has("peer") || sa.Remote.Addr() == c.Addr("peer")) {
			r.isakmp.Clear(sa.ConnID)
		}
	}
	return nil
}
