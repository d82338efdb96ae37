package ios

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/kept"
)

// working is a configuration of which nothing may change when sections are pasted
// that do not name what is in it.
const working = `hostname R1
crypto isakmp policy 10
 encr aes
 authentication pre-share
 group 2
crypto isakmp key secret address 192.0.2.2
crypto ipsec transform-set T esp-aes esp-sha-hmac
crypto map M 10 ipsec-isakmp
 set peer 192.0.2.2
 set transform-set T
 match address VPN
interface Loopback0
 ip address 10.1.1.1 255.255.255.0
interface FastEthernet0/0
 ip address 192.0.2.1 255.255.255.0
 crypto map M
ip route 0.0.0.0 0.0.0.0 192.0.2.2
ip access-list extended VPN
 permit ip 10.1.1.0 0.0.0.255 10.2.2.0 0.0.0.255
line con 0
 exec-timeout 0 0
`

// pastedIn are the sections of it that a paste may begin in.
var pastedIn = []string{
	"crypto isakmp policy 10", "crypto ipsec transform-set T esp-aes esp-sha-hmac", "crypto map M 10", "interface FastEthernet0/0",
	"interface Loopback0", "ip access-list extended VPN", "line con 0", "hostname R1",
}

// harmful are lines that a section of working would take.
var harmful = []string{
	"ip address 198.51.100.9 255.255.255.0", "shutdown", "no ip address", "set peer 198.51.100.9", "no set peer 192.0.2.2", "match address 7",
	"set transform-set T", "encr des", "group 5", "lifetime 60", "permit ip any any", "deny ip any any", "no 10", "10 deny ip any any",
	"exec-timeout 1 1", "password x", "login", "mtu 600", "crypto map OTHER", "no crypto map", "ip access-group 7 in", "description x", "mode transport",
	"set isakmp-profile X", "ip vrf forwarding X", "host 10.1.1.1", "network 10.0.0.0", "no shutdown", "authentication rsa-sig", "hash md5",
}

// unknownHeaders are headers that IOS does not have; what begins with these words opens a mode.
var unknownHeaders = []string{
	"interface Foo0", "interface Tunnel", "router foo 1", "crypto dynmap D 5", "crypto isakmp polcy 10", "ip access-list exteded V", "line foo 0",
	"crypto map M 20", "crypto ipsec transform-set U esp-foo", "policy-map type", "route-map",
}

// pastedSection is a section by chance, as somebody types it who has it from a running
// configuration: with indentation or without, with exits or marks between.
func pastedSection(rng *rand.Rand, headers []string) string {
	header := headers[rng.IntN(len(headers))]
	blank := []string{"", " ", "  "}[rng.IntN(3)]
	text := header + "\n"
	for range rng.IntN(5) {
		text += blank + harmful[rng.IntN(len(harmful))] + "\n"
	}
	switch rng.IntN(4) {
	case 0:
		text += "!\n"
	case 1:
		text += blank + "exit\n"
	}
	return text
}

// keptHeaderLines are headers of the tables, with the interfaces that are kept.
func keptHeaderLines(t *testing.T) []string {
	headers := []string{"interface Tunnel0", "interface Vlan10", "interface FastEthernet0/1.10", "interface Dialer1", "interface BVI1"}
	for _, h := range kept.Headers {
		if h.Grammar != "crypto ipsec client ezvpn WORD:name" { // it is a line of interfaces, too
			headers = append(headers, linesOf(t, h.Grammar)...)
		}
	}
	return headers
}

// paste types sections that are kept, or that no IOS knows, from within a section
// that is built. What was built stays as it was, and what is printed reloads.
func paste(t *testing.T, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 6))
	n := oneRouter(t, working)
	before := builtPart(n.RunningConfig())
	n.do("configure terminal", pastedIn[rng.IntN(len(pastedIn))])
	text, known := "", keptHeaderLines(t)
	for range 1 + rng.IntN(4) {
		headers := known
		if rng.IntN(3) == 0 {
			headers = unknownHeaders
		}
		text += pastedSection(rng, headers)
	}
	n.do(strings.Split(strings.TrimSuffix(text, "\n"), "\n")...)
	n.do("end")
	config := n.RunningConfig()
	equalText(t, "what was built before", builtPart(config), before)
	reloads(t, config)
	if t.Failed() {
		t.Fatalf("paste %d:\n%s", seed, text)
	}
}

func TestPastedSectionsHurtNothing(t *testing.T) {
	for seed := range uint64(150) {
		paste(t, seed)
	}
}

func FuzzPaste(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(1000 + seed)
	}
	f.Fuzz(paste)
}

// builtPart is the part of a configuration that working makes.
func builtPart(config string) string {
	var w strings.Builder
	inside := false
	for line := range strings.Lines(config) {
		if !strings.HasPrefix(line, " ") {
			inside = strings.Contains(working, "\n"+strings.TrimRight(line, " \n")+"\n") || strings.HasPrefix(line, "hostname ")
		}
		if inside && line != "!\n" {
			w.WriteString(line)
		}
	}
	return w.String()
}
