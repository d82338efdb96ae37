//go:build linux

package capture_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// natted is the startup-config of a gateway with an address outside and a peer.
func natted(name, address, gateway, peer, mine, theirs string) string {
	return strings.NewReplacer("NAME", name, "ADDRESS", address, "GATEWAY", gateway, "PEER", peer, "MINE", mine, "THEIRS", theirs).Replace(`hostname NAME
crypto isakmp policy 10
 encr aes
 authentication pre-share
 group 2
crypto isakmp key cisco address PEER
crypto isakmp nat keepalive 5
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map VPN 10 ipsec-isakmp
 set peer PEER
 set transform-set TS
 match address 101
interface Loopback0
 ip address MINE.1 255.255.255.0
interface FastEthernet0/0
 ip address ADDRESS 255.255.255.0
 crypto map VPN
ip route 0.0.0.0 0.0.0.0 GATEWAY
access-list 101 permit ip MINE.0 0.0.0.255 THEIRS.0 0.0.0.255
end
`)
}

// TestWiresharkDecryptsBehindNAT: on either side of a real NAT, IKE on port 4500 and
// ESP in UDP are decrypted with the keys of one end.
func TestWiresharkDecryptsBehindNAT(t *testing.T) {
	n := netlab.New(t)
	netlab.Need(t, "iptables", "tshark")
	a, nat, b := n.Namespace("a"), n.Namespace("nat"), n.Namespace("b")
	n.Join(a, "eth1", nat, "inside")
	n.Join(nat, "outside", b, "eth1")
	nat.Address("inside", "10.0.0.254/24")
	nat.Address("outside", "99.0.0.254/24")
	nat.Run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
	nat.Run("iptables", "-t", "nat", "-A", "POSTROUTING", "-o", "outside", "-j", "MASQUERADE")

	dir := t.TempDir()
	start := func(ns *netlab.Namespace, name, config string) *netlab.Process {
		file := filepath.Join(dir, name+".cfg")
		if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		r := ns.Ioslab("node", "--config", file, "--attach", "FastEthernet0/0=eth:eth1",
			"--capture", "FastEthernet0/0="+filepath.Join(dir, name+".pcapng"))
		r.Expect(name+`>`, 10*time.Second)
		return r
	}
	outside := start(b, "R2", natted("R2", "99.0.0.3", "99.0.0.254", "99.0.0.254", "10.2.1", "10.1.1"))
	inside := start(a, "R1", natted("R1", "10.0.0.1", "10.0.0.254", "99.0.0.3", "10.1.1", "10.2.1"))
	outside.Type("ping 99.0.0.254 timeout 1") // which asks for hardware addresses
	outside.Expect(`Success rate`, 30*time.Second)
	inside.Type("ping 10.0.0.254 timeout 1")
	inside.Expect(`Success rate`, 30*time.Second)
	keys := filepath.Join(dir, "keys")
	inside.Type("!lab keys " + keys)
	inside.Type("ping 10.2.1.1 source 10.1.1.1 repeat 15 timeout 1")
	inside.Expect(`!!!!!!!!!!`, 60*time.Second)
	inside.Expect(`Success rate`, 60*time.Second)
	inside.Type("!lab wait 6s") // keepalives of the NAT's mapping
	inside.Type("ping 10.2.1.1 source 10.1.1.1 repeat 3 size 1450")
	inside.Expect(`100 percent \(3/3\)`, 60*time.Second)
	for _, r := range []*netlab.Process{inside, outside} {
		r.Signal(syscall.SIGTERM)
		r.Wait(5 * time.Second)
	}
	for _, name := range []string{"R1", "R2"} {
		list := dissect(t, filepath.Join(dir, name+".pcapng"), keys)
		ike, esp := judge(t, list)
		keepalives, inUDP := 0, 0
		for _, d := range list {
			if strings.Contains(d["frame.protocols"], "udpencap") {
				inUDP++
				if d["_ws.col.Info"] == "NAT-keepalive" {
					keepalives++
				}
			}
		}
		if ike < 5 || esp < 10 || inUDP < ike+esp || keepalives == 0 {
			t.Errorf("%s: %d IKE messages, %d ESP packets, %d keepalives, %d in UDP", name, ike, esp, keepalives, inUDP)
		}
	}
}
