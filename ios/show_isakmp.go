package ios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/isakmp"
)

func showISAKMPSA(r *Router, c *cli.Call) error {
	table := r.release.show.ISAKMPSA
	if c.Has("detail") {
		table = r.release.show.ISAKMPSADetail
	}
	c.Print(table.Text(r.isakmp.SAs()))
	return nil
}

func showISAKMPPolicy(r *Router, c *cli.Call) error {
	c.Print("\nGlobal IKE policy\n")
	for _, p := range r.isakmpConfig.Policies {
		if p.Withheld {
			continue
		}
		c.Printf("Protection suite of priority %d\n", p.Priority)
		printSuite(c, p)
	}
	c.Print("Default protection suite\n")
	printSuite(c, isakmp.NewPolicy(isakmp.DefaultPriority))
	return nil
}

func printSuite(c *cli.Call, p isakmp.Policy) {
	c.Printf("\tencryption algorithm:\t%s\n", encryptionName(p))
	c.Printf("\thash algorithm:\t\t%s\n", hashName(p.Hash))
	c.Printf("\tauthentication method:\t%s\n", map[isakmp.Auth]string{
		isakmp.PreShared: "Pre-Shared Key", isakmp.RSASignature: "Rivest-Shamir-Adleman Signature",
		isakmp.RSAEncryption: "Rivest-Shamir-Adleman Encryption",
	}[p.Auth])
	c.Printf("\tDiffie-Hellman group:\t#%d (%d bit)\n", p.Group, groupBits[p.Group])
	c.Printf("\tlifetime:\t\t%d seconds, no volume limit\n", p.Lifetime/time.Second)
}

func encryptionName(p isakmp.Policy) string {
	switch p.Encryption {
	case isakmp.DES:
		return "DES - Data Encryption Standard (56 bit keys)."
	case isakmp.TripleDES:
		return "Three key triple DES"
	}
	return fmt.Sprintf("AES - Advanced Encryption Standard (%d bit keys).", p.KeyBits)
}

func hashName(h isakmp.Hash) string {
	switch h {
	case isakmp.MD5:
		return "Message Digest 5"
	case isakmp.SHA:
		return "Secure Hash Standard"
	}
	return fmt.Sprintf("Secure Hash Standard 2 (%s bit)", strings.TrimPrefix(h.String(), "sha"))
}

var groupBits = map[int]int{1: 768, 2: 1024, 5: 1536, 14: 2048, 15: 3072, 16: 4096}

func showISAKMPKeys(r *Router, c *cli.Call) error {
	c.Printf("%-13s%-44s%s\n\n", "Keyring", "Hostname/Address", "Preshared Key")
	for _, k := range r.isakmpConfig.Keys {
		who := k.Addr.String()
		if k.Mask != hostMask {
			who = fmt.Sprintf("%-15s[%s]", who, k.Mask)
		}
		c.Printf("%-13s%-44s%s\n", "default", who, k.Key)
	}
	return nil
}

func showISAKMPPeers(r *Router, c *cli.Call) error {
	for _, p := range r.isakmp.Peers() {
		c.Printf("Peer: %s Port: %d Local: %s\n", p.Remote.Addr(), p.Remote.Port(), p.Local.Addr())
		c.Printf(" Phase1 id: %s\n", p.Phase1ID)
	}
	return nil
}
