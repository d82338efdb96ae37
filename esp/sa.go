package esp

import (
	"errors"
	"io"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ioslab/ioslab/acl"
)

// Params are what an SA is made of. The keys become the SA's own, and no one keeps
// copies of them: it clears them when it is no longer used, and at once where it cannot
// be made.
type Params struct {
	SPI           uint32
	Local, Remote netip.Addr // this router's endpoint and the peer's
	Encap         Encap
	Transform     Transform
	Keys          Keys

	// Selector is what the SA pair protects, as this router sees it. The zero
	// value is everything.
	Selector acl.Selector

	Lifetime Lifetime
	// DisplayKilobytes is the volume that show commands start from, zero for
	// the true one; see DisplayStart.
	DisplayKilobytes uint32
	// Born is when the SA was made, on the router's clock.
	Born time.Duration

	// Counters are the flow's, which outlive an SA; nil for the SA's own.
	Counters *Counters

	Rand io.Reader // outbound: read once, while the SA is made
}

// Errors of SAs.
var (
	ErrEndpoint = errors.New("esp: endpoint is not an IPv4 address")
	ErrGone     = errors.New("esp: the SA is no longer used")
	ErrVolume   = errors.New("esp: the SA has no volume left")
)

// SA is what both directions have in common.
type SA struct {
	p       Params
	layout  layout
	packets atomic.Uint64
	bytes   atomic.Uint64 // of inner packets

	mu    sync.Mutex // of the keys, gone and what workers hand back
	gone  bool
	spare []*state
}

// init sets up sa in place; sa must not be copied.
func (sa *SA) init(p Params) (err error) {
	defer func() {
		if err != nil {
			p.Keys.Zero()
		}
	}()
	switch {
	case !p.Transform.Valid():
		return ErrTransform
	case !p.Keys.fit(p.Transform):
		return ErrKeys
	case !p.Local.Is4() || !p.Remote.Is4():
		return ErrEndpoint
	}
	p.Transform = p.Transform.Normal()
	if p.Counters == nil {
		p.Counters = new(Counters)
	}
	if p.DisplayKilobytes == 0 {
		p.DisplayKilobytes = p.Lifetime.Kilobytes
	}
	sa.p = p
	sa.layout = layoutOf(p.Transform, p.Encap)
	return nil
}

// SPI is the security parameters index.
func (sa *SA) SPI() uint32 { return sa.p.SPI }

// Local is this router's endpoint.
func (sa *SA) Local() netip.Addr { return sa.p.Local }

// Encap are the ports of ESP in UDP, zero where there is none.
func (sa *SA) Encap() Encap { return sa.p.Encap }

// Transform is the pairing of cipher and authentication.
func (sa *SA) Transform() Transform { return sa.p.Transform }

// MaxInner is the length of the largest inner packet whose tunnel packet fits
// the MTU, or zero where none does: what packets are fragmented to before they
// are encrypted.
func (sa *SA) MaxInner(mtu int) int { return sa.layout.maxInner(mtu) }

// Packets is how many packets this SA has carried.
func (sa *SA) Packets() uint64 { return sa.packets.Load() }

// Used reports whether anything passed.
func (sa *SA) Used() bool { return sa.packets.Load() > 0 }

// Keys are the SA's keys, for a lab's key files. They are not to be changed, and are
// cleared with the SA.
func (sa *SA) Keys() Keys { return sa.p.Keys }

// Zero clears the keys of an SA that is no longer used, and what ciphers and hashes
// have made of them. A worker that has a packet in hand finishes it, and what it used is
// cleared when it is given back; none can begin another.
func (sa *SA) Zero() {
	sa.mu.Lock()
	defer sa.mu.Unlock()
	for _, st := range sa.spare {
		st.erase()
	}
	sa.gone, sa.spare = true, nil
	sa.p.Keys.Zero()
}
