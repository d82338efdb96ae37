package showtext

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/isakmp"
)

var isakmpSA124 = Table[isakmp.SAStatus]{
	Columns: []Column[isakmp.SAStatus]{
		{"dst", -15, func(sa isakmp.SAStatus) any { return sa.Dst() }},
		{"src", -15, func(sa isakmp.SAStatus) any { return sa.Src() }},
		{"state", -14, func(sa isakmp.SAStatus) any { return strings.TrimSpace(sa.State) }},
		{"conn-id", 7, func(sa isakmp.SAStatus) any { return sa.ConnID }},
		{"slot", 4, func(sa isakmp.SAStatus) any { return sa.Slot }},
		{"status", 0, isakmpStatus},
	},
	Below: "\n",
}

var isakmpSADetail124 = Table[isakmp.SAStatus]{
	Above: "Codes: C - IKE configuration mode, D - Dead Peer Detection\n" +
		"       K - Keepalives, N - NAT-traversal\n" +
		"       X - IKE Extended Authentication\n" +
		"       psk - Preshared key, rsig - RSA signature\n" +
		"       renc - RSA encryption\n\n",
	Columns: []Column[isakmp.SAStatus]{
		{"C-id", -5, func(sa isakmp.SAStatus) any { return sa.ConnID }},
		{"Local", -15, func(sa isakmp.SAStatus) any { return sa.Local.Addr() }},
		{"Remote", -15, func(sa isakmp.SAStatus) any { return sa.Remote.Addr() }},
		{"I-VRF", -8, func(isakmp.SAStatus) any { return "" }},
		{"Status", -6, isakmpStatus},
		{"Encr", -4, chosen(func(sa isakmp.SAStatus) any { return sa.Policy.Encryption })},
		{"Hash", -4, chosen(func(sa isakmp.SAStatus) any { return sa.Policy.Hash })},
		{"Auth", -4, chosen(func(sa isakmp.SAStatus) any { return authCode(sa.Policy.Auth) })},
		{"DH", -2, chosen(func(sa isakmp.SAStatus) any { return sa.Policy.Group })},
		{"Lifetime", -8, chosen(func(sa isakmp.SAStatus) any { return Clock(sa.Remaining) })},
		{"Cap.", -4, func(sa isakmp.SAStatus) any { return sa.Capabilities }},
	},
	Under: Layout[isakmp.SAStatus]{
		{"engine", func(sa isakmp.SAStatus) string {
			if sa.ConnID == 0 {
				return ""
			}
			return fmt.Sprintf("       Connection-id:Engine-id =  %d:1(software)\n", sa.ConnID)
		}},
	},
	Below: "\n",
}

func isakmpStatus(sa isakmp.SAStatus) any {
	if sa.Deleted {
		return "ACTIVE (deleted)"
	}
	return "ACTIVE"
}

// chosen is a column that is empty until the policy is chosen.
func chosen(value func(isakmp.SAStatus) any) func(isakmp.SAStatus) any {
	return func(sa isakmp.SAStatus) any {
		if sa.Policy.Group == 0 {
			return ""
		}
		return value(sa)
	}
}

func authCode(a isakmp.Auth) string {
	switch a {
	case isakmp.PreShared:
		return "psk"
	case isakmp.RSASignature:
		return "rsig"
	}
	return "renc"
}
