package showtext

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

func natAt(a string, id uint32) nat.Endpoint {
	return nat.Endpoint{Addr: netip.MustParseAddr(a), ID: id}
}

func TestTranslations(t *testing.T) {
	list := []Translation{
		{Translation: nat.Translation{Outside: true, Static: true, OutsideLocal: natAt("10.123.4.222", 0), OutsideGlobal: natAt("10.123.4.2", 0)}},
		{Translation: nat.Translation{
			Protocol: packet.ProtoTCP, Extended: true, InsideGlobal: natAt("10.45.1.11", 33271), InsideLocal: natAt("10.78.9.8", 33271),
			OutsideLocal: natAt("10.123.4.2", 23), OutsideGlobal: natAt("10.123.4.2", 23),
			Created: time.Second, Used: 12 * time.Second, Timeout: 24 * time.Hour, Left: 23*time.Hour + 59*time.Minute + 35*time.Second, TimingOut: true,
		}, Now: 36 * time.Second},
		{Translation: nat.Translation{
			Protocol: packet.ProtoESP, InsideGlobal: natAt("13.1.1.1", 0), InsideLocal: natAt("12.1.1.2", 0x85043DDB),
			OutsideLocal: natAt("13.1.1.3", 0), OutsideGlobal: natAt("13.1.1.3", 0x0A0B0C0D),
		}},
		{Translation: nat.Translation{Protocol: 53, InsideGlobal: natAt("25.1.1.13", 0), InsideLocal: natAt("10.0.0.2", 0), OutsideLocal: natAt("14.1.1.11", 0), OutsideGlobal: natAt("14.1.1.11", 0)}},
		{Translation: nat.Translation{InsideGlobal: natAt("10.45.1.11", 0), InsideLocal: natAt("10.78.9.8", 0), Uses: 1}},
	}
	const want = `Pro Inside global      Inside local       Outside local      Outside global
--- ---                ---                10.123.4.222       10.123.4.2
tcp 10.45.1.11:33271   10.78.9.8:33271    10.123.4.2:23      10.123.4.2:23
esp 13.1.1.1:0         12.1.1.2:85043DDB  13.1.1.3:0         13.1.1.3:A0B0C0D
53 25.1.1.13:0         10.0.0.2:0         14.1.1.11:0        14.1.1.11:0
--- 10.45.1.11         10.78.9.8          ---                ---
`
	if got := V124.Translations.Text(list); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	const details = "\tcreate 00:00:35, use 00:00:24, left 23:59:35,\n\tflags:\nextended, timing-out, use_count: 0\n"
	if got := V124.TranslationDetails.Text(list[1]); got != details {
		t.Errorf("got %q, want %q", got, details)
	}
	const none = "\tcreate 00:00:00, use 00:00:00,\n\tflags:\nnone, use_count: 1\n"
	if got := V124.TranslationDetails.Text(list[4]); got != none {
		t.Errorf("got %q, want %q", got, none)
	}
	if got := V124.TranslationDetails.Text(list[0]); got != "\tcreate 00:00:00, use 00:00:00,\n\tflags:\nstatic, outside, use_count: 0\n" {
		t.Errorf("got %q", got)
	}
}

func TestNATStatistics(t *testing.T) {
	pool := nat.PoolState{
		Pool:  nat.Pool{Name: "nju", Ranges: []nat.Range{{Start: netip.MustParseAddr("200.1.1.253"), End: netip.MustParseAddr("200.1.1.254")}}},
		Total: 2, Allocated: 1, Misses: 3,
	}
	s := NATStatistics{
		Statistics: nat.Statistics{Static: 1, Dynamic: 1, Extended: 1, Hits: 16, Misses: 2, Switched: 18, Expired: 2},
		Outside:    []string{"FastEthernet0/0", "Serial0/0"}, Inside: []string{"FastEthernet0/1", "Loopback0"},
		Mappings: []NATMapping{
			{RuleState: nat.RuleState{Rule: nat.Rule{Kind: nat.OutsideSource, List: "5", Pool: "OUT"}, ID: 4}},
			{RuleState: nat.RuleState{Rule: nat.Rule{List: "NAT", Interface: "FastEthernet0/0"}, ID: 2}},
			{RuleState: nat.RuleState{Rule: nat.Rule{RouteMap: "NONAT", Pool: "nju"}, ID: 3, References: 2}, Pool: &pool, Mask: netip.MustParseAddr("255.255.255.0")},
		},
	}
	const want = `Total active translations: 2 (1 static, 1 dynamic; 1 extended)
Outside interfaces:
  FastEthernet0/0, Serial0/0
Inside interfaces: 
  FastEthernet0/1, Loopback0
Hits: 16  Misses: 2
CEF Translated packets: 18, CEF Punted packets: 0
Expired translations: 2
Dynamic mappings:
-- Inside Source
[Id: 2] access-list NAT interface FastEthernet0/0 refcount 0
[Id: 3] route-map NONAT pool nju refcount 2
 pool nju: netmask 255.255.255.0
	start 200.1.1.253 end 200.1.1.254
	type generic, total addresses 2, allocated 1 (50%), misses 3
-- Outside Source
[Id: 4] access-list 5 pool OUT refcount 0
Queued Packets: 0
`
	if got := V124.NATStatistics.Text(s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
