package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/isakmp"
)

var hostMask = netip.AddrFrom4([4]byte{255, 255, 255, 255})

var isakmpKeyCommands = []cli.Command{{
	Modes: []string{modeConfig},
	Grammar: `crypto isakmp
		key           "Pre-shared key for a peer"
		[ ( 0         "The password follows as it is"
		  | 6         "An encrypted password follows" ) ]
		WORD:key      "The secret itself"
		address       "For an address"
		A.B.C.D:peer  "Peer IP address"
		[ MASK:mask   "Peer IP subnet mask" ]
		[ no-xauth    "No extended authentication for this peer" ]`,
	Run:   on(setISAKMPKey),
	Unset: on(removeISAKMPKey),
	Examples: []string{
		"crypto isakmp key cisco address 23.23.23.3",
		"crypto isakmp key s3cret! address 0.0.0.0 0.0.0.0",
		"crypto isakmp key k address 10.0.0.0 255.0.0.0 no-xauth",
		"crypto isakmp key 6 bK[Gd^Zd address 10.0.0.1",
	},
}}

func typedKey(c *cli.Call) isakmp.PresharedKey {
	k := isakmp.PresharedKey{Key: c.Str("key"), Addr: c.Addr("peer"), Mask: hostMask, NoXauth: c.Has("no-xauth"), Encrypted: c.Has("6")}
	if c.Has("mask") {
		k.Mask = c.Addr("mask")
	} else if k.Addr.IsUnspecified() {
		k.Mask = k.Addr // address 0.0.0.0 alone stands for every peer
	}
	k.Addr = masked(k.Addr, k.Mask)
	return k
}

func setISAKMPKey(r *Router, c *cli.Call) error {
	k := typedKey(c)
	for _, old := range r.isakmpConfig.Keys {
		if old.Addr == k.Addr && old.Mask == k.Mask {
			return refuse("A pre-shared key for address mask %s %s already exists!\n", k.Addr, k.Mask)
		}
	}
	r.isakmpConfig.Keys = append(r.isakmpConfig.Keys, k)
	r.isakmp.KeysChanged()
	return nil
}

func removeISAKMPKey(r *Router, c *cli.Call) error {
	k := typedKey(c)
	for i, old := range r.isakmpConfig.Keys {
		if old.Addr == k.Addr && old.Mask == k.Mask && old.Key == k.Key {
			r.isakmpConfig.Keys = append(r.isakmpConfig.Keys[:i], r.isakmpConfig.Keys[i+1:]...)
			r.isakmp.KeysChanged()
			return nil
		}
	}
	return nil
}

func printISAKMPKey(k isakmp.PresharedKey, w *writer) {
	key := k.Key
	switch {
	case k.Encrypted:
		key = "6 " + key
	case key == "0", key == "6": // alone it would be the type of a key
		key = "0 " + key
	}
	line := "crypto isakmp key " + key + " address " + k.Addr.String()
	if k.Mask != hostMask {
		line += " " + k.Mask.String()
	}
	if k.NoXauth {
		line += " no-xauth"
	}
	w.line("%s", line)
}

// masked clears the host bits of an address.
func masked(a, mask netip.Addr) netip.Addr {
	x, m := a.As4(), mask.As4()
	for i := range x {
		x[i] &= m[i]
	}
	return netip.AddrFrom4(x)
}
