package debugtext

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

// ipsec124 is `debug crypto ipsec`.
var ipsec124 = []Change{
	Row(Transposed, func(w *Words, e keyengine.SARequested) []string {
		return bare("IPSEC(sa_request): ,\n%s", w.block124(keyMessage{
			FlowRef: e.Flow, proposal: e.Proposal, lifetime: e.Lifetime, spi: e.SPI, flags: flagsRequest | pfsFlag(e.PFS, flagPFS),
		}))
	}),
	Row(Memory, func(w *Words, e keyengine.RequestTimedOut) []string {
		return bare("IPSEC(key_engine): request timer fired: count = %d,\n%s", e.Count, identityOf124(e.Flow))
	}),
	Row(Transposed, func(w *Words, e keyengine.ProposalOffered) []string {
		return bare("IPSEC(validate_proposal_request): proposal part #%d,\n%s", e.Number, w.block124(keyMessage{
			inbound: true, FlowRef: e.Flow, proposal: e.Proposal,
			flags: flagsProposal | pfsFlag(e.PFS, flagKE) | udpFlag(e.Proposal),
		}))
	}),
	Row(Transposed, func(w *Words, e keyengine.ProposalRefused) []string {
		switch e.Reason {
		case keyengine.UnknownAddress:
			return bare("IPSEC(validate_proposal): invalid local address %s", e.Flow.Local)
		case keyengine.UnknownProxies:
			return bare("IPSEC(validate_transform_proposal): proxy identities not supported")
		}
		return bare("IPSEC(validate_transform_proposal): transform proposal not supported for identity: \n    {%s }", w.transformSet(e.Proposal))
	}),
	Row(Memory, func(w *Words, e keyengine.SPIReserved) []string {
		return bare("IPSEC(spi_response): getting spi %d for SA\n from %s to %s for prot %d", e.SPI, e.Local, e.Remote, e.Protocol)
	}),
	Row(Transposed, func(w *Words, e keyengine.MessagesQueued) []string {
		return bare("IPSEC(key_engine): got a queue event with %d kei messages", e.Count)
	}),
	Row(Memory, func(w *Words, e keyengine.PairAgreed) []string {
		m := keyMessage{FlowRef: e.Flow, proposal: e.Proposal, lifetime: e.Lifetime}
		in, out, common := m, m, pairFlags(e.Proposal, e.PFS)
		in.inbound, in.spi, in.conn, in.flags = true, e.InboundSPI, e.InConn, flagsInbound|common
		out.spi, out.conn, out.flags = e.OutboundSPI, e.OutConn, flagsOutbound|common
		return slices.Concat(bare("IPSEC(initialize_sas): ,\n%s", w.block124(in)), bare("IPSEC(initialize_sas): ,\n%s", w.block124(out)))
	}),
	Row(Transposed, func(w *Words, e keyengine.ProxyMatched) []string {
		local, remote := e.Flow.LocalProxy, e.Flow.RemoteProxy
		return bare("Crypto mapdb : proxy_match\n\tsrc addr     : %s\n\tdst addr     : %s\n\tprotocol     : %d\n\tsrc port     : %d\n\tdst port     : %d",
			local.Addr, remote.Addr, local.Protocol, local.Port, remote.Port)
	}),
	Row(Transposed, func(w *Words, e keyengine.FlowFound) []string {
		return bare("IPSEC(crypto_ipsec_sa_find_ident_head): reconnecting with the same proxies and %s", e.Flow.Remote)
	}),
	Row(Memory, func(w *Words, e keyengine.IdentityAdded) []string {
		return bare("IPSEC(policy_db_add_ident): src %s, dest %s, dest_port %d\n",
			e.Flow.LocalProxy.Addr, e.Flow.RemoteProxy.Addr, e.Flow.RemoteProxy.Port)
	}),
	Row(Transposed, func(w *Words, e keyengine.SACreated) []string {
		return bare("IPSEC(create_sa): sa created,\n%s", w.ipsecSA124(e.SA))
	}),
	Row(Transposed, func(w *Words, e keyengine.EnableReceived) []string {
		return bare("IPSEC(key_engine_enable_outbound): rec'd enable notify from ISAKMP")
	}),
	Row(Transposed, func(w *Words, e keyengine.SAEnabled) []string {
		return bare("IPSEC(key_engine_enable_outbound): enable SA with spi %d/%d ", e.SA.SPI, e.SA.Protocol)
	}),
	Row(Transposed, func(w *Words, e keyengine.DeleteReceived) []string {
		return bare("IPSEC(key_engine_delete_sas): rec'd delete notify from ISAKMP")
	}),
	Row(Memory, func(w *Words, e keyengine.DeleteNamed) []string {
		return bare("IPSEC(key_engine_delete_sas): delete SA with spi 0x%X proto %d for %s", e.SPI, e.Protocol, e.Peer)
	}),
	Row(Memory, func(w *Words, e keyengine.PeerForgotten) []string {
		return bare("IPSEC(key_engine_delete_sas): delete all SAs shared with peer %s", e.Peer)
	}),
	Row(Memory, func(w *Words, e keyengine.SADeleted) []string {
		return bare("IPSEC(delete_sa): deleting SA,\n%s,\n%s", w.ipsecSA124(e.SA), identityOf124(e.Flow))
	}),
}

// Flags of key-engine messages. PFS adds flagPFS, a KE payload that came adds
// flagKE as well, packets in UDP add flagUDP.
const (
	flagsRequest  = 0x400A
	flagsProposal = 0x2
	flagsInbound  = 0x2
	flagsOutbound = 0xA
	flagPFS       = 0x1
	flagKE        = 0x10
	flagUDP       = 0x400
)

func pfsFlag(group int, flag uint32) uint32 {
	if group == 0 {
		return 0
	}
	return flag
}

func udpFlag(p isakmp.Proposal) uint32 {
	if !p.IsInUDP() {
		return 0
	}
	return flagUDP
}

// pairFlags are the flags that both SAs of a pair have.
func pairFlags(p isakmp.Proposal, pfs int) uint32 { return pfsFlag(pfs, flagPFS|flagKE) | udpFlag(p) }

// keyMessage is the block that IOS prints of a key-engine message.
type keyMessage struct {
	inbound bool
	keyengine.FlowRef
	proposal isakmp.Proposal
	lifetime isakmp.Lifetime
	spi      uint32
	conn     int
	flags    uint32
}

func (w *Words) block124(m keyMessage) string {
	direction := "OUTBOUND"
	if m.inbound {
		direction = "INBOUND"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  (key eng. msg.) %s local= %s, remote= %s, \n", direction, m.Local, m.Remote)
	fmt.Fprintf(&b, "    local_proxy= %s, \n", proxy124(m.LocalProxy))
	fmt.Fprintf(&b, "    remote_proxy= %s,\n", proxy124(m.RemoteProxy))
	fmt.Fprintf(&b, "    protocol= %s, transform= %s  (%s), \n",
		ipsecProtocol(m.proposal.Protocol), w.transformSet(m.proposal), w.Encapsulation[uint32(m.proposal.Encapsulation)])
	fmt.Fprintf(&b, "    lifedur= %ds and %dkb, \n", m.lifetime.Seconds, m.lifetime.Kilobytes)
	fmt.Fprintf(&b, "    spi= 0x%X(%d), conn_id= %d, keysize= %d, flags= 0x%X", m.spi, m.spi, m.conn, m.proposal.KeyBits, m.flags)
	return b.String()
}

func (w *Words) ipsecSA124(sa keyengine.SARef) string {
	return fmt.Sprintf("  (sa) sa_dest= %s, sa_proto= %d, \n    sa_spi= 0x%X(%d), \n    sa_trans= %s , sa_conn_id= %d",
		sa.Dest, sa.Protocol, sa.SPI, sa.SPI, w.transformSet(sa.Proposal), sa.Conn)
}

func identityOf124(f keyengine.FlowRef) string {
	return fmt.Sprintf("  (identity) local= %s, remote= %s, \n    local_proxy= %s, \n    remote_proxy= %s",
		f.Local, f.Remote, proxy124(f.LocalProxy), proxy124(f.RemoteProxy))
}

// proxy124 prints net/mask/protocol/port and the type of the ID payload it makes.
func proxy124(p isakmp.Proxy) string {
	kind := 4
	if p.IsHost() {
		kind = 1
	}
	return fmt.Sprintf("%s/%s/%d/%d (type=%d)", p.Addr, p.Mask, p.Protocol, p.Port, kind)
}

func ipsecProtocol(p uint8) string {
	switch p {
	case isakmp.ProtoAH:
		return "AH"
	case isakmp.ProtoESP:
		return "ESP"
	}
	return fmt.Sprint(p)
}
