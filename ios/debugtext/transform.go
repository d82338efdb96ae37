package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

// Transform is a proposal as debug lines name it, which is in the words of the
// configuration: esp-des esp-md5-hmac, esp-aes 256 esp-sha-hmac. (Show commands
// have esp-256-aes.)
func Transform(p isakmp.Proposal) string {
	cipher := cipherName(p)
	if hmac, ok := hmacNames[p.Auth]; ok {
		return cipher + " " + hmac
	}
	return cipher
}

func cipherName(p isakmp.Proposal) string {
	switch p.Transform {
	case isakmp.ESPDES:
		return "esp-des"
	case isakmp.ESP3DES:
		return "esp-3des"
	case isakmp.ESPNull:
		return "esp-null"
	case isakmp.ESPAES:
		if p.KeyBits == 0 || p.KeyBits == 128 {
			return "esp-aes"
		}
		return fmt.Sprintf("esp-aes %d", p.KeyBits)
	}
	return fmt.Sprintf("UNKNOWN(%d)", p.Transform)
}

var hmacNames = map[uint16]string{
	isakmp.AuthHMACMD5:    "esp-md5-hmac",
	isakmp.AuthHMACSHA:    "esp-sha-hmac",
	isakmp.AuthHMACSHA256: "esp-sha256-hmac",
	isakmp.AuthHMACSHA384: "esp-sha384-hmac",
	isakmp.AuthHMACSHA512: "esp-sha512-hmac",
}
