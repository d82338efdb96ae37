package isakmp

import (
	"net/netip"
	"slices"
	"time"
)

// Config is what `crypto isakmp ...` sets.
type Config struct {
	// Policies by ascending priority; use SetPolicy and RemovePolicy to keep
	// them so.
	Policies []Policy
	Keys     []PresharedKey
	// Keepalive holds for the SAs of phase 1 that come up from now on.
	Keepalive Keepalive
	// InvalidSPIRecovery begins main mode with a peer that sends on SAs which are
	// gone, so that it can be told.
	InvalidSPIRecovery bool
	// NoAggressive refuses aggressive mode by name; there is none in any case.
	NoAggressive bool
	// HostIdentity has this end go by its name, not by its address.
	HostIdentity bool
	// NoNATT is `no crypto ipsec nat-transparency udp-encapsulation`.
	NoNATT bool
	// NATKeepalive is how long the way through a NAT may be idle; 0 is for ever.
	NATKeepalive time.Duration
}

// Policy is one `crypto isakmp policy`.
type Policy struct {
	Priority   int
	Encryption Encryption
	KeyBits    int // AES only
	Hash       Hash
	Auth       Auth
	Group      int
	Lifetime   time.Duration
	Withheld   bool // it is neither proposed nor accepted
}

// DefaultPriority is the priority of the policy that is always there and always
// tried last.
const DefaultPriority = 65535

// DefaultLifetime is a phase 1 SA's life where none is configured.
const DefaultLifetime = 86400 * time.Second

// NewPolicy has the values a policy has before it is edited.
func NewPolicy(priority int) Policy {
	return Policy{
		Priority:   priority,
		Encryption: DES,
		Hash:       SHA,
		Auth:       RSASignature,
		Group:      1,
		Lifetime:   DefaultLifetime,
	}
}

// Policy finds a configured policy.
func (c *Config) Policy(priority int) (Policy, bool) {
	for _, p := range c.Policies {
		if p.Priority == priority {
			return p, true
		}
	}
	return Policy{}, false
}

// SetPolicy adds the policy or replaces the one of its priority.
func (c *Config) SetPolicy(p Policy) {
	i, found := slices.BinarySearchFunc(c.Policies, p, func(a, b Policy) int { return a.Priority - b.Priority })
	if found {
		c.Policies[i] = p
		return
	}
	c.Policies = slices.Insert(c.Policies, i, p)
}

// RemovePolicy removes the policy of that priority.
func (c *Config) RemovePolicy(priority int) {
	c.Policies = slices.DeleteFunc(c.Policies, func(p Policy) bool { return p.Priority == priority })
}

// PresharedKey is one `crypto isakmp key K address A [MASK]`.
type PresharedKey struct {
	Key        string
	Addr, Mask netip.Addr
	NoXauth    bool
	Encrypted  bool // the configuration shows it as type 6; both ends use it as it stands
}

// Covers reports whether the key is meant for a peer.
func (k PresharedKey) Covers(peer netip.Addr) bool {
	if !peer.Is4() || !k.Addr.Is4() || !k.Mask.Is4() {
		return false
	}
	p, a, m := peer.As4(), k.Addr.As4(), k.Mask.As4()
	for i := range p {
		if p[i]&m[i] != a[i]&m[i] {
			return false
		}
	}
	return true
}

// KeyFor finds the key for a peer: the longest mask wins, among equals the
// first.
func (c *Config) KeyFor(peer netip.Addr) (PresharedKey, bool) {
	best, found := PresharedKey{}, false
	for _, k := range c.Keys {
		if k.Covers(peer) && (!found || best.Mask.Less(k.Mask)) {
			best, found = k, true
		}
	}
	return best, found
}
