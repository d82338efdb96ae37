package ios

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// newNATRow is the row of newRow with R2 between an inside and an outside: R1's networks
// leave by the address of R2's interface to R3.
func newNATRow(t testing.TB) *rig {
	t.Helper()
	g := newRow(t)
	g.on("R2").configure("access-list 1 permit 10.1.1.0 0.0.0.255", "access-list 1 permit 12.12.12.0 0.0.0.255",
		"ip nat inside source list 1 interface fa0/1 overload",
		"interface fa0/0", "ip nat inside", "interface fa0/1", "ip nat outside")
	g.on("R1").do("ping 12.12.12.2")
	g.on("R3").do("ping 23.23.23.2")
	g.Pass(2 * time.Second)
	return g
}

// translations are the rows of `show ip nat translations`.
func (n *rigNode) translations() []string {
	lines := strings.Split(strings.TrimSuffix(n.do("show ip nat translations"), "\n"), "\n")
	return lines[1:]
}

// TestTranslationsOutliveTheirLines: lists are asked only to make an entry.
func TestTranslationsOutliveTheirLines(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	g.on("R1").start("ping 20.1.1.1 source 10.1.1.1 repeat 20 timeout 1")
	g.Pass(50 * time.Millisecond)
	r2.configure("no access-list 1", "access-list 1 deny any")
	g.on("R1").wait()
	if said := g.on("R1").screen; !strings.Contains(said, "100 percent (20/20)") {
		t.Errorf("the list is asked again:\n%s", said)
	}
	if said := g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 2"); !strings.Contains(said, "100 percent (2/2)") {
		t.Errorf("what the list denies is not routed as it is:\n%s", said)
	}
	if n := len(r2.translations()); n != 1 {
		t.Errorf("%d translations:\n%s", n, r2.screen)
	}
}

// TestNATFollowsTheInterface: statics and mappings to an interface have its address, and
// what was translated to the old one goes.
func TestNATFollowsTheInterface(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	r2.configure("ip nat inside source static tcp 10.1.1.1 80 interface fa0/1 8080")
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 2")
	const old, moved = "tcp 23.23.23.2:8080    10.1.1.1:80        ---                ---", "tcp 23.23.23.7:8080    10.1.1.1:80        ---                ---"
	if list := r2.translations(); len(list) != 2 || list[1] != old {
		t.Fatalf("before:\n%s", r2.screen)
	}
	r2.configure("interface fa0/1", "ip address 23.23.23.7 255.255.255.0")
	if list := r2.translations(); len(list) != 1 || list[0] != moved {
		t.Errorf("after:\n%s", r2.screen)
	}
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 2")
	if list := r2.translations(); len(list) != 2 || !strings.HasPrefix(list[0], "icmp 23.23.23.7:") {
		t.Errorf("with the new address:\n%s", r2.screen)
	}
	r2.configure("default interface fa0/1")
	if said := r2.do("show ip nat translations"); said != "" {
		t.Errorf("without an address:\n%s", said)
	}
}

// TestReloadForgetsTranslations, and what debug and the log read of them.
func TestReloadForgetsTranslations(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	r2.configure("ip nat log translations syslog")
	r2.do("debug ip nat", "copy running-config startup-config", "")
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 2")
	if len(r2.translations()) != 1 || !r2.logged("%IPNAT-6-NAT_CREATED: Created icmp 10.1.1.1:") || !r2.logged("NAT*: s=10.1.1.1->23.23.23.2, d=20.1.1.1 [") {
		t.Fatalf("before:\n%v\n%s", r2.logs, r2.screen)
	}
	r2.do("reload", "")
	g.Pass(rigSettle)
	r2.do("enable")
	r2.logs = nil
	if said := r2.do("show ip nat translations", "show debugging"); said != "" {
		t.Errorf("after the reload:\n%s", said)
	}
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 2")
	created := 0
	for _, l := range r2.logs {
		if strings.Contains(l, "NAT_CREATED") {
			created++
		}
	}
	if created != 1 || r2.logged("NAT*:") {
		t.Errorf("after the reload: %q", r2.logs)
	}
}

// TestEachTranslationIsLogged: the log of translations has no limit.
func TestEachTranslationIsLogged(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	r2.configure("ip nat log translations syslog")
	const pings = 60
	for range pings {
		g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 1")
	}
	created := 0
	for _, l := range r2.logs {
		if strings.Contains(l, "NAT_CREATED") {
			created++
		}
	}
	if created != pings {
		t.Errorf("%d of %d logged", created, pings)
	}
	r2.configure("no ip nat log translations syslog")
	r2.logs = nil
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1 repeat 1")
	if r2.logged("NAT_CREATED") {
		t.Errorf("still logged: %q", r2.logs)
	}
}

// TestDebugNATByList: only what the list permits is shown, and each switch is its own.
func TestDebugNATByList(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	r2.configure("access-list 7 permit 10.1.1.1")
	ping := func(source string) (plain, detailed bool) {
		r2.logs = nil
		g.on("R1").do("ping 20.1.1.1 source " + source + " repeat 1")
		return r2.logged(fmt.Sprintf("NAT*: s=%s->23.23.23.2", source)), r2.logged(fmt.Sprintf("NAT*: i: icmp (%s, ", source))
	}
	for _, c := range []struct {
		typed           string
		shown           string
		listed, other   bool
		detail, details bool
	}{
		{"debug ip nat 7", "Generic IP:\n  IP NAT debugging is on for access list 7\n", true, false, false, false},
		{"debug ip nat detailed", "Generic IP:\n  IP NAT debugging is on for access list 7\n  IP NAT detailed debugging is on\n", true, false, true, false},
		{"debug ip nat", "Generic IP:\n  IP NAT debugging is on\n  IP NAT detailed debugging is on\n", true, true, true, true},
		{"undebug ip nat detailed", "Generic IP:\n  IP NAT debugging is on\n", true, true, false, false},
		{"debug ip nat 9", "Generic IP:\n  IP NAT debugging is on for access list 9\n", true, true, false, false},
		{"no debug ip nat", "", false, false, false, false},
	} {
		r2.do(c.typed)
		if shown := r2.do("show debugging"); shown != c.shown {
			t.Errorf("%s: show debugging says %q", c.typed, shown)
		}
		if plain, detailed := ping("10.1.1.1"); plain != c.listed || detailed != c.detail {
			t.Errorf("%s: of the list %v %v", c.typed, plain, detailed)
		}
		if plain, detailed := ping("12.12.12.1"); plain != c.other || detailed != c.details {
			t.Errorf("%s: of others %v %v", c.typed, plain, detailed)
		}
	}
}

// TestWhatIsInUse: whether a release asks or refuses is a value of it. In a configuration
// that is loaded there is no answer, and the mapping stays.
func TestWhatIsInUse(t *testing.T) {
	const question, static = "Dynamic mapping in use, do you want to delete all entries? [no]: ", "Static entry in use, do you want to delete child entries? [no]: "
	later := *natWords124
	later.ruleInUse = inUse{refusal: "%Dynamic mapping in use, cannot remove"}
	later.staticInUse.refusal = "%: Error: static entry in use, cannot remove"
	for _, c := range []struct {
		name  string
		words *natWords
		typed []string
		said  string
		stays bool
	}{
		{"no", natWords124, []string{"no ip nat inside source list 1", "no"}, "\n" + question, true},
		{"nothing", natWords124, []string{"no ip nat inside source list 1", ""}, "\n" + question, true},
		{"something else", natWords124, []string{"no ip nat inside source list 1", "yesterday"}, "\n" + question, true},
		{"yes", natWords124, []string{"no ip nat inside source list 1", "YES"}, "\n" + question, false},
		{"y", natWords124, []string{"no ip nat inside source list 1", "y"}, "\n" + question, false},
		{"a later release", &later, []string{"no ip nat inside source list 1"}, "%Dynamic mapping in use, cannot remove\n", true},
		{"a static, no", natWords124, []string{"no ip nat inside source static 10.1.1.1 23.23.23.9", "no"}, "\n" + static, true},
		{"a static, yes", natWords124, []string{"no ip nat inside source static 10.1.1.1 23.23.23.9", "yes"}, "\n" + static, false},
		{"a static of a later release", &later, []string{"no ip nat inside source static 10.1.1.1 23.23.23.9", "no"},
			"\n" + static + "no\n%: Error: static entry in use, cannot remove\n", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newNATRow(t)
			r2 := g.on("R2")
			source := "12.12.12.1" // is translated by the list
			if strings.Contains(c.name, "static") {
				r2.configure("ip nat inside source static 10.1.1.1 23.23.23.9")
				source = "10.1.1.1"
			}
			g.on("R1").do("ping 20.1.1.1 source " + source + " repeat 3")
			before, entries := natLines(r2), len(r2.translations())
			if problems := r2.load(c.typed[0]); len(problems) > 0 {
				t.Errorf("loaded: %v", problems)
			}
			equalText(t, "after loading it", natLines(r2), before)
			r2.release.nat = c.words
			r2.do("configure terminal")
			if said := r2.transcript(c.typed...); !strings.Contains(said, c.said) {
				t.Errorf("says %q, want %q", said, c.said)
			}
			r2.do("end")
			if stays := natLines(r2) == before; stays != c.stays {
				t.Errorf("the line stays: %v\n%s", stays, natLines(r2))
			}
			if left := r2.do("show ip nat translations"); (left != "") != c.stays {
				t.Errorf("%d before, and now:\n%s", entries, left)
			}
		})
	}
}

// TestAliasesAreOfConnectedSubnets: no ARP request asks for another address. Those of
// interfaces are no aliases.
func TestAliasesAreOfConnectedSubnets(t *testing.T) {
	g := newNATRow(t)
	r2 := g.on("R2")
	r2.configure("ip nat inside source static 10.1.1.7 23.23.23.70", "ip nat inside source static 10.1.1.8 99.9.9.9",
		"ip nat inside source static 10.1.1.9 23.23.23.90 no-alias", "ip nat outside source static 20.1.1.1 12.12.12.60",
		"ip nat inside source static tcp 10.1.1.5 80 23.23.23.2 80", "ip nat inside source static udp 10.1.1.5 53 interface fa0/1 53",
		"ip nat inside source static udp 10.1.1.5 53 9.9.9.1 53",
		"interface fa0/1", "ip address 9.9.9.1 255.255.255.0 secondary")
	var list []string
	for _, line := range strings.Split(strings.TrimSpace(r2.do("show ip aliases")), "\n") {
		list = append(list, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"Address Type IP Address Port", "Interface 12.12.12.2", "Interface 23.23.23.2", "Interface 9.9.9.1", "Dynamic 12.12.12.60", "Dynamic 23.23.23.70"}
	if !slices.Equal(list, want) {
		t.Errorf("got %q, want %q", list, want)
	}
}

// TestDeniedBehindNAT: the sender of a packet that the list on the way out denies is told
// so, whatever has translated it.
func TestDeniedBehindNAT(t *testing.T) {
	for _, static := range []string{
		"ip nat inside source static 12.12.12.1 23.23.23.50",
		"ip nat inside source static tcp 12.12.12.1 80 23.23.23.50 80",
		"ip nat inside source static tcp 12.12.12.1 80 interface fa0/1 80",
		"no ip nat inside source static 12.12.12.1 23.23.23.50", // by the address of the interface
	} {
		g := newNATRow(t)
		r2 := g.on("R2")
		r2.configure(static, "access-list 150 deny tcp any any", "interface fa0/1", "ip access-group 150 out")
		g.Pass(2 * time.Second)
		r2.do("debug ip icmp")
		in, from, to := r2.stack.Interfaces()[0], netip.MustParseAddr("12.12.12.1"), netip.MustParseAddr("23.23.23.3")
		syn := packet.BuildTCP(from, to, packet.TCPFields{SrcPort: 80, DstPort: 99, Flags: packet.TCPSyn | packet.TCPAck}, nil)
		shown := r2.shownOf(func() {
			in.Receive(packet.BuildEthernet(in.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, packet.BuildIPv4(packet.IPv4Fields{
				TTL: 9, Protocol: packet.ProtoTCP, Src: from, Dst: to,
			}, syn)))
		})
		want := []string{"ICMP: dst (23.23.23.3) administratively prohibited unreachable sent to 12.12.12.1"}
		if !slices.Equal(shown, want) || len(r2.translations()) == 0 {
			t.Errorf("%s: %q", static, shown)
		}
	}
}
