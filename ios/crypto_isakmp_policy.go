package ios

import (
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/isakmp"
)

const modeISAKMP = "config-isakmp"

var isakmpPolicyCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `crypto isakmp
			policy              "Phase 1 policy"
			<1-10000>:priority  "Priority, 1 is the highest"`,
		Header: true, Run: on(enterISAKMPPolicy),
		Unset:    on(removeISAKMPPolicy),
		Examples: []string{"crypto isakmp policy 10"},
	},
	{
		Modes: []string{modeISAKMP},
		Grammar: `
			encryption  "Cipher of phase 1"
			( des       "DES - Data Encryption Standard (56 bit keys)"
			| 3des      "Three key triple DES"
			| aes       "AES - Advanced Encryption Standard"
			  [ ( 128   "128 bit keys"
			    | 192   "192 bit keys"
			    | 256   "256 bit keys" ) ] )`,
		No:       cli.Optional,
		Run:      policyRow(setEncryption),
		Unset:    policyRow(func(p *isakmp.Policy, _ *cli.Call) { p.Encryption, p.KeyBits = isakmp.DES, 0 }),
		Examples: []string{"encr 3des", "encr aes", "encr aes 256"},
		Standard: []string{"encryption des", "encr des"},
	},
	{
		Modes: []string{modeISAKMP},
		Grammar: `
			hash           "Hash of phase 1"
			( md5          "Message Digest 5"
			| sha          "Secure Hash Standard"
			| sha256@15.1  "Secure Hash Standard 2 (256 bit)"
			| sha384@15.1  "Secure Hash Standard 2 (384 bit)"
			| sha512@15.1  "Secure Hash Standard 2 (512 bit)" )`,
		No: cli.Optional,
		Run: policyRow(func(p *isakmp.Policy, c *cli.Call) {
			for _, h := range []isakmp.Hash{isakmp.MD5, isakmp.SHA, isakmp.SHA256, isakmp.SHA384, isakmp.SHA512} {
				if c.Has(h.String()) {
					p.Hash = h
				}
			}
		}),
		Unset:    policyRow(func(p *isakmp.Policy, _ *cli.Call) { p.Hash = isakmp.SHA }),
		Examples: []string{"hash md5", "hash sha256"},
		Standard: []string{"hash sha"},
	},
	{
		Modes: []string{modeISAKMP},
		Grammar: `
			authentication  "Authentication method"
			( pre-share     "Pre-Shared Key"
			| rsa-encr      "Rivest-Shamir-Adleman Encryption"
			| rsa-sig       "Rivest-Shamir-Adleman Signature" )`,
		No: cli.Optional,
		Run: policyRow(func(p *isakmp.Policy, c *cli.Call) {
			for _, a := range []isakmp.Auth{isakmp.PreShared, isakmp.RSAEncryption, isakmp.RSASignature} {
				if c.Has(a.String()) {
					p.Auth = a
				}
			}
		}),
		Unset:    policyRow(func(p *isakmp.Policy, _ *cli.Call) { p.Auth = isakmp.RSASignature }),
		Examples: []string{"authentication pre-share", "authentication rsa-encr"},
		Standard: []string{"authentication rsa-sig"},
	},
	{
		Modes: []string{modeISAKMP},
		Grammar: `
			group       "Diffie-Hellman group"
			( 1         "Diffie-Hellman group 1 (768 bit)"
			| 2         "Diffie-Hellman group 2 (1024 bit)"
			| 5         "Diffie-Hellman group 5 (1536 bit)"
			| 14@12.4T  "Diffie-Hellman group 14 (2048 bit)"
			| 15@12.4T  "Diffie-Hellman group 15 (3072 bit)"
			| 16@12.4T  "Diffie-Hellman group 16 (4096 bit)" )`,
		No: cli.Optional,
		Run: policyRow(func(p *isakmp.Policy, c *cli.Call) {
			p.Group = pickGroup(c, "")
		}),
		Unset:    policyRow(func(p *isakmp.Policy, _ *cli.Call) { p.Group = 1 }),
		Examples: []string{"group 2", "group 14"},
		Standard: []string{"group 1"},
	},
	{
		Modes:   []string{modeISAKMP},
		Grammar: `lifetime "Lifetime of phase 1 SAs" <60-86400>:seconds "Seconds"`,
		No:      cli.Optional,
		Run: policyRow(func(p *isakmp.Policy, c *cli.Call) {
			p.Lifetime = time.Duration(c.Int("seconds")) * time.Second
		}),
		Unset:    policyRow(func(p *isakmp.Policy, _ *cli.Call) { p.Lifetime = isakmp.DefaultLifetime }),
		Examples: []string{"lifetime 3600"},
		Standard: []string{"lifetime 86400"},
	},
}

func enterISAKMPPolicy(r *Router, c *cli.Call) error {
	priority := c.Int("priority")
	if _, ok := r.isakmpConfig.Policy(priority); !ok {
		r.isakmpConfig.SetPolicy(isakmp.NewPolicy(priority))
	}
	c.Enter(modeISAKMP, priority)
	return nil
}

func removeISAKMPPolicy(r *Router, c *cli.Call) error {
	r.isakmpConfig.RemovePolicy(c.Int("priority"))
	r.config.kept.Forget(keptOwner{modeISAKMP, c.Int("priority")})
	return nil
}

// policyRow adapts a change of the policy that the session is in.
func policyRow(change func(*isakmp.Policy, *cli.Call)) func(*cli.Call) error {
	return on(func(r *Router, c *cli.Call) error {
		priority := c.Data().(int)
		p, ok := r.isakmpConfig.Policy(priority)
		if !ok { // removed from another line meanwhile
			p = isakmp.NewPolicy(priority)
		}
		change(&p, c)
		r.isakmpConfig.SetPolicy(p)
		return nil
	})
}

func setEncryption(p *isakmp.Policy, c *cli.Call) {
	p.KeyBits = 0
	switch {
	case c.Has("des"):
		p.Encryption = isakmp.DES
	case c.Has("3des"):
		p.Encryption = isakmp.TripleDES
	default:
		p.Encryption, p.KeyBits = isakmp.AES, pickKeyBits(c)
	}
}

// pickKeyBits is the AES key length that was typed, 128 where none was.
func pickKeyBits(c *cli.Call) int {
	switch {
	case c.Has("256"):
		return 256
	case c.Has("192"):
		return 192
	}
	return 128
}

// dhGroups are the Diffie-Hellman groups that policies and PFS may name.
var dhGroups = []struct {
	number int
	word   string
}{{1, "1"}, {2, "2"}, {5, "5"}, {14, "14"}, {15, "15"}, {16, "16"}}

// pickGroup is the group that was typed, with the prefix that its keyword has.
func pickGroup(c *cli.Call, prefix string) int {
	for _, g := range dhGroups {
		if c.Has(prefix + g.word) {
			return g.number
		}
	}
	return 0
}

// printISAKMP prints the policies and, right below the last, the keys and what
// is set for all peers.
func printISAKMP(r *Router, w *writer) {
	before := w.text.Len()
	if r.config.isakmp.off {
		w.line("no crypto isakmp enable")
	}
	for i, p := range r.isakmpConfig.Policies {
		if i > 0 {
			w.bang()
		}
		printISAKMPPolicy(p, w)
		printKeptLines(r, keptOwner{modeISAKMP, p.Priority}, w)
	}
	for _, k := range r.isakmpConfig.Keys {
		printISAKMPKey(k, w)
	}
	printISAKMPGlobals(r, w)
	if w.text.Len() > before {
		w.bang()
	}
}

func printISAKMPPolicy(p isakmp.Policy, w *writer) {
	w.line("crypto isakmp policy %d", p.Priority)
	if p.Encryption != isakmp.DES {
		w.line(" encr %s", p.EncryptionText())
	}
	if p.Hash != isakmp.SHA {
		w.line(" hash %s", p.Hash)
	}
	if p.Auth != isakmp.RSASignature {
		w.line(" authentication %s", p.Auth)
	}
	if p.Group != 1 {
		w.line(" group %d", p.Group)
	}
	if p.Lifetime != isakmp.DefaultLifetime {
		w.line(" lifetime %d", int(p.Lifetime/time.Second))
	}
}
