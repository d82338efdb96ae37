package isakmp_test

import (
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

// flowConfig is one crypto map entry.
type flowConfig struct {
	local, remote isakmp.Proxy
	proposals     []isakmp.Proposal
	life          isakmp.Lifetime
	pfs           int
}

func newFlow(local, remote string) *flowConfig {
	net := func(a string) isakmp.Proxy {
		return isakmp.Proxy{Addr: netip.MustParseAddr(a), Mask: netip.MustParseAddr("255.255.255.0")}
	}
	return &flowConfig{
		local: net(local), remote: net(remote),
		proposals: []isakmp.Proposal{{
			Protocol: isakmp.ProtoESP, Transform: isakmp.ESPDES,
			Auth: isakmp.AuthHMACMD5, Encapsulation: isakmp.EncapsTunnel,
		}},
		life: isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000},
	}
}

// keyEngine stands for the router's: flows, SPIs, pairs, and words where it
// `speaks`.
type keyEngine struct {
	r                            *router
	flows                        []*flowConfig
	spis                         uint32
	pairs                        map[uint32]isakmp.SAPair // by inbound SPI
	order                        []uint32
	enabled                      map[uint32]bool // outbound SPIs
	failed                       []uint32
	deleted                      []uint32
	contact                      int
	onFailure                    func() // told of each failure
	dead                         int    // peers given up
	sentPackets, receivedPackets uint64
	looks                        int // at what the pairs have carried
	speaks                       bool
}

func (k *keyEngine) emit(e keyengine.Event) {
	if k.speaks {
		k.r.say(debugtext.V124.Debug(e)...)
	}
}

func (k *keyEngine) newSPI() uint32 {
	k.spis++
	b := []byte{0xd1, 0x37, 0, 0}
	binary.BigEndian.PutUint16(b[2:], uint16(k.spis)*257)
	return binary.BigEndian.Uint32(b) ^ uint32(k.r.addr.Addr().As4()[0])<<8
}

func (k *keyEngine) request(f *flowConfig) uint32 {
	spi := k.newSPI()
	k.r.engine.RequestSA(isakmp.SARequest{
		Local: k.r.addr.Addr(), Remote: k.r.w.nat.outside(k.r.other()),
		LocalProxy: f.local, RemoteProxy: f.remote, Proposals: f.proposals,
		Seconds: f.life.Seconds, Kilobytes: f.life.Kilobytes, PFS: f.pfs, SPI: spi,
	})
	return spi
}

func (k *keyEngine) AllocateSPI(_, remote netip.Addr, protocol uint8) uint32 {
	spi := k.newSPI()
	k.emit(keyengine.SPIReserved{Local: k.r.addr.Addr(), Remote: remote, Protocol: protocol, SPI: spi})
	return spi
}

func (k *keyEngine) ValidateProposal(r isakmp.ProposalRequest) (isakmp.Lifetime, error) {
	flow := keyengine.FlowRef{Local: r.Local, Remote: r.Remote, LocalProxy: r.LocalProxy, RemoteProxy: r.RemoteProxy}
	k.emit(keyengine.ProposalOffered{Flow: flow, Number: 1, Proposal: r.Proposal})
	for _, f := range k.flows {
		if f.local != r.LocalProxy || f.remote != r.RemoteProxy {
			continue
		}
		for _, p := range f.proposals {
			if r.NAT {
				p = p.InUDP()
			}
			if p == r.Proposal && (f.pfs == 0 || f.pfs == r.PFS) {
				return f.life, nil
			}
		}
		k.emit(keyengine.ProposalRefused{Flow: flow, Proposal: r.Proposal, Reason: keyengine.UnknownTransform})
		return isakmp.Lifetime{}, isakmp.ErrTransformProposal
	}
	k.emit(keyengine.ProposalRefused{Flow: flow, Proposal: r.Proposal, Reason: keyengine.UnknownProxies})
	return isakmp.Lifetime{}, isakmp.ErrProxyIdentities
}

func (k *keyEngine) InitializeSAs(isakmp.SAPair) {}

func (k *keyEngine) InstallSAs(p isakmp.SAPair) {
	k.pairs[p.InboundSPI] = p
	k.order = append(k.order, p.InboundSPI)
	k.enabled[p.OutboundSPI] = p.Initiator
}

func (k *keyEngine) EnableOutbound(_ netip.AddrPort, spi uint32) { k.enabled[spi] = true }

func (k *keyEngine) PeerDeleted(remote netip.AddrPort, protocol uint8, spis []uint32) {
	if protocol != isakmp.ProtoESP {
		return
	}
	k.deleted = append(k.deleted, spis...)
	for _, in := range append([]uint32(nil), k.order...) {
		for _, out := range spis {
			if p, ok := k.pairs[in]; ok && p.OutboundSPI == out && p.Remote == remote {
				k.drop(in)
			}
		}
	}
}

func (k *keyEngine) InitialContact(local, remote netip.AddrPort) bool {
	k.contact++
	var spis []uint32
	for _, in := range append([]uint32(nil), k.order...) {
		if p, ok := k.pairs[in]; ok && p.Remote == remote {
			spis = append(spis, in)
			k.drop(in)
		}
	}
	if len(spis) > 0 {
		k.r.engine.DeleteNotify(isakmp.DeleteRequest{Local: local.Addr(), Remote: remote.Addr(), RemotePort: remote.Port(), Protocol: isakmp.ProtoESP, SPIs: spis})
	}
	return len(spis) > 0
}

func (k *keyEngine) PeerDead(_, remote netip.AddrPort) {
	k.dead++
	for _, in := range append([]uint32(nil), k.order...) {
		if p, ok := k.pairs[in]; ok && p.Remote == remote {
			k.drop(in)
		}
	}
}

func (k *keyEngine) Traffic(_, _ netip.AddrPort) (sent, received uint64) {
	k.looks++
	return k.sentPackets, k.receivedPackets
}

func (k *keyEngine) RequestFailed(_, _ netip.Addr, spi uint32) {
	k.failed = append(k.failed, spi)
	if k.onFailure != nil {
		k.onFailure()
	}
	if _, ok := k.pairs[spi]; ok {
		k.expire(spi)
	}
}

// drop deletes a pair without telling anybody but the peer struct.
func (k *keyEngine) drop(in uint32) {
	p := k.pairs[in]
	delete(k.pairs, in)
	k.r.engine.PairReleased(p.Local, p.Remote)
}

// expire deletes a pair as `clear crypto sa` or its lifetime would.
func (k *keyEngine) expire(in uint32) {
	p := k.pairs[in]
	k.r.engine.DeleteNotify(isakmp.DeleteRequest{
		Local: p.Local.Addr(), Remote: p.Remote.Addr(), RemotePort: p.Remote.Port(), Protocol: p.Proposal.Protocol, SPIs: []uint32{in},
	})
	k.drop(in)
}

// PeerMoved takes the pairs with a peer to its new port.
func (k *keyEngine) PeerMoved(local, from, to netip.AddrPort) {
	for in, p := range k.pairs {
		if p.Local == local && p.Remote == from {
			p.Remote = to
			k.pairs[in] = p
		}
	}
}
