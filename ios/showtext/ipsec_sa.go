package showtext

import (
	"fmt"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/keyengine"
)

// Flow is a pair of proxy identities on an interface.
type Flow struct {
	keyengine.FlowView
	Binding keyengine.BindingView
	MTU     int // of IP on the interface, in bytes
}

// SA is one direction of a pair of SAs.
type SA struct {
	*esp.SA
	Conn   int    // its id in the crypto engine
	Map    string // the crypto map that it is of
	Replay bool   // replays are detected
	Now    time.Duration
}

// IPsecSAs returns what `show crypto ipsec sa` prints of a flow at a time: the
// flow, then its SAs of both directions, the newest first.
func (t *Texts) IPsecSAs(f Flow, now time.Duration) string {
	text := t.IPsecFlow.Text(f)
	for _, direction := range []string{"inbound", "outbound"} {
		text += "\n     " + direction + " esp sas:\n"
		for i := len(f.Pairs) - 1; i >= 0; i-- {
			p := f.Pairs[i]
			sa := SA{Conn: p.OutConn, SA: &p.Out.SA, Map: f.Binding.Map, Replay: p.In.DetectsReplay(), Now: now}
			if direction == "inbound" {
				sa.Conn, sa.SA = p.InConn, &p.In.SA
			}
			text += t.IPsecSA.Text(sa)
		}
		text += "\n     " + direction + " ah sas:\n\n     " + direction + " pcp sas:\n"
	}
	return text
}

var ipsecBinding124 = Layout[keyengine.BindingView]{
	{"interface", func(b keyengine.BindingView) string {
		return fmt.Sprintf("\ninterface: %s\n    Crypto map tag: %s, local addr %s\n", b.Interface, b.Map, Address(b.Local))
	}},
}

var ipsecFlow124 = Layout[Flow]{
	{"vrf", func(Flow) string { return "\n   protected vrf: (none)\n" }},
	{"local ident", func(f Flow) string {
		return fmt.Sprintf("   local  ident (addr/mask/prot/port): (%s)\n", ident(f.Selector.Local, f.Selector.Protocol))
	}},
	{"remote ident", func(f Flow) string {
		return fmt.Sprintf("   remote ident (addr/mask/prot/port): (%s)\n", ident(f.Selector.Remote, f.Selector.Protocol))
	}},
	{"peer", func(f Flow) string { return fmt.Sprintf("   current_peer %s port %d\n", Address(f.Peer), f.PeerPort) }},
	{"flags", func(f Flow) string {
		if f.FromList {
			return "     PERMIT, flags={origin_is_acl,}\n"
		}
		return "     PERMIT, flags={}\n"
	}},
	{"counters", func(f Flow) string {
		n := f.Counters
		return fmt.Sprintf("    #pkts encaps: %d, #pkts encrypt: %d, #pkts digest: %d\n", n.Encaps.Load(), n.Encrypt.Load(), n.Digest.Load()) +
			fmt.Sprintf("    #pkts decaps: %d, #pkts decrypt: %d, #pkts verify: %d\n", n.Decaps.Load(), n.Decrypt.Load(), n.Verify.Load())
	}},
	{"compression", func(Flow) string {
		return "    #pkts compressed: 0, #pkts decompressed: 0\n" +
			"    #pkts not compressed: 0, #pkts compr. failed: 0\n" +
			"    #pkts not decompressed: 0, #pkts decompress failed: 0\n"
	}},
	{"errors", func(f Flow) string {
		return fmt.Sprintf("    #send errors %d, #recv errors %d\n\n", f.Counters.SendErrors.Load(), f.Counters.RecvErrors.Load())
	}},
	{"endpoints", func(f Flow) string {
		return fmt.Sprintf("     local crypto endpt.: %s, remote crypto endpt.: %s\n", Address(f.Binding.Local), Address(f.Peer))
	}},
	{"mtu", func(f Flow) string {
		return fmt.Sprintf("     path mtu %d, ip mtu %d, ip mtu idb %s\n", f.MTU, f.MTU, f.Binding.Interface)
	}},
	{"outbound spi", func(f Flow) string {
		var spi uint32
		if p := f.Sending(); p != nil {
			spi = p.Out.SPI()
		}
		return fmt.Sprintf("     current outbound spi: 0x%X(%d)\n", spi, spi)
	}},
}

func ident(p acl.Proxy, protocol uint8) string {
	return fmt.Sprintf("%s/%s/%d/%d", p.Addr, p.Mask, protocol, p.Port)
}

var ipsecSA124 = Layout[SA]{
	{"spi", func(sa SA) string { return fmt.Sprintf("      spi: 0x%X(%d)\n", sa.SPI(), sa.SPI()) }},
	{"transform", func(sa SA) string { return fmt.Sprintf("        transform: %s,\n", sa.Transform()) }},
	{"settings", func(sa SA) string {
		if sa.Encap().On() {
			return "        in use settings ={Tunnel UDP-Encaps, }\n"
		}
		return "        in use settings ={Tunnel, }\n"
	}},
	{"engine", func(sa SA) string {
		return fmt.Sprintf("        conn id: %d, flow_id: SW:%d, crypto map: %s\n", sa.Conn, sa.Conn-keyengine.FirstConn+1, sa.Map)
	}},
	{"timing", func(sa SA) string {
		return fmt.Sprintf("        sa timing: remaining key lifetime (k/sec): (%d/%d)\n", sa.KilobytesShown(), sa.SecondsLeft(sa.Now))
	}},
	{"iv", func(sa SA) string { return fmt.Sprintf("        IV size: %d bytes\n", sa.Transform().IVLength()) }},
	{"replay", func(sa SA) string { return fmt.Sprintf("        replay detection support: %s\n", yesNo(sa.Replay)) }},
	{"status", func(SA) string { return "        Status: ACTIVE\n" }},
}
