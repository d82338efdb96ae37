package debugtext

import (
	"net/netip"
	"strings"
	"testing"

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
	id := Identity{Local: local, Remote: remote, LocalProxy: subnet("10.1.1.0"), RemoteProxy: subnet("20.1.1.0")}
	m := KeyMessage{
		Local: local, Remote: remote, LocalProxy: id.LocalProxy, RemoteProxy: id.RemoteProxy, Proposal: esp,
		Lifetime: isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}, SPI: 0xD137A1B6, Flags: FlagsRequest,
	}
	in := m
	in.Inbound, in.SPI, in.Flags, in.Lifetime = true, 0, FlagsProposal|FlagKE, isakmp.Lifetime{}
	sa := IPsecSA{Dest: local, Protocol: 50, SPI: 0xD137A1B6, Proposal: esp, ConnID: 2001}
	tests := []struct {
		name string
		line Line
		want string
	}{
		{"sa_request", V124.SARequest(m), `IPSEC(sa_request): ,¶
  (key eng. msg.) OUTBOUND local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4),¶
    protocol= ESP, transform= esp-des esp-md5-hmac  (Tunnel), ¶
    lifedur= 3600s and 4608000kb, ¶
    spi= 0xD137A1B6(3510084022), conn_id= 0, keysize= 0, flags= 0x400A`},
		{"validate", V124.ValidateProposalRequest(1, in), `IPSEC(validate_proposal_request): proposal part #1,¶
  (key eng. msg.) INBOUND local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4),¶
    protocol= ESP, transform= esp-des esp-md5-hmac  (Tunnel), ¶
    lifedur= 0s and 0kb, ¶
    spi= 0x0(0), conn_id= 0, keysize= 0, flags= 0x12`},
		{"proxies", V124.ProxyIdentities(), "IPSEC(validate_transform_proposal): proxy identities not supported"},
		{"transform", V124.TransformProposal(esp), `IPSEC(validate_transform_proposal): transform proposal not supported for identity: ¶
    {esp-des esp-md5-hmac }`},
		{"queue", V124.QueueEvent(1), "IPSEC(key_engine): got a queue event with 1 kei messages"},
		{"spi", V124.SPIResponse(0xD137A1B6, local, remote, 3), `IPSEC(spi_response): getting spi 3510084022 for SA¶
 from 12.12.12.1 to 23.23.23.3 for prot 3`},
		{"timer", V124.RequestTimer(1, id), `IPSEC(key_engine): request timer fired: count = 1,¶
  (identity) local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4)`},
		{"create", V124.CreateSA(sa), `IPSEC(create_sa): sa created,¶
  (sa) sa_dest= 12.12.12.1, sa_proto= 50, ¶
    sa_spi= 0xD137A1B6(3510084022), ¶
    sa_trans= esp-des esp-md5-hmac , sa_conn_id= 2001`},
		{"delete", V124.DeleteSA(sa, id), `IPSEC(delete_sa): deleting SA,¶
  (sa) sa_dest= 12.12.12.1, sa_proto= 50, ¶
    sa_spi= 0xD137A1B6(3510084022), ¶
    sa_trans= esp-des esp-md5-hmac , sa_conn_id= 2001,¶
  (identity) local= 12.12.12.1, remote= 23.23.23.3, ¶
    local_proxy= 10.1.1.0/255.255.255.0/0/0 (type=4), ¶
    remote_proxy= 20.1.1.0/255.255.255.0/0/0 (type=4)`},
		{"delete by spi", V124.DeleteSPI(0xD137A1B6, 50, remote),
			"IPSEC(key_engine_delete_sas): delete SA with spi 0xD137A1B6 proto 50 for 23.23.23.3"},
	}
	for _, tt := range tests {
		if want := strings.ReplaceAll(tt.want, "¶", ""); tt.line.Text != want || tt.line.Class != IPsec {
			t.Errorf("%s: %q", tt.name, tt.line.Text)
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
	if got := proxy(p); got != "12.12.12.1/255.255.255.255/6/80 (type=1)" {
		t.Error(got)
	}
}

func TestSyslog(t *testing.T) {
	tests := []struct {
		line     Line
		severity int
		mnemonic string
		text     string
	}{
		{V124.ISAKMPOnOff(true), 6, "ISAKMP_ON_OFF", "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is ON"},
		{V124.ISAKMPOnOff(false), 6, "ISAKMP_ON_OFF", "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is OFF"},
		{V124.InvalidSPI(local, 50, 0xD137A1B6, remote), 4, "RECVD_PKT_INV_SPI",
			"%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=12.12.12.1, prot=50, spi=0xD137A1B6(3510084022), srcaddr=23.23.23.3"},
	}
	for _, tt := range tests {
		l := tt.line
		if l.Class != Syslog || l.Facility != "CRYPTO" || l.Severity != tt.severity || l.Mnemonic != tt.mnemonic || l.Text != tt.text {
			t.Errorf("%+v", l)
		}
	}
}
