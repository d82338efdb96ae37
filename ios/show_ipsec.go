package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

func showIPsecSA(r *Router, c *cli.Call) error {
	found := false
	for _, b := range r.keys.View() {
		if c.Has("map") && b.Map != c.Str("map") ||
			c.Has("interface") && b.Interface != c.Value("interface").(forwarding.Name).String() {
			continue
		}
		var flows []keyengine.FlowView
		for _, f := range b.Flows {
			if !c.Has("peer") || f.Peer == c.Addr("peer") {
				flows = append(flows, f)
			}
		}
		if c.Has("peer") && len(flows) == 0 {
			continue
		}
		found = true
		c.Printf("\ninterface: %s\n    Crypto map tag: %s, local addr %s\n", b.Interface, b.Map, address(b.Local))
		for _, f := range flows {
			r.printFlow(c, b, f)
		}
	}
	if !found {
		c.Print("\nNo SAs found\n")
	}
	return nil
}

// address writes an address that may not be there.
func address(a netip.Addr) string {
	if !a.IsValid() {
		return "0.0.0.0"
	}
	return a.String()
}

func (r *Router) printFlow(c *cli.Call, b keyengine.BindingView, f keyengine.FlowView) {
	n := f.Counters
	c.Printf("\n   protected vrf: (none)\n")
	c.Printf("   local  ident (addr/mask/prot/port): (%s)\n", ident(f.Selector.Local, f.Selector.Protocol))
	c.Printf("   remote ident (addr/mask/prot/port): (%s)\n", ident(f.Selector.Remote, f.Selector.Protocol))
	c.Printf("   current_peer %s port %d\n", address(f.Peer), f.PeerPort)
	origin := ""
	if f.FromList {
		origin = "origin_is_acl,"
	}
	c.Printf("     PERMIT, flags={%s}\n", origin)
	c.Printf("    #pkts encaps: %d, #pkts encrypt: %d, #pkts digest: %d\n", n.Encaps.Load(), n.Encrypt.Load(), n.Digest.Load())
	c.Printf("    #pkts decaps: %d, #pkts decrypt: %d, #pkts verify: %d\n", n.Decaps.Load(), n.Decrypt.Load(), n.Verify.Load())
	c.Printf("    #pkts compressed: 0, #pkts decompressed: 0\n")
	c.Printf("    #pkts not compressed: 0, #pkts compr. failed: 0\n")
	c.Printf("    #pkts not decompressed: 0, #pkts decompress failed: 0\n")
	c.Printf("    #send errors %d, #recv errors %d\n\n", n.SendErrors.Load(), n.RecvErrors.Load())
	mtu := 1500
	if name, err := forwarding.ParseName(b.Interface); err == nil {
		if ifc := r.stack.Interface(name); ifc != nil {
			mtu = ifc.IPMTU()
		}
	}
	c.Printf("     local crypto endpt.: %s, remote crypto endpt.: %s\n", address(b.Local), address(f.Peer))
	c.Printf("     path mtu %d, ip mtu %d, ip mtu idb %s\n", mtu, mtu, b.Interface)
	var spi uint32
	if p := f.Sending(); p != nil {
		spi = p.Out.SPI()
	}
	c.Printf("     current outbound spi: 0x%X(%d)\n", spi, spi)
	for _, in := range []bool{true, false} {
		direction := "outbound"
		if in {
			direction = "inbound"
		}
		c.Printf("\n     %s esp sas:\n", direction)
		for i := len(f.Pairs) - 1; i >= 0; i-- {
			r.printSA(c, b.Map, f.Pairs[i], in)
		}
		c.Printf("\n     %s ah sas:\n\n     %s pcp sas:\n", direction, direction)
	}
}

func ident(p acl.Proxy, protocol uint8) string {
	return p.Addr.String() + "/" + p.Mask.String() + "/" + decimal(int(protocol)) + "/" + decimal(int(p.Port))
}

func (r *Router) printSA(c *cli.Call, mapName string, p keyengine.PairView, inbound bool) {
	sa, conn := &p.Out.SA, p.OutConn
	replay := p.In.DetectsReplay()
	if inbound {
		sa, conn = &p.In.SA, p.InConn
	}
	c.Printf("      spi: 0x%X(%d)\n", sa.SPI(), sa.SPI())
	c.Printf("        transform: %s,\n", sa.Transform())
	mode := "Tunnel"
	if sa.Encap().On() {
		mode = "Tunnel UDP-Encaps"
	}
	c.Printf("        in use settings ={%s, }\n", mode)
	c.Printf("        conn id: %d, flow_id: SW:%d, crypto map: %s\n", conn, conn-keyengine.FirstConn+1, mapName)
	c.Printf("        sa timing: remaining key lifetime (k/sec): (%d/%d)\n", sa.KilobytesShown(), sa.SecondsLeft(r.Clock.Now()))
	c.Printf("        IV size: %d bytes\n", sa.Transform().IVLength())
	c.Printf("        replay detection support: %s\n", yesNo(replay))
	c.Printf("        Status: ACTIVE\n")
}

func yesNo(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}

func showTransformSets(r *Router, c *cli.Call) error {
	for _, t := range r.keys.TransformSets {
		if !c.Has("name") || t.Name == c.Str("name") {
			c.Printf("Transform set %s: { %s } \n   will negotiate = { Tunnel,  }, \n\n", t.Name, t.Transform)
		}
	}
	return nil
}

func showIPsecLifetime(r *Router, c *cli.Call) error {
	c.Printf("Security association lifetime: %s\n", lifetimeText(r.keys.Lifetime))
	return nil
}

func lifetimeText(l isakmp.Lifetime) string {
	return decimal(int(l.Kilobytes)) + " kilobytes/" + decimal(int(l.Seconds)) + " seconds"
}

func showEngineConnections(r *Router, c *cli.Call) error {
	c.Print("\n  ID Interface            IP-Address      State  Algorithm           Encrypt  Decrypt\n")
	row := func(id int, ifc string, ip netip.Addr, algorithm string, encrypt, decrypt uint64) {
		if len(algorithm) > 18 {
			algorithm = algorithm[:18]
		}
		c.Printf("%4d %-20s %-15s %-6s %-18s %8d %8d\n", id, ifc, ip, "set", algorithm, encrypt, decrypt)
	}
	for _, sa := range r.isakmp.SAs() {
		if sa.ConnID == 0 || sa.Deleted {
			continue
		}
		ifc := ""
		if i := r.stack.Table().Local(sa.Local.Addr()); i != nil {
			ifc = i.String()
		}
		row(sa.ConnID, ifc, sa.Local.Addr(), ikeAlgorithm(sa.Policy), 0, 0)
	}
	for _, b := range r.keys.View() {
		for _, f := range b.Flows {
			for _, p := range f.Pairs {
				algorithm := p.In.Transform().EngineText()
				row(p.InConn, b.Interface, b.Local, algorithm, 0, p.In.Packets())
				row(p.OutConn, b.Interface, b.Local, algorithm, p.Out.Packets(), 0)
			}
		}
	}
	return nil
}

func ikeAlgorithm(p isakmp.Policy) string {
	cipher := map[isakmp.Encryption]string{isakmp.DES: "DES_56_CB", isakmp.TripleDES: "3DES_56_C", isakmp.AES: "AES_CBC"}
	hash := map[isakmp.Hash]string{
		isakmp.MD5: "MD5", isakmp.SHA: "SHA", isakmp.SHA256: "SHA256", isakmp.SHA384: "SHA384", isakmp.SHA512: "SHA512",
	}
	return "HMAC_" + hash[p.Hash] + "+" + cipher[p.Encryption]
}
