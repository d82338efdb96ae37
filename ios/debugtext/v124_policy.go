package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

var mismatch124 = map[isakmp.Mismatch]string{
	isakmp.MismatchEncryption: "Encryption algorithm offered does not match policy!",
	isakmp.MismatchKeyLength:  "Proposed key length does not match policy",
	isakmp.MismatchHash:       "Hash algorithm offered does not match policy!",
	isakmp.MismatchGroup:      "Diffie-Hellman group offered does not match policy!",
	isakmp.MismatchAuth:       "Authentication method offered does not match policy!",
	isakmp.MismatchNoKey:      "Preshared authentication offered but does not match policy!",
}

// policy124: the comparison of policies and proposals.
func policy124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.LocalKeyFound:
		return general(e.SA, " local preshared key found")
	case isakmp.ProfilesScanned:
		return bare("ISAKMP : Scanning profiles for xauth ...")
	case isakmp.PolicyCheck:
		return general(e.SA, "Checking ISAKMP transform %d against priority %d policy", e.Transform, e.Priority)
	case isakmp.AttributeRead:
		return bare("ISAKMP:      %s", phase1Attribute(e.Attribute))
	case isakmp.PolicyMismatch:
		return general(e.SA, "%s", mismatch124[e.Reason])
	case isakmp.PolicyVerdict:
		if e.Acceptable {
			return general(e.SA, "atts are acceptable. Next payload is %d", e.NextPayload)
		}
		return general(e.SA, "atts are not acceptable. Next payload is %d", e.NextPayload)
	case isakmp.NoOffers:
		return general(e.SA, "no offers accepted!")
	case isakmp.PolicyRefused:
		return general(e.SA, " phase %d SA policy not acceptable! (local %s remote %s)",
			e.Phase, e.SA.Local.Addr(), e.SA.Remote.Addr())
	case isakmp.IPsecProposal:
		return general(e.SA, "Checking IPSec proposal %d", e.Number)
	case isakmp.IPsecTransform:
		lines := bare("ISAKMP: transform %d, %s", e.Number, transform124(e.Protocol, e.ID))
		lines = append(lines, bare("ISAKMP:   attributes in transform:")...)
		for _, a := range e.Attributes {
			lines = append(lines, bare("ISAKMP:      %s", phase2Attribute(a))...)
		}
		return lines
	case isakmp.IPsecVerdict:
		if e.Acceptable {
			return general(e.SA, "atts are acceptable.")
		}
		return general(e.SA, "atts not acceptable.")
	case isakmp.IPsecInvalidated:
		return general(e.SA, " IPSec policy invalidated proposal")
	}
	return nil
}

// transform124: ESP_AES has a trailing blank.
func transform124(protocol, id uint8) string {
	if protocol == isakmp.ProtoESP {
		switch id {
		case isakmp.ESPDES:
			return "ESP_DES"
		case isakmp.ESP3DES:
			return "ESP_3DES"
		case isakmp.ESPNull:
			return "ESP_NULL"
		case isakmp.ESPAES:
			return "ESP_AES "
		}
	}
	return fmt.Sprintf("UNKNOWN (%d/%d)", protocol, id)
}
