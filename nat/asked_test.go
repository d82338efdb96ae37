package nat

import (
	"fmt"
	"testing"

	"github.com/ioslab/ioslab/acl"
)

// answers is a route-map with one answer.
type answers struct{ matches, permit bool }

func (a answers) Permits(*acl.Packet, int, Way) (matches, permit bool, hit *acl.Rule) {
	return a.matches, a.permit, nil
}

// TestAsked: a decision tells which lists and route-maps were asked, those that denied
// included. Where there is an entry none is.
func TestAsked(t *testing.T) {
	r := newRig(t)
	r.list("101", "deny ip any host 20.1.1.9", "permit ip any host 20.1.1.1")
	r.list("102", "permit ip any any")
	r.maps["NO"], r.maps["YES"], r.maps["NONE"] = answers{matches: true}, answers{true, true}, answers{}
	for _, rule := range []Rule{
		{List: "101", Interface: "Out", Overload: true},
		{List: "undefined", Interface: "Out", Overload: true},
		{RouteMap: "NO", Interface: "Out", Overload: true},
		{RouteMap: "NONE", Interface: "Out", Overload: true},
		{List: "102", Interface: "Out", Overload: true},
	} {
		r.rule(rule)
	}
	r.fixed(Static{Kind: InsideSource, Local: addr("10.0.0.2"), Global: addr("200.1.1.2"), RouteMap: "YES"})
	for _, c := range []struct{ packet, want string }{
		{"icmp 10.0.0.1 20.1.1.1 7", "101 20 permits;"},
		{"icmp 10.0.0.1 20.1.1.9 8", "101 10 denies; route-map NO denies; route-map NONE unmatched; 102 10 permits;"},
		{"icmp 10.0.0.1 20.1.1.8 9", "101 none denies; route-map NO denies; route-map NONE unmatched; 102 10 permits;"},
		{"icmp 10.0.0.2 20.1.1.1 7", "route-map YES permits;"},
		{"icmp 10.0.0.1 20.1.1.1 7", ""},
	} {
		d := r.Outbound(pkt(c.packet), Way{Out: "Out"})
		d.Apply()
		got := ""
		for _, a := range d.Asked {
			name := a.List
			switch {
			case a.RouteMap != "":
				name = "route-map " + a.RouteMap
			case a.Rule == nil:
				name += " none"
			default:
				name += fmt.Sprint(" ", a.Rule.Sequence)
			}
			answer := map[bool]string{true: "permits", false: "denies"}[a.Permits]
			if a.Unmatched {
				answer = "unmatched"
			}
			got += fmt.Sprintf(" %s %s;", name, answer)
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.want {
			t.Errorf("%s: asked %q, want %q", c.packet, got, c.want)
		}
	}
}
