package keyengine

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/isakmp"
)

// Default lifetimes of an IPsec SA (`crypto ipsec security-association
// lifetime`).
const (
	DefaultSeconds   = 3600
	DefaultKilobytes = 4608000
)

// Config is what `crypto ipsec …` and `crypto map …` set.
type Config struct {
	Lifetime      isakmp.Lifetime
	TransformSets []TransformSet // in the order of configuration
	Maps          []*Map
	IdleTime      time.Duration // of SAs; zero is for ever
}

// NewConfig is the configuration of a router without one.
func NewConfig() Config {
	return Config{Lifetime: isakmp.Lifetime{Seconds: DefaultSeconds, Kilobytes: DefaultKilobytes}}
}

// TransformSet is a `crypto ipsec transform-set`.
type TransformSet struct {
	Name      string
	Transform esp.Transform
}

// TransformSet finds a set by name.
func (c *Config) TransformSet(name string) (TransformSet, bool) {
	for _, t := range c.TransformSets {
		if t.Name == name {
			return t, true
		}
	}
	return TransformSet{}, false
}

// SetTransformSet adds or replaces a set.
func (c *Config) SetTransformSet(t TransformSet) {
	for i := range c.TransformSets {
		if c.TransformSets[i].Name == t.Name {
			c.TransformSets[i] = t
			return
		}
	}
	c.TransformSets = append(c.TransformSets, t)
}

// RemoveTransformSet removes a set.
func (c *Config) RemoveTransformSet(name string) {
	c.TransformSets = slices.DeleteFunc(c.TransformSets, func(t TransformSet) bool { return t.Name == name })
}

// Map is a crypto map: entries in the order of their sequence numbers.
type Map struct {
	Name    string
	Entries []*Entry
	// LocalInterface is whose address the SAs are from, `local-address`; "" is
	// the interface that bears the map.
	LocalInterface string
}

// Entry is one sequence number of a crypto map.
type Entry struct {
	Seq           int
	Description   string
	Peers         []netip.Addr
	TransformSets []string
	ACL           string          // `match address`
	AccessIn      string          // `set ip access-group in`, for what comes out of the tunnel
	AccessOut     string          // `set ip access-group out`, for what goes into it
	Lifetime      isakmp.Lifetime // fields that are zero follow the global ones
	PFS           int             // group, 0 for none
	IdleTime      time.Duration   // zero follows the global one
	IdleToDefault bool            // an idle flow begins again with the default peer
	Default       netip.Addr      // the peer to turn to first; the zero Addr where none is set
	Withheld      bool            // it is not to be used, whatever it has
	peer          int             // index of the peer in use
}

// Peer is the peer in use; the zero Addr where none is configured.
func (e *Entry) Peer() netip.Addr {
	if len(e.Peers) == 0 {
		return netip.Addr{}
	}
	return e.Peers[e.peer%len(e.Peers)]
}

// failOver turns away from the peer in use where it has not answered: to the
// default peer, unless that is the one, else to the next.
func (e *Entry) failOver(from netip.Addr) {
	if len(e.Peers) < 2 || e.Peer() != from {
		return
	}
	e.peer = (e.peer + 1) % len(e.Peers)
	if e.Default != from {
		e.toDefault()
	}
}

// toDefault turns to the default peer where there is one.
func (e *Entry) toDefault() {
	if i := slices.Index(e.Peers, e.Default); i >= 0 {
		e.peer = i
	}
}

// EffectiveLifetime is the entry's lifetime with the global one where it has
// none of its own.
func (c *Config) EffectiveLifetime(e *Entry) isakmp.Lifetime {
	l := e.Lifetime
	if l.Seconds == 0 {
		l.Seconds = c.Lifetime.Seconds
	}
	if l.Kilobytes == 0 {
		l.Kilobytes = c.Lifetime.Kilobytes
	}
	return l
}

// Map finds a crypto map by name.
func (c *Config) Map(name string) *Map {
	for _, m := range c.Maps {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Entry finds an entry, or nil.
func (m *Map) Entry(seq int) *Entry {
	for _, e := range m.Entries {
		if e.Seq == seq {
			return e
		}
	}
	return nil
}

// AddEntry returns the entry of that map and sequence number, and whether it
// is new.
func (c *Config) AddEntry(name string, seq int) (e *Entry, created bool) {
	m := c.Map(name)
	if m == nil {
		m = &Map{Name: name}
		c.Maps = append(c.Maps, m)
	}
	if e := m.Entry(seq); e != nil {
		return e, false
	}
	e = &Entry{Seq: seq}
	at, _ := slices.BinarySearchFunc(m.Entries, seq, func(e *Entry, seq int) int { return e.Seq - seq })
	m.Entries = slices.Insert(m.Entries, at, e)
	return e, true
}

// RemoveEntry removes one entry, and the map with its last one.
func (c *Config) RemoveEntry(name string, seq int) {
	m := c.Map(name)
	if m == nil {
		return
	}
	m.Entries = slices.DeleteFunc(m.Entries, func(e *Entry) bool { return e.Seq == seq })
	c.dropEmpty(m)
}

// dropEmpty forgets a map of which nothing is configured.
func (c *Config) dropEmpty(m *Map) {
	if len(m.Entries) == 0 && m.LocalInterface == "" {
		c.RemoveMap(m.Name)
	}
}

// SetLocalInterface has the map's SAs be from another interface's address; ""
// takes that back.
func (c *Config) SetLocalInterface(name, ifc string) {
	if m := c.Map(name); m != nil {
		m.LocalInterface = ifc
		c.dropEmpty(m)
	} else if ifc != "" {
		c.Maps = append(c.Maps, &Map{Name: name, LocalInterface: ifc})
	}
}

// RemoveMap removes a whole map.
func (c *Config) RemoveMap(name string) {
	c.Maps = slices.DeleteFunc(c.Maps, func(m *Map) bool { return m.Name == name })
}
