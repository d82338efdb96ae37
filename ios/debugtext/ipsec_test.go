package debugtext

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

var (
	local  = netip.MustParseAddr("12.12.12.1")
	remote = netip.MustParseAddr("23.23.23.3")
	esp    = isakmp.Proposal{
		Protocol: isakmp.ProtoESP, Transform: isakmp.ESPDES, Auth: isakmp.AuthHMACMD5, Encapsulation: isakmp.EncapsTunnel,
	}
)

func subnet(a string) isakmp.Proxy {
	return isakmp.Proxy{Addr: netip.MustParseAddr(a), Mask: netip.MustParseAddr("255.255.255.0")}
}

func TestKeyEngineLines(t *testing.T) {
	id := keyengine.FlowRef{Local: local, Remote: remote, LocalProxy: subnet("10.1.1.0"), RemoteProxy: subnet("20.1.1.0")}
	life := isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}
	sa := keyengine.SARef{Dest: local, Protocol: 50, SPI: 0xD137A1B6, Proposal: esp, Conn: 2001}
	tests := []struct {
		event keyengine.Event
		want  string // ¶ before each line end
	}{
		{keyengine.SARequested{Flow: id, Proposal: esp, Lifetime: life, SPI: 0xD137A1B6}, `IPSEC(sa_request): ,¶
  (key eng. msg.) OUTBOUND local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4),¶
    protocol= ESP, transform= esp-des esp-md5-hmac  (Tunnel), ¶
    lifedur= 3600s and 4608000kb, ¶
    spi= 0xD137A1B6(3510084022), conn_id= 0, keysize= 0, flags= 0x400A`},
		{keyengine.ProposalOffered{Flow: id, Number: 1, Proposal: esp, PFS: 2}, `IPSEC(validate_proposal_request): proposal part #1,¶
  (key eng. msg.) INBOUND local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4),¶
    protocol= ESP, transform= esp-des esp-md5-hmac  (Tunnel), ¶
    lifedur= 0s and 0kb, ¶
    spi= 0x0(0), conn_id= 0, keysize= 0, flags= 0x12`},
		{keyengine.ProposalRefused{Flow: id, Proposal: esp, Reason: keyengine.UnknownProxies}, "IPSEC(validate_transform_proposal): proxy identities not supported"},
		{keyengine.ProposalRefused{Flow: id, Proposal: esp, Reason: keyengine.UnknownTransform}, `IPSEC(validate_transform_proposal): transform proposal not supported for identity: ¶
    {esp-des esp-md5-hmac }`},
		{keyengine.ProxyMatched{Flow: id}, `Crypto mapdb : proxy_match¶
	src addr     : 10.1.1.0¶
	dst addr     : 20.1.1.0¶
	protocol     : 0¶
	src port     : 0¶
	dst port     : 0`},
		{keyengine.MessagesQueued{Count: 1}, "IPSEC(key_engine): got a queue event with 1 kei messages"},
		{keyengine.SPIReserved{Local: local, Remote: remote, Protocol: 3, SPI: 0xD137A1B6}, `IPSEC(spi_response): getting spi 3510084022 for SA¶
 from 12.12.12.1 to 23.23.23.3 for prot 3`},
		{keyengine.RequestTimedOut{Flow: id, Count: 1}, `IPSEC(key_engine): request timer fired: count = 1,¶
  (identity) local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4)`},
		{keyengine.SACreated{SA: sa}, `IPSEC(create_sa): sa created,¶
  (sa) sa_dest= 12.12.12.1, sa_proto= 50, ¶
    sa_spi= 0xD137A1B6(3510084022), ¶
    sa_trans= esp-des esp-md5-hmac , sa_conn_id= 2001`},
		{keyengine.SADeleted{SA: sa, Flow: id}, `IPSEC(delete_sa): deleting SA,¶
  (sa) sa_dest= 12.12.12.1, sa_proto= 50, ¶
    sa_spi= 0xD137A1B6(3510084022), ¶
    sa_trans= esp-des esp-md5-hmac , sa_conn_id= 2001,¶
  (identity) local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4)`},
		{keyengine.ProposalRefused{Flow: id, Proposal: esp, Reason: keyengine.UnknownAddress},
			"IPSEC(validate_proposal): invalid local address 12.12.12.1"},
		{keyengine.DeleteNamed{Peer: remote, Protocol: 50, SPI: 0xD137A1B6},
			"IPSEC(key_engine_delete_sas): delete SA with spi 0xD137A1B6 proto 50 for 23.23.23.3"},
	}
	for _, tt := range tests {
		if got := V124.Debug(tt.event); len(got) != 1 || got[0] != strings.ReplaceAll(tt.want, "¶", "") {
			t.Errorf("%T: %q", tt.event, got)
		}
	}
}

func TestTransform(t *testing.T) {
	for want, p := range map[string]isakmp.Proposal{
		"esp-des":                  {Transform: isakmp.ESPDES},
		"esp-3des esp-sha-hmac":    {Transform: isakmp.ESP3DES, Auth: isakmp.AuthHMACSHA},
		"esp-aes esp-md5-hmac":     {Transform: isakmp.ESPAES, KeyBits: 128, Auth: isakmp.AuthHMACMD5},
		"esp-aes 256 esp-sha-hmac": {Transform: isakmp.ESPAES, KeyBits: 256, Auth: isakmp.AuthHMACSHA},
		"esp-null esp-sha256-hmac": {Transform: isakmp.ESPNull, Auth: isakmp.AuthHMACSHA256},
		"UNKNOWN(9)":               {Transform: 9},
	} {
		if got := V124.words.transformSet(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHostProxy(t *testing.T) {
	p := isakmp.Proxy{Addr: local, Mask: netip.MustParseAddr("255.255.255.255"), Protocol: 6, Port: 80}
	if got := proxy124(p); got != "12.12.12.1/255.255.255.255/6/80 (type=1)" {
		t.Error(got)
	}
}

// TestPairAgreed: a pair is told of once a direction.
func TestPairAgreed(t *testing.T) {
	udp := esp.InUDP()
	e := keyengine.PairAgreed{Proposal: udp, PFS: 2, InboundSPI: 1, OutboundSPI: 2, InConn: 2001, OutConn: 2002}
	want := []string{"INBOUND spi= 0x1(1), conn_id= 2001, keysize= 0, flags= 0x413", "OUTBOUND spi= 0x2(2), conn_id= 2002, keysize= 0, flags= 0x41B"}
	got := V124.Debug(e)
	if len(got) != len(want) {
		t.Fatalf("%d records", len(got))
	}
	for i, w := range want {
		direction, rest, _ := strings.Cut(w, " ")
		if !strings.Contains(got[i], "(key eng. msg.) "+direction) || !strings.HasSuffix(got[i], rest) || !strings.Contains(got[i], "(Tunnel-UDP)") {
			t.Errorf("record %d: %s", i, got[i])
		}
	}
}

func TestSyslog(t *testing.T) {
	peer := netip.AddrPortFrom(remote, 500)
	for _, tt := range []struct {
		event any
		every time.Duration
		want  string
	}{
		{event.ISAKMPSwitched{On: true}, 0, "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is ON"},
		{event.ISAKMPSwitched{}, 0, "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is OFF"},
		{keyengine.SPIUnknown{Source: remote, Dest: local, Protocol: 50, SPI: 0xD137A1B6}, time.Minute,
			"%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=12.12.12.1, prot=50, spi=0xD137A1B6(3510084022), srcaddr=23.23.23.3"},
		{keyengine.SessionUp{Peer: peer, ID: "R3"}, 0, "%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP  .  Peer 23.23.23.3:500       Id: R3"},
		{keyengine.SessionDown{Peer: peer}, 0, "%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN.  Peer 23.23.23.3:500       Id: "},
	} {
		m, ok := V124.Message(tt.event)
		if got := m.Format(V124.Text(tt.event)); !ok || got != tt.want || m.Every != tt.every {
			t.Errorf("%q every %v", got, m.Every)
		}
	}
}
