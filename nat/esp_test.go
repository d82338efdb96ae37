package nat

import (
	"testing"
	"time"
)

// patRig is a NAT with overload on its outside interface.
func patRig(t testing.TB) *rig {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "Out", Overload: true})
	return r
}

// TestESPThroughPAT: the entries are those of a real router; one host of a peer begins at
// a time.
func TestESPThroughPAT(t *testing.T) {
	r := patRig(t)
	r.expect(
		"< esp 20.1.1.1 200.1.1.1 1", "untouched", // no packet has gone out
		"> esp 10.0.0.1 20.1.1.1 29E28D9E", "esp 200.1.1.1 20.1.1.1 29E28D9E",
		"> esp 10.0.0.2 20.1.1.1 BBBB", "refused", // waits
		"> esp 10.0.0.2 20.1.1.2 CCCC", "esp 200.1.1.1 20.1.1.2 CCCC",
		"< esp 20.1.1.1 200.1.1.1 85043DDB", "esp 20.1.1.1 10.0.0.1 85043DDB",
	)
	r.shows(
		"esp 200.1.1.1:0 10.0.0.1:0 20.1.1.1:0 20.1.1.1:29E28D9E",
		"esp 200.1.1.1:0 10.0.0.1:85043DDB 20.1.1.1:0 20.1.1.1:0",
		"esp 200.1.1.1:0 10.0.0.2:0 20.1.1.2:0 20.1.1.2:CCCC",
	)
	r.expect(
		"< esp 20.1.1.1 200.1.1.1 85043DDC", "esp 20.1.1.1 10.0.0.1 85043DDC", // the only host: it has new keys
		"> esp 10.0.0.2 20.1.1.1 BBBB", "esp 200.1.1.1 20.1.1.1 BBBB",
		"> esp 10.0.0.1 20.1.1.1 AAAB", "refused", // now this one waits
		"< esp 20.1.1.1 200.1.1.1 DDDD", "esp 20.1.1.1 10.0.0.2 DDDD",
		"< esp 20.1.1.1 200.1.1.1 85043DDB", "esp 20.1.1.1 10.0.0.1 85043DDB",
		"< esp 20.1.1.1 200.1.1.1 EEEE", "untouched", // whose is it?
		"> esp 10.0.0.1 20.1.1.1 AAAB", "esp 200.1.1.1 20.1.1.1 AAAB",
		"< esp 20.1.1.1 200.1.1.1 EEEE", "esp 20.1.1.1 10.0.0.1 EEEE",
	)
	if r.Clear(Selector{ESP: true}); len(r.esp) != 0 {
		t.Error("peers are left:", r.esp)
	}
	r.shows()
}

// TestESPWaitsNotForEver: a host that has begun and gone does not keep others out.
func TestESPWaitsNotForEver(t *testing.T) {
	r := patRig(t)
	r.expect("> esp 10.0.0.1 20.1.1.1 A", "esp 200.1.1.1 20.1.1.1 A", "> esp 10.0.0.2 20.1.1.1 B", "refused")
	r.wait(espPatience - time.Second)
	r.expect("> esp 10.0.0.1 20.1.1.1 A", "esp 200.1.1.1 20.1.1.1 A")
	r.wait(espPatience - time.Second)
	r.expect("> esp 10.0.0.2 20.1.1.1 B", "refused")
	r.wait(time.Second)
	r.expect("> esp 10.0.0.2 20.1.1.1 B", "esp 200.1.1.1 20.1.1.1 B", "< esp 20.1.1.1 200.1.1.1 C", "esp 20.1.1.1 10.0.0.2 C")
}

// TestESPOfTheOnlyHost: what is unknown is for it, though its latest entry has gone.
func TestESPOfTheOnlyHost(t *testing.T) {
	r := patRig(t)
	r.expect("> esp 10.0.0.1 20.1.1.1 A", "esp 200.1.1.1 20.1.1.1 A", "> esp 10.0.0.1 20.1.1.1 B", "esp 200.1.1.1 20.1.1.1 B")
	if r.Clear(Selector{Protocol: 50, OutsideGlobal: Endpoint{addr("20.1.1.1"), 0xb}}) != Cleared {
		t.Error("not cleared")
	}
	r.expect("< esp 20.1.1.1 200.1.1.1 C", "esp 20.1.1.1 10.0.0.1 C", "< esp 20.1.1.1 200.1.1.1 D", "esp 20.1.1.1 10.0.0.1 D")
}

func TestESPWithMatchingSPIs(t *testing.T) {
	r := patRig(t)
	r.list("10", "permit 10.0.0.1", "permit 10.0.0.2")
	r.SetServices(Services{SPIMatch: []string{"10"}})
	r.expect(
		"> esp 10.0.0.1 20.1.1.1 A", "esp 200.1.1.1 20.1.1.1 A",
		"> esp 10.0.0.2 20.1.1.1 B", "esp 200.1.1.1 20.1.1.1 B",
		"> esp 10.0.0.3 20.1.1.1 C", "esp 200.1.1.1 20.1.1.1 C",
		"< esp 20.1.1.1 200.1.1.1 A", "esp 20.1.1.1 10.0.0.1 A",
		"< esp 20.1.1.1 200.1.1.1 B", "esp 20.1.1.1 10.0.0.2 B",
		"< esp 20.1.1.1 200.1.1.1 D", "esp 20.1.1.1 10.0.0.3 D",
	)
}

func TestESPStatic(t *testing.T) {
	r := patRig(t)
	r.fixed(Static{Protocol: 50, Local: addr("10.0.0.2"), Interface: "Out"})
	r.shows("esp 200.1.1.1:0 10.0.0.2:0 --- ---")
	r.expect(
		"< esp 20.1.1.1 200.1.1.1 A", "esp 20.1.1.1 10.0.0.2 A",
		"> esp 10.0.0.2 20.1.1.1 B", "esp 200.1.1.1 20.1.1.1 B",
		"< esp 20.1.1.9 200.1.1.1 C", "esp 20.1.1.9 10.0.0.2 C",
	)
	r.Clear(Selector{ESP: true})
	r.shows("esp 200.1.1.1:0 10.0.0.2:0 --- ---")
}

func TestESPBySimpleEntry(t *testing.T) {
	r := newRig(t)
	r.fixed(Static{Local: addr("10.0.0.2"), Global: addr("200.1.1.10")})
	r.expect(
		"< esp 20.1.1.1 200.1.1.10 A", "esp 20.1.1.1 10.0.0.2 A",
		"> esp 10.0.0.2 20.1.1.1 B", "esp 200.1.1.10 20.1.1.1 B",
	)
}

// TestESPErrors are quoted by the SPI.
func TestESPErrors(t *testing.T) {
	r := patRig(t)
	r.expect("> esp 10.0.0.1 20.1.1.1 A", "esp 200.1.1.1 20.1.1.1 A")
	d := r.Inbound(unreachable("30.1.1.1", pkt("esp 200.1.1.1 20.1.1.1 A"), 8), Way{})
	if d.Verdict != Translated || d.Packets[0].Dst() != addr("10.0.0.1") {
		t.Error(d.Verdict)
	}
}
