package debugtext

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

func natAt(a string, id uint32) nat.Endpoint {
	return nat.Endpoint{Addr: netip.MustParseAddr(a), ID: id}
}

func TestNATLines(t *testing.T) {
	a := netip.MustParseAddr
	tests := []struct {
		event nat.Event
		want  string
	}{
		{nat.AddressTranslated{Outbound: true, Source: true, Src: a("192.168.1.1"), NewSrc: a("200.1.1.254"), Dst: a("200.1.1.2"), NewDst: a("200.1.1.2"), IPID: 5},
			"NAT: s=192.168.1.1->200.1.1.254, d=200.1.1.2 [5]"},
		{nat.AddressTranslated{Switched: true, Src: a("200.1.1.2"), NewSrc: a("200.1.1.2"), Dst: a("200.1.1.254"), NewDst: a("192.168.1.1"), IPID: 65535},
			"NAT*: s=200.1.1.2, d=200.1.1.254->192.168.1.1 [65535]"},
		{nat.Examined{Outbound: true, Switched: true, Protocol: packet.ProtoICMP, Src: natAt("10.10.1.10", 7496), Dst: natAt("192.168.0.1", 7496), IPID: 18461},
			"NAT*: i: icmp (10.10.1.10, 7496) -> (192.168.0.1, 7496) [18461]"},
		{nat.Examined{Protocol: packet.ProtoTCP, Src: natAt("192.168.0.1", 23), Dst: natAt("20.1.1.1", 1024), IPID: 7},
			"NAT: o: tcp (192.168.0.1, 23) -> (20.1.1.1, 1024) [7]"},
		{nat.IdentifierTranslated{Switched: true, From: 3, To: 1024}, "NAT*: ICMP id=3->1024"},
		{nat.PortAllocated{Local: a("10.10.1.10"), Global: a("192.168.128.103"), Wanted: 7496, Got: 7496},
			" mapping pointer available mapping:0|NAT: [0] Allocated Port for 10.10.1.10 -> 192.168.128.103: wanted 7496 got 7496"},
		{nat.Expiring{Translation: nat.Translation{Protocol: packet.ProtoICMP, InsideGlobal: natAt("200.1.1.253", 9), InsideLocal: natAt("192.168.1.3", 9)}},
			"NAT: expiring 200.1.1.253 (192.168.1.3) icmp 9 (9)"},
		{nat.Expiring{Translation: nat.Translation{InsideGlobal: natAt("200.1.1.253", 0), InsideLocal: natAt("192.168.1.3", 0)}}, "NAT: expiring 200.1.1.253 (192.168.1.3)"},
		{nat.AllocationFailed{Host: a("10.78.9.9"), List: "ACL-NAT"}, "NAT: failed to allocate address for 10.78.9.9, list/map ACL-NAT"},
		{nat.TranslationFailed{Reason: nat.NoAddress, Src: a("10.78.9.9"), Dst: a("10.123.4.1")}, "NAT: translation failed (A), dropping packet s=10.78.9.9 d=10.123.4.1"},
		{nat.Created{Translation: nat.Translation{
			Protocol: packet.ProtoTCP, InsideLocal: natAt("10.0.0.1", 43800), InsideGlobal: natAt("10.17.3.32", 1024),
			OutsideLocal: natAt("192.168.0.1", 80), OutsideGlobal: natAt("10.17.3.2", 80),
		}}, "%IPNAT-6-NAT_CREATED: Created tcp 10.0.0.1:43800 10.17.3.32:1024 192.168.0.1:80 10.17.3.2:80"},
		{nat.Deleted{Translation: nat.Translation{InsideLocal: natAt("10.0.0.1", 0), InsideGlobal: natAt("10.17.3.32", 0)}},
			"%IPNAT-6-NAT_DELETED: Deleted --- 10.0.0.1 10.17.3.32 --- ---"},
	}
	for _, tt := range tests {
		if got := strings.Join(records(V124, tt.event), "|"); got != tt.want {
			t.Errorf("%T:\n got %q\nwant %q", tt.event, got, tt.want)
		}
	}
}

// Each reason has its letter.
func TestNATReasons(t *testing.T) {
	for r := nat.NoReason + 1; r <= nat.NotCarried; r++ {
		if V124.words.NATFailure[r] == "" {
			t.Errorf("reason %d has no letter", r)
		}
	}
}
