package ios

import (
	"strings"
	"testing"
)

const lonePeer = `hostname R1
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 23.23.23.3
crypto ipsec transform-set TS esp-aes 192 esp-sha-hmac
crypto ipsec transform-set NULL esp-null esp-md5-hmac
crypto map VPN 10 ipsec-isakmp
 set peer 23.23.23.3
 set security-association lifetime seconds 600
 set transform-set TS NULL
 set pfs group5
 match address LAN
interface FastEthernet0/0
 ip address 12.12.12.1 255.255.255.0
 crypto map VPN
ip access-list extended LAN
 permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255
 permit icmp host 10.1.1.1 host 20.1.2.1
end
`

func TestShowOfCryptoWithoutAny(t *testing.T) {
	n := oneRouter(t, "hostname R1\nend\n")
	for line, want := range map[string]string{
		"show crypto ipsec sa":                  "\nNo SAs found\n",
		"show crypto ipsec sa peer 1.1.1.1":     "\nNo SAs found\n",
		"show crypto map":                       "No crypto maps found.\n",
		"show crypto map tag VPN":               "No crypto maps found.\n",
		"show crypto ipsec transform-set":       "",
		"show crypto session":                   "Crypto session current status\n\n",
		"show crypto isakmp sa":                 "dst             src             state          conn-id slot status\n\n",
		"show crypto isakmp peers":              "",
		"show crypto engine connections active": "\n  ID Interface            IP-Address      State  Algorithm           Encrypt  Decrypt\n",
	} {
		if got := n.do(line); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestShowCryptoMapAndTransformSets(t *testing.T) {
	n := oneRouter(t, lonePeer)
	want := strings.ReplaceAll(`Crypto Map "VPN" 10 ipsec-isakmp
	Peer = 23.23.23.3
	Extended IP access list LAN
	    access-list LAN permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255
	    access-list LAN permit icmp host 10.1.1.1 host 20.1.2.1
	Current peer: 23.23.23.3
	Security association lifetime: 4608000 kilobytes/600 seconds
	PFS (Y/N): Y
	DH group:  group5
	Transform sets={ ¶
		TS, ¶
		NULL, ¶
	}
	Interfaces using crypto map VPN:
		FastEthernet0/0

`, "¶", "")
	if got := n.do("show crypto map"); got != want {
		t.Errorf("got\n%s", got)
	}
	want = "Transform set TS: { esp-192-aes esp-sha-hmac  } \n   will negotiate = { Tunnel,  }, \n\n" +
		"Transform set NULL: { esp-null esp-md5-hmac  } \n   will negotiate = { Tunnel,  }, \n\n"
	if got := n.do("show crypto ipsec transform-set"); got != want {
		t.Errorf("got %q", got)
	}
}

// A flow is shown for each entry of the list, with SAs or not.
func TestShowOfFlowsWithoutSAs(t *testing.T) {
	n := oneRouter(t, lonePeer)
	out := n.do("show crypto ipsec sa")
	for _, want := range []string{
		"\ninterface: FastEthernet0/0\n    Crypto map tag: VPN, local addr 12.12.12.1\n\n   protected vrf: (none)\n" +
			"   local  ident (addr/mask/prot/port): (10.1.1.0/255.255.255.0/0/0)\n",
		"     outbound pcp sas:\n\n   protected vrf: (none)\n" +
			"   local  ident (addr/mask/prot/port): (10.1.1.1/255.255.255.255/1/0)\n" +
			"   remote ident (addr/mask/prot/port): (20.1.2.1/255.255.255.255/1/0)\n" +
			"   current_peer 23.23.23.3 port 500\n     PERMIT, flags={origin_is_acl,}\n",
		"     current outbound spi: 0x0(0)\n\n     inbound esp sas:\n\n     inbound ah sas:\n\n     inbound pcp sas:\n\n" +
			"     outbound esp sas:\n\n     outbound ah sas:\n\n     outbound pcp sas:\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	want := "Crypto session current status\n\nInterface: FastEthernet0/0\nSession status: DOWN          \nPeer: 23.23.23.3 port 500 \n" +
		"  IPSEC FLOW: permit ip 10.1.1.0/255.255.255.0 20.1.1.0/255.255.255.0 \n        Active SAs: 0, origin: crypto map\n" +
		"  IPSEC FLOW: permit 1 host 10.1.1.1 host 20.1.2.1 \n        Active SAs: 0, origin: crypto map\n\n"
	if got := n.do("show crypto session"); got != want {
		t.Errorf("got %q", got)
	}
}
