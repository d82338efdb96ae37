package forwarding

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// Assumed is what questions take for done, though nothing is: what the packets that
// were asked about before would have left behind in this router. The zero value is
// nothing.
type Assumed struct {
	// Sealed has what lies in the encrypted packets that the routers of the lab would have
	// made; nil keeps none. It is one for all of them.
	Sealed Sealed

	made      []nat.Decision
	reflected []acl.Reflected
	fragments *reassembly
}

// Sealed has packets by the ESP that would carry them.
type Sealed map[sealedKey]packet.IPv4

type sealedKey struct{ spi, sequence uint32 }

func (a *Assumed) decisions() []nat.Decision {
	if a == nil {
		return nil
	}
	return a.made
}

// translated keeps a decision that decides about later packets, too.
func (a *Assumed) translated(d nat.Decision) {
	if a != nil && d.Lasts() {
		a.made = append(a.made, d)
	}
}

// aliased reports whether a translation that would be made has the address as an alias.
func (a *Assumed) aliased(addr netip.Addr) bool {
	return slices.ContainsFunc(a.decisions(), func(d nat.Decision) bool { return d.Aliases(addr) })
}

// lookup asks a list, and keeps the entry of a reflexive list that the packet would make.
func (a *Assumed) lookup(f Filter, p packet.IPv4) acl.Result {
	l, ok := f.(Listed)
	if a == nil || !ok || l.List() == nil {
		return f.Lookup(p)
	}
	seen := acl.Examine(p)
	r := l.List().LookupAssuming(&seen, a.reflected)
	if made, ok := r.Reflects(&seen); ok {
		a.reflected = append(a.reflected, made)
	}
	return r
}

// seal keeps what an encrypted packet would carry. As no sequence number is used, several
// packets come with the same: here each gets one of its own.
func (a *Assumed) seal(outer, inner packet.IPv4) {
	if a == nil || a.Sealed == nil {
		return
	}
	e, ok := ESPOf(outer)
	if !ok {
		return
	}
	for a.Sealed[keyOfESP(e)] != nil {
		e.SetSeq(e.Seq() + 1)
	}
	a.Sealed[keyOfESP(e)] = slices.Clone(inner)
}

func keyOfESP(e packet.ESP) sealedKey { return sealedKey{e.SPI(), e.Seq()} }

// inside is what an encrypted packet carries, nil where it is a real one.
func (a *Assumed) inside(outer packet.IPv4) packet.IPv4 {
	if a == nil {
		return nil
	}
	e, ok := ESPOf(outer)
	if !ok {
		return nil
	}
	return a.Sealed[keyOfESP(e)]
}

// reassemble is what would become of a fragment to this router.
func (a *Assumed) reassemble(p packet.IPv4) (why Reason, whole packet.IPv4) {
	if a.fragments == nil {
		a.fragments = &reassembly{held: map[reassemblyKey]*pieces{}}
	}
	why, whole = a.fragments.consider(p)
	switch why {
	case FragmentHeld:
		a.fragments.hold(p)
	case Reassembled, DatagramTooLong, FragmentBad:
		a.fragments.forget(keyOf(p))
	}
	return why, whole
}
