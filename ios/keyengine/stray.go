package keyengine

import (
	"maps"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// strayInterval is how far apart a peer is told that it sends on SAs which are
// gone: often enough where a message is lost, and too seldom to be worth forging its
// packets.
const strayInterval = 5 * time.Second // since that, and since a pair with it went

// stray is told of ESP for an SA that there is not. The peer may have one that we
// have lost: it has to hear that it is gone, through the NAT that port tells of
// where it is not zero.
func (e *Engine) stray(local, remote netip.Addr, port uint16, spi uint32) {
	b := e.bindingAt(local)
	if b == nil || !b.serves(remote) {
		return
	}
	if at, ok := e.strays[remote]; ok && e.env.Clock.Now()-at < strayInterval {
		return
	}
	e.noteTold(remote)
	e.isakmp.DeleteNotify(isakmp.DeleteRequest{
		Local: local, Remote: remote, RemotePort: port, Protocol: isakmp.ProtoESP, SPIs: []uint32{spi}, Stray: true,
	})
}

// noteTold notes that a peer has just been told, and forgets those that may be told again: a
// peer behind a NAT can have had many addresses.
func (e *Engine) noteTold(remote netip.Addr) {
	now := e.env.Clock.Now()
	maps.DeleteFunc(e.strays, func(_ netip.Addr, at time.Duration) bool { return now-at >= strayInterval })
	e.strays[remote] = now
}

// serves reports whether some entry of the map is for that peer.
func (b *Binding) serves(peer netip.Addr) bool {
	for entry := range b.entries {
		if slices.Contains(entry.Peers, peer) {
			return true
		}
	}
	return false
}
