package isakmp_test

import (
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/isakmp"
)

func TestPolicies(t *testing.T) {
	var c isakmp.Config
	for _, priority := range []int{20, 5, 10, 5} {
		c.SetPolicy(isakmp.NewPolicy(priority))
	}
	c.RemovePolicy(10)
	if len(c.Policies) != 2 || c.Policies[0].Priority != 5 || c.Policies[1].Priority != 20 {
		t.Errorf("%+v", c.Policies)
	}
	if _, ok := c.Policy(10); ok {
		t.Error("10 is still there")
	}
	p, ok := c.Policy(20)
	if !ok || p.Encryption != isakmp.DES || p.Hash != isakmp.SHA || p.Auth != isakmp.RSASignature || p.Group != 1 ||
		p.Lifetime != isakmp.DefaultLifetime {
		t.Errorf("%+v", p)
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		policy isakmp.Policy
		want   string
	}{
		{isakmp.Policy{Encryption: isakmp.DES}, "des"},
		{isakmp.Policy{Encryption: isakmp.TripleDES}, "3des"},
		{isakmp.Policy{Encryption: isakmp.AES, KeyBits: 128}, "aes"},
		{isakmp.Policy{Encryption: isakmp.AES}, "aes"},
		{isakmp.Policy{Encryption: isakmp.AES, KeyBits: 192}, "aes 192"},
		{isakmp.Policy{Encryption: isakmp.AES, KeyBits: 256}, "aes 256"},
		{isakmp.Policy{Encryption: isakmp.DES, KeyBits: 192}, "des"},
		{isakmp.Policy{Encryption: 9}, "encryption9"},
	}
	for _, tt := range tests {
		if got := tt.policy.EncryptionText(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.policy, got, tt.want)
		}
	}
	for h, want := range map[isakmp.Hash]string{1: "md5", 2: "sha", 4: "sha256", 5: "sha384", 6: "sha512", 9: "hash9"} {
		if h.String() != want {
			t.Errorf("%v, want %s", h, want)
		}
	}
	for a, want := range map[isakmp.Auth]string{1: "pre-share", 3: "rsa-sig", 4: "rsa-encr", 9: "auth9"} {
		if a.String() != want {
			t.Errorf("%v, want %s", a, want)
		}
	}
}

func TestKeyFor(t *testing.T) {
	key := func(k, addr, mask string) isakmp.PresharedKey {
		return isakmp.PresharedKey{Key: k, Addr: netip.MustParseAddr(addr), Mask: netip.MustParseAddr(mask)}
	}
	c := isakmp.Config{Keys: []isakmp.PresharedKey{
		key("any", "0.0.0.0", "0.0.0.0"),
		key("net", "10.1.0.0", "255.255.0.0"),
		key("host", "10.1.2.3", "255.255.255.255"),
		key("again", "10.1.2.3", "255.255.255.255"),
	}}
	for peer, want := range map[string]string{"10.1.2.3": "host", "10.1.9.9": "net", "9.9.9.9": "any"} {
		if got, ok := c.KeyFor(netip.MustParseAddr(peer)); !ok || got.Key != want {
			t.Errorf("%s: %q, want %q", peer, got.Key, want)
		}
	}
	if _, ok := c.KeyFor(netip.MustParseAddr("2001:db8::1")); ok {
		t.Error("a key for IPv6")
	}
	c.Keys = c.Keys[1:]
	if _, ok := c.KeyFor(netip.MustParseAddr("9.9.9.9")); ok {
		t.Error("a key for a stranger")
	}
}

func TestLifetimeMin(t *testing.T) {
	tests := []struct{ a, b, want isakmp.Lifetime }{
		{isakmp.Lifetime{Seconds: 3600}, isakmp.Lifetime{Seconds: 600}, isakmp.Lifetime{Seconds: 600}},
		{isakmp.Lifetime{Seconds: 600}, isakmp.Lifetime{}, isakmp.Lifetime{Seconds: 600}},
		{isakmp.Lifetime{}, isakmp.Lifetime{Kilobytes: 5}, isakmp.Lifetime{Kilobytes: 5}},
		{isakmp.Lifetime{}, isakmp.Lifetime{}, isakmp.Lifetime{}},
	}
	for _, tt := range tests {
		if got := tt.a.Min(tt.b); got != tt.want {
			t.Errorf("%v, %v: %v", tt.a, tt.b, got)
		}
	}
}
