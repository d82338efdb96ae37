package debugtext

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/isakmp"
)

// KeyMessage is the block that IOS prints of a key-engine message.
type KeyMessage struct {
	Inbound                 bool
	Local, Remote           netip.Addr
	LocalProxy, RemoteProxy isakmp.Proxy
	Proposal                isakmp.Proposal
	Lifetime                isakmp.Lifetime
	SPI                     uint32
	ConnID                  int
	Flags                   uint32
}

// Identity is a flow as IPSEC(...) lines name it.
type Identity struct {
	Local, Remote           netip.Addr
	LocalProxy, RemoteProxy isakmp.Proxy
}

// IPsecSA is one SA as IPSEC(create_sa) and IPSEC(delete_sa) name it.
type IPsecSA struct {
	Dest     netip.Addr
	Protocol int // 50
	SPI      uint32
	Proposal isakmp.Proposal
	ConnID   int
}

// Flags of key-engine messages. PFS adds FlagPFS, a KE payload that came adds
// FlagKE as well, packets in UDP add FlagUDP.
const (
	FlagsRequest  = 0x400A
	FlagsProposal = 0x2
	FlagsInbound  = 0x2
	FlagsOutbound = 0xA
	FlagPFS       = 0x1
	FlagKE        = 0x10
	FlagUDP       = 0x400
)

func ipsec(format string, args ...any) Line {
	return Line{Class: IPsec, Text: fmt.Sprintf(format, args...)}
}

// SARequest: the key engine wants SAs.
func (t *Table) SARequest(m KeyMessage) Line { return ipsec("IPSEC(sa_request): ,\n%s", t.block(m)) }

// ValidateProposalRequest: ISAKMP asks whether a proposal will do.
func (t *Table) ValidateProposalRequest(part int, m KeyMessage) Line {
	return ipsec("IPSEC(validate_proposal_request): proposal part #%d,\n%s", part, t.block(m))
}

// InitializeSAs: a pair is about to be made; one record a direction.
func (t *Table) InitializeSAs(m KeyMessage) Line {
	return ipsec("IPSEC(initialize_sas): ,\n%s", t.block(m))
}

// ProxyIdentities: no entry of the crypto map protects that flow.
func (t *Table) ProxyIdentities() Line {
	return ipsec("IPSEC(validate_transform_proposal): proxy identities not supported")
}

// TransformProposal: the crypto map has no such transform set, or wants PFS.
func (t *Table) TransformProposal(p isakmp.Proposal) Line {
	return ipsec("IPSEC(validate_transform_proposal): transform proposal not supported for identity: \n    {%s }", t.words.transformSet(p))
}

// LocalAddress: no crypto map on an interface with that address.
func (t *Table) LocalAddress(local netip.Addr) Line {
	return ipsec("IPSEC(validate_proposal): invalid local address %s", local)
}

// QueueEvent: the key engine got messages from ISAKMP.
func (t *Table) QueueEvent(messages int) Line {
	return ipsec("IPSEC(key_engine): got a queue event with %d kei messages", messages)
}

// SPIResponse: ISAKMP is given an SPI.
func (t *Table) SPIResponse(spi uint32, local, remote netip.Addr, protocol uint8) Line {
	return ipsec("IPSEC(spi_response): getting spi %d for SA\n from %s to %s for prot %d", spi, local, remote, protocol)
}

// EnableOutbound: quick mode is done on the responder.
func (t *Table) EnableOutbound() []Line {
	return []Line{
		ipsec("IPSEC(key_engine_enable_outbound): rec'd enable notify from ISAKMP"),
	}
}

// EnableSA: the outbound SA may be used.
func (t *Table) EnableSA(spi uint32, protocol int) Line {
	return ipsec("IPSEC(key_engine_enable_outbound): enable SA with spi %d/%d ", spi, protocol)
}

// DeleteNotify: ISAKMP passed on a delete payload.
func (t *Table) DeleteNotify() Line {
	return ipsec("IPSEC(key_engine_delete_sas): rec'd delete notify from ISAKMP")
}

// DeleteSPI: which SA the delete payload named.
func (t *Table) DeleteSPI(spi uint32, protocol int, peer netip.Addr) Line {
	return ipsec("IPSEC(key_engine_delete_sas): delete SA with spi 0x%X proto %d for %s", spi, protocol, peer)
}

// DeleteAll: initial contact; every SA with that peer goes.
func (t *Table) DeleteAll(peer netip.Addr) Line {
	return ipsec("IPSEC(key_engine_delete_sas): delete all SAs shared with peer %s", peer)
}

// Reconnecting: the new SAs join a flow that is known.
func (t *Table) Reconnecting(peer netip.Addr) Line {
	return ipsec("IPSEC(crypto_ipsec_sa_find_ident_head): reconnecting with the same proxies and %s", peer)
}

// AddIdentity: the flow enters the policy database.
func (t *Table) AddIdentity(local, remote isakmp.Proxy) Line {
	return ipsec("IPSEC(policy_db_add_ident): src %s, dest %s, dest_port %d\n", local.Addr, remote.Addr, remote.Port)
}

// CreateSA: one SA was made.
func (t *Table) CreateSA(sa IPsecSA) Line {
	return ipsec("IPSEC(create_sa): sa created,\n%s", t.sa(sa))
}

// DeleteSA: one SA goes.
func (t *Table) DeleteSA(sa IPsecSA, id Identity) Line {
	return ipsec("IPSEC(delete_sa): deleting SA,\n%s,\n%s", t.sa(sa), identity(id))
}

// RequestTimer: no SAs came within 30 s of a request.
func (t *Table) RequestTimer(count int, id Identity) Line {
	return ipsec("IPSEC(key_engine): request timer fired: count = %d,\n%s", count, identity(id))
}

// ISAKMPOnOff: the first crypto map came to an interface, the last one went.
func (t *Table) ISAKMPOnOff(on bool) Line {
	word := "OFF"
	if on {
		word = "ON"
	}
	return syslog(6, "ISAKMP_ON_OFF", "ISAKMP is %s", word)
}

// SessionStatus: the first pair of SAs with a peer came, or the last one went.
func (t *Table) SessionStatus(up bool, peer netip.AddrPort, id string) Line {
	state := "DOWN"
	if up {
		state = "UP"
	}
	return syslog(5, "SESSION_STATUS", "Crypto tunnel is %-4s.  Peer %s:%d       Id: %s", state, peer.Addr(), peer.Port(), id)
}

// InvalidSPI: ESP for an SA that does not exist.
func (t *Table) InvalidSPI(dest netip.Addr, protocol int, spi uint32, source netip.Addr) Line {
	return syslog(4, "RECVD_PKT_INV_SPI",
		"decaps: rec'd IPSEC packet has invalid spi for destaddr=%s, prot=%d, spi=0x%X(%d), srcaddr=%s",
		dest, protocol, spi, spi, source)
}

// NotIPsec: a clear packet that should have come encrypted.
func (t *Table) NotIPsec(dest, source netip.Addr, protocol int) Line {
	return syslog(4, "RECVD_PKT_NOT_IPSEC",
		"Rec'd packet not an IPSEC packet.\n\t(ip) vrf/dest_addr= /%s, src_addr= %s, prot= %d", dest, source, protocol)
}

func (t *Table) block(m KeyMessage) string {
	direction := "OUTBOUND"
	if m.Inbound {
		direction = "INBOUND"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  (key eng. msg.) %s local= %s, remote= %s, \n", direction, m.Local, m.Remote)
	fmt.Fprintf(&b, "    local_proxy= %s, \n", proxy(m.LocalProxy))
	fmt.Fprintf(&b, "    remote_proxy= %s,\n", proxy(m.RemoteProxy))
	fmt.Fprintf(&b, "    protocol= %s, transform= %s  (%s), \n", protocolName(m.Proposal.Protocol), t.words.transformSet(m.Proposal), t.words.Encapsulation[uint32(m.Proposal.Encapsulation)])
	fmt.Fprintf(&b, "    lifedur= %ds and %dkb, \n", m.Lifetime.Seconds, m.Lifetime.Kilobytes)
	fmt.Fprintf(&b, "    spi= 0x%X(%d), conn_id= %d, keysize= %d, flags= 0x%X", m.SPI, m.SPI, m.ConnID, m.Proposal.KeyBits, m.Flags)
	return b.String()
}

func (t *Table) sa(sa IPsecSA) string {
	return fmt.Sprintf("  (sa) sa_dest= %s, sa_proto= %d, \n    sa_spi= 0x%X(%d), \n    sa_trans= %s , sa_conn_id= %d",
		sa.Dest, sa.Protocol, sa.SPI, sa.SPI, t.words.transformSet(sa.Proposal), sa.ConnID)
}

func identity(id Identity) string {
	return fmt.Sprintf("  (identity) local= %s, remote= %s, \n    local_proxy= %s, \n    remote_proxy= %s",
		id.Local, id.Remote, proxy(id.LocalProxy), proxy(id.RemoteProxy))
}

// proxy prints net/mask/protocol/port and the type of the ID payload it makes.
func proxy(p isakmp.Proxy) string {
	kind := 4
	if p.IsHost() {
		kind = 1
	}
	return fmt.Sprintf("%s/%s/%d/%d (type=%d)", p.Addr, p.Mask, p.Protocol, p.Port, kind)
}

func protocolName(p uint8) string {
	switch p {
	case isakmp.ProtoAH:
		return "AH"
	case isakmp.ProtoESP:
		return "ESP"
	}
	return fmt.Sprint(p)
}
