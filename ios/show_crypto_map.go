package ios

import (
	"strconv"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
)

func decimal(n int) string { return strconv.Itoa(n) }

func showCryptoMaps(r *Router, c *cli.Call) error {
	found := false
	for _, m := range r.keys.Maps {
		if c.Has("name") && m.Name != c.Str("name") ||
			c.Has("interface") && r.keys.Applied(c.Value("interface").(forwarding.Name).String()) != m.Name {
			continue
		}
		found = true
		if m.LocalInterface != "" {
			c.Printf("Crypto Map: \"%s\" idb: %s local address: %s\n\n", m.Name, m.LocalInterface, address(r.addressNamed(m.LocalInterface)))
		}
		for _, e := range m.Entries {
			r.showCryptoMapEntry(c, m.Name, e)
		}
		c.Printf("\tInterfaces using crypto map %s:\n", m.Name)
		for _, b := range r.keys.View() {
			if b.Map == m.Name {
				c.Printf("\t\t%s\n", b.Interface)
			}
		}
		c.Print("\n")
	}
	if !found {
		c.Print("No crypto maps found.\n")
	}
	return nil
}

func (r *Router) showCryptoMapEntry(c *cli.Call, name string, e *keyengine.Entry) {
	c.Printf("Crypto Map \"%s\" %d ipsec-isakmp\n", name, e.Seq)
	if e.Description != "" {
		c.Printf("\tDescription: %s\n", e.Description)
	}
	if !e.Complete() {
		c.Print("\tWARNING: This crypto map is in an incomplete state!\n\t\t(missing peer or access-list definitions)\n")
	}
	for _, p := range e.Peers {
		c.Printf("\tPeer = %s\n", p)
	}
	if e.ACL == "" {
		c.Print("\tNo matching address list set.\n")
	} else {
		c.Printf("\tExtended IP access list %s\n", e.ACL)
		if list := r.lists.Get(e.ACL); list != nil {
			for _, rule := range list.Rules() {
				if rule.Action == acl.Remark {
					continue
				}
				c.Printf("\t    access-list %s %s\n", e.ACL, rule.String())
			}
		}
	}
	if p := e.Peer(); p.IsValid() {
		c.Printf("\tCurrent peer: %s\n", p)
	}
	c.Printf("\tSecurity association lifetime: %s\n", lifetimeText(r.keys.EffectiveLifetime(e)))
	if e.PFS == 0 {
		c.Print("\tPFS (Y/N): N\n")
	} else {
		c.Printf("\tPFS (Y/N): Y\n\tDH group:  group%d\n", e.PFS)
	}
	c.Print("\tTransform sets={ \n")
	for _, t := range e.TransformSets {
		c.Printf("\t\t%s, \n", t)
	}
	c.Print("\t}\n")
}
