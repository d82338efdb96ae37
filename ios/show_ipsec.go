package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/showtext"
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
		c.Print(r.release.show.IPsecBinding.Text(b))
		for _, f := range flows {
			flow := showtext.Flow{FlowView: f, Binding: b, MTU: r.ipMTU(b.Interface)}
			c.Print(r.release.show.IPsecSAs(flow, r.Clock.Now()))
		}
	}
	if !found {
		c.Print("\nNo SAs found\n")
	}
	return nil
}

// ipMTU is the largest IP packet that leaves by an interface.
func (r *Router) ipMTU(ifc string) int {
	if name, err := forwarding.ParseName(ifc); err == nil {
		if i := r.stack.Interface(name); i != nil {
			return i.IPMTU()
		}
	}
	return 1500
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
	c.Printf("Security association lifetime: %s\n", showtext.Lifetime(r.keys.Lifetime))
	return nil
}

func showEngineConnections(r *Router, c *cli.Call) error {
	var list []showtext.Connection
	for _, sa := range r.isakmp.SAs() {
		if sa.ConnID == 0 || sa.Deleted {
			continue
		}
		ifc := ""
		if i := r.stack.Table().Local(sa.Local.Addr()); i != nil {
			ifc = i.String()
		}
		list = append(list, showtext.Connection{ID: sa.ConnID, Interface: ifc, Local: sa.Local.Addr(), Algorithm: ikeAlgorithm(sa.Policy)})
	}
	for _, b := range r.keys.View() {
		for _, f := range b.Flows {
			for _, p := range f.Pairs {
				in := showtext.Connection{ID: p.InConn, Interface: b.Interface, Local: b.Local, Algorithm: p.In.Transform().EngineText()}
				out := in
				in.Decrypt = p.In.Packets()
				out.ID, out.Encrypt = p.OutConn, p.Out.Packets()
				list = append(list, in, out)
			}
		}
	}
	c.Print(r.release.show.EngineConnections.Text(list))
	return nil
}

func ikeAlgorithm(p isakmp.Policy) string {
	cipher := map[isakmp.Encryption]string{isakmp.DES: "DES_56_CB", isakmp.TripleDES: "3DES_56_C", isakmp.AES: "AES_CBC"}
	hash := map[isakmp.Hash]string{
		isakmp.MD5: "MD5", isakmp.SHA: "SHA", isakmp.SHA256: "SHA256", isakmp.SHA384: "SHA384", isakmp.SHA512: "SHA512",
	}
	return "HMAC_" + hash[p.Hash] + "+" + cipher[p.Encryption]
}
