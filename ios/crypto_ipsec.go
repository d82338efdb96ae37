package ios

import (
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/kept"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

const modeTransformSet = "cfg-crypto-trans"

const (
	cipherGrammar = `
		( esp-des            "DES, 56 bit keys"
		| esp-3des           "Triple DES, 168 bit keys"
		| esp-aes            "AES, 128 bit keys unless told"
		  [ ( 128            "128 bit keys."
		    | 192            "192 bit keys."
		    | 256            "256 bit keys." ) ]
		| esp-null           "No encryption" )`
	authGrammar = `
		( esp-md5-hmac          "Authenticate by HMAC-MD5"
		| esp-sha-hmac          "Authenticate by HMAC-SHA-1"
		| esp-sha256-hmac@15.1  "Authenticate by HMAC-SHA-256"
		| esp-sha384-hmac@15.1  "Authenticate by HMAC-SHA-384"
		| esp-sha512-hmac@15.1  "Authenticate by HMAC-SHA-512" )`
)

var ipsecCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `crypto ipsec
			transform-set  "Transform set"
			WORD:name      "Name"
			( ` + cipherGrammar + `
			  [ ` + authGrammar + ` ]
			| ` + authGrammar + `
			  ` + cipherGrammar + ` )`,
		No:     `crypto ipsec transform-set WORD:name [ LINE:rest "Transforms" ]`,
		Header: true, Run: on(setTransformSet),
		Unset: on(removeTransformSet),
		Examples: []string{
			"crypto ipsec transform-set TS esp-des esp-md5-hmac",
			"crypto ipsec transform-set AES esp-aes 256 esp-sha256-hmac",
			"crypto ipsec transform-set NULL esp-null esp-sha-hmac",
			"crypto ipsec transform-set CIPHER esp-3des",
		},
	},
	{
		Modes:   []string{modeTransformSet},
		Grammar: `mode "Encapsulation mode" tunnel "Tunnel mode"`,
		No:      "mode [ tunnel ]",
		Run:     func(*cli.Call) error { return nil }, // the only mode there is
		Unset:   func(*cli.Call) error { return nil },
	},
	{
		Modes: []string{modeConfig},
		Grammar: `crypto ipsec security-association
			lifetime                      "How long SAs last"
			( seconds                     "Lifetime in seconds"
			  <120-86400>:seconds         "Seconds"
			| kilobytes                   "Lifetime in kilobytes"
			  <2560-536870912>:kilobytes  "Kilobytes" )`,
		No: "crypto ipsec security-association lifetime ( seconds [ <120-86400>:seconds ] | kilobytes [ <2560-536870912>:kilobytes ] )",
		Run: on(func(r *Router, c *cli.Call) error {
			setLifetime(&r.keys.Lifetime, c)
			return nil
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			unsetLifetime(&r.keys.Lifetime, c, isakmp.Lifetime{
				Seconds: keyengine.DefaultSeconds, Kilobytes: keyengine.DefaultKilobytes,
			})
			return nil
		}),
		Examples: []string{
			"crypto ipsec security-association lifetime seconds 1800",
			"crypto ipsec security-association lifetime kilobytes 10000",
		},
		Standard: []string{"crypto ipsec security-association lifetime seconds 3600", "crypto ipsec security-association lifetime kilobytes 4608000"},
	},
	idleTimeCommand,
}

var idleTimeCommand = cli.Command{
	Modes: []string{modeConfig},
	Grammar: `crypto ipsec security-association
		idle-time           "Delete idle SAs"
		<60-86400>:seconds  "Seconds"`,
	No: cli.Optional,
	Run: on(func(r *Router, c *cli.Call) error {
		r.keys.IdleTime = time.Duration(c.Int("seconds")) * time.Second
		return nil
	}),
	Unset:    on(func(r *Router, _ *cli.Call) error { r.keys.IdleTime = 0; return nil }),
	Examples: []string{"crypto ipsec security-association idle-time 600"},
}

func setLifetime(l *isakmp.Lifetime, c *cli.Call) {
	if c.Has("seconds") {
		l.Seconds = uint32(c.Int("seconds"))
	} else {
		l.Kilobytes = uint32(c.Int("kilobytes"))
	}
}

func unsetLifetime(l *isakmp.Lifetime, c *cli.Call, to isakmp.Lifetime) {
	if c.Has("seconds") {
		l.Seconds = to.Seconds
	} else {
		l.Kilobytes = to.Kilobytes
	}
}

func setTransformSet(r *Router, c *cli.Call) error {
	t := typedTransform(c)
	if !t.Valid() {
		return cli.Incomplete() // esp-null alone protects nothing
	}
	name := c.Str("name")
	r.keys.SetTransformSet(keyengine.TransformSet{Name: name, Transform: t})
	r.config.kept.At(kept.IPsec).Remove("crypto ipsec transform-set " + name)
	r.withholdEntries()
	c.Enter(modeTransformSet, name)
	return nil
}

func typedTransform(c *cli.Call) esp.Transform {
	var t esp.Transform
	for _, k := range esp.Keywords() {
		switch {
		case !c.Has(k.Word):
		case k.Auth != esp.NoAuth:
			t.Auth = k.Auth
		default:
			t.Cipher = k.Cipher
		}
	}
	if t.Cipher == esp.AES {
		t.KeyBits = pickKeyBits(c)
	}
	return t
}

func removeTransformSet(r *Router, c *cli.Call) error {
	name := c.Str("name")
	for _, m := range r.keys.Maps {
		for _, e := range m.Entries {
			for _, set := range e.TransformSets {
				if set == name {
					return refuse("ERROR: transform set %q is in use.", name)
				}
			}
		}
	}
	r.keys.RemoveTransformSet(name)
	r.config.kept.Forget(keptOwner{modeTransformSet, name})
	return nil
}

func printIPsec(r *Router, w *writer) {
	printed := false
	if l := r.keys.Lifetime; l.Kilobytes != keyengine.DefaultKilobytes {
		w.line("crypto ipsec security-association lifetime kilobytes %d", l.Kilobytes)
		printed = true
	}
	if l := r.keys.Lifetime; l.Seconds != keyengine.DefaultSeconds {
		w.line("crypto ipsec security-association lifetime seconds %d", l.Seconds)
		printed = true
	}
	if t := r.keys.IdleTime; t != 0 {
		w.line("crypto ipsec security-association idle-time %d", t/time.Second)
		printed = true
	}
	if printed {
		w.bang()
	}
	printNATTransparency(r, w)
	for _, t := range r.keys.TransformSets {
		// IOS ends these lines, and some below, in a blank.
		w.line("crypto ipsec transform-set %s %s ", t.Name, t.Transform.ConfigText())
		printKeptLines(r, keptOwner{modeTransformSet, t.Name}, w)
	}
	if len(r.keys.TransformSets) > 0 {
		w.bang()
	}
}
