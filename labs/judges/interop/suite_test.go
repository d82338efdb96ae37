//go:build linux

package interop

import (
	"fmt"
	"strings"
)

// A name is what something is called by IOS in a policy, by IOS in a transform
// set, by strongSwan, and in the table of results.
type name struct{ policy, transform, swan, table string }

var (
	ciphers = []name{
		{"des", "esp-des", "des", "DES"},
		{"3des", "esp-3des", "3des", "3DES"},
		{"aes", "esp-aes", "aes128", "AES-128"},
		{"aes 256", "esp-aes 256", "aes256", "AES-256"},
	}
	hashes = []name{
		{"md5", "esp-md5-hmac", "md5", "MD5"},
		{"sha", "esp-sha-hmac", "sha1", "SHA-1"},
		{"sha256", "esp-sha256-hmac", "sha256", "SHA-256"},
	}
	groups = []int{1, 2, 5, 14}
	modp   = map[int]string{1: "modp768", 2: "modp1024", 5: "modp1536", 14: "modp2048"}
)

// A suite is what both gateways shall agree on.
type suite struct {
	cipher, hash       name // phase 1
	group              int
	espCipher, espHash name // phase 2
	pfs                int  // group, or 0
}

// usual is the suite of the cases that are not about suites.
var usual = suite{ciphers[2], hashes[1], 2, ciphers[2], hashes[1], 0}

func (s suite) String() string {
	text := fmt.Sprintf("phase 1 %s %s group %d, ESP %s %s",
		s.cipher.table, s.hash.table, s.group, s.espCipher.table, s.espHash.table)
	if s.pfs != 0 {
		text += fmt.Sprintf(", PFS group %d", s.pfs)
	}
	return text
}

// suites covers every triple of phase 1, every pair of phase 2, and PFS with
// every group.
func suites() []suite {
	var list []suite
	for _, c := range ciphers {
		for _, h := range hashes {
			for _, g := range groups {
				n := len(list)
				s := suite{c, h, g, ciphers[n/len(hashes)%len(ciphers)], hashes[n%len(hashes)], 0}
				if n%3 == 1 {
					s.pfs = groups[n/3%len(groups)]
				}
				list = append(list, s)
			}
		}
	}
	return list
}

// Addresses of a site: the left gateway is ioslab's.
const (
	leftOutside, rightOutside = "192.0.2.1", "192.0.2.2"
	leftInside, rightInside   = "10.1.0.1", "10.2.0.1"
	leftHost                  = "10.1.0.2" // behind the left gateway
	leftNet, rightNet         = "10.1.0.0", "10.2.0.0"
	presharedKey              = "the-key-of-both"
)

// gatewayConfig fills gateway.cfg.
type gatewayConfig struct {
	Local, Remote, Inside string
	NextHop               string
	LocalNet, RemoteNet   string

	Encryption, Hash string
	Group, IKELife   int
	Key              string
	Global           []string // more lines
	Transform        string
	PFS, ChildLife   int

	TUN bool // the host is behind a TUN device instead of a veth pair
}

func (s suite) gateway() gatewayConfig {
	return gatewayConfig{
		Local: leftOutside, Remote: rightOutside, NextHop: rightOutside, Inside: leftInside, LocalNet: leftNet, RemoteNet: rightNet,
		Encryption: s.cipher.policy, Hash: s.hash.policy, Group: s.group, IKELife: 86400, Key: presharedKey,
		Transform: s.espCipher.transform + " " + s.espHash.transform, PFS: s.pfs,
	}
}

// peerConfig fills swanctl.conf. Times are in seconds, none where they are 0.
type peerConfig struct {
	Local, Remote, LocalNet, RemoteNet string
	LocalID, RemoteID                  string

	IKE, ESP             string
	IKELife, IKEOver     int
	ChildLife, ChildOver int
	DPDDelay, DPDTimeout int
	Unique               string
	CloseAction          string
	Key                  string
}

func (s suite) peer() peerConfig {
	esp := []string{s.espCipher.swan, s.espHash.swan}
	if s.pfs != 0 {
		esp = append(esp, modp[s.pfs])
	}
	return peerConfig{
		Local: rightOutside, Remote: leftOutside, LocalNet: rightNet + "/24", RemoteNet: leftNet + "/24",
		LocalID: rightOutside, RemoteID: leftOutside,
		IKE:     strings.Join([]string{s.cipher.swan, s.hash.swan, modp[s.group]}, "-"),
		ESP:     strings.Join(esp, "-"),
		IKELife: 14400, IKEOver: 1440, ChildLife: 3600, ChildOver: 3960,
		Unique: "no", CloseAction: "none", Key: presharedKey,
	}
}
