package debugtext

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/isakmp/wire"
)

var encryption124 = map[uint32]string{1: "DES-CBC", 5: "3DES-CBC", 7: "AES-CBC"}
var hash124 = map[uint32]string{1: "MD5", 2: "SHA", 4: "SHA256", 5: "SHA384", 6: "SHA512"}
var auth124 = map[uint32]string{1: "pre-share", 2: "DSS sig", 3: "RSA sig", 4: "RSA encr"}
var lifeType124 = map[uint32]string{wire.LifeSeconds: "seconds", wire.LifeKilobytes: "kilobytes"}
var encaps124 = map[uint32]string{1: "Tunnel", 2: "Transport", 3: "Tunnel-UDP", 4: "Transport-UDP", 61443: "Tunnel-UDP", 61444: "Transport-UDP"}
var hmac124 = map[uint32]string{1: "HMAC-MD5", 2: "HMAC-SHA", 5: "HMAC-SHA256", 6: "HMAC-SHA384", 7: "HMAC-SHA512"}

func phase1Attribute(a wire.Attribute) string {
	v := a.Uint()
	switch a.Type {
	case wire.AttrEncryption:
		return "encryption " + name(encryption124, v)
	case wire.AttrHash:
		return "hash " + name(hash124, v)
	case wire.AttrAuth:
		return "auth " + name(auth124, v)
	case wire.AttrGroup:
		return fmt.Sprintf("default group %d", v)
	case wire.AttrLifeType:
		return "life type in " + name(lifeType124, v)
	case wire.AttrLife:
		return "life duration " + duration(a)
	case wire.AttrKeyLength:
		return fmt.Sprintf("keylength of %d", v)
	}
	return fmt.Sprintf("attribute %d", a.Type)
}

func phase2Attribute(a wire.Attribute) string {
	v := a.Uint()
	switch a.Type {
	case wire.AttrSALifeType:
		return "SA life type in " + name(lifeType124, v)
	case wire.AttrSALife:
		return "SA life duration " + duration(a)
	case wire.AttrSAGroup:
		return fmt.Sprintf("group is %d", v)
	case wire.AttrEncaps:
		return fmt.Sprintf("encaps is %d (%s)", v, name(encaps124, v))
	case wire.AttrSAAuth:
		return "authenticator is " + name(hmac124, v)
	case wire.AttrSAKeyLength:
		return fmt.Sprintf("key length is %d", v)
	}
	return fmt.Sprintf("attribute %d", a.Type)
}

// duration: a short number, or octet by octet with a blank after each.
func duration(a wire.Attribute) string {
	if a.Basic {
		return fmt.Sprintf("(basic) of %d", a.Value)
	}
	var b strings.Builder
	b.WriteString("(VPI) of  ")
	for _, c := range a.Bytes {
		fmt.Fprintf(&b, "0x%X ", c)
	}
	return b.String()
}

func name(table map[uint32]string, v uint32) string {
	if s, ok := table[v]; ok {
		return s
	}
	return fmt.Sprintf("... What? %d?", v)
}
