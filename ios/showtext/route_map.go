package showtext

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/routemap"
)

// RouteMapEntry is an entry of a route-map.
type RouteMapEntry struct {
	*routemap.Entry
	Map                string
	KeptMatch, KeptSet []string // lines that have no effect, without their first word
}

// Policy is the route-map that packets of an interface are routed by.
type Policy struct {
	Interface string // in full, or "local"
	Short     string
	Map       string
}

// policyWidth is how wide the column of interfaces is. Longer names are shortened.
const policyWidth = 14

var policies124 = Table[Policy]{
	Columns: []Column[Policy]{
		{"Interface", -policyWidth, func(p Policy) any {
			if len(p.Interface) > policyWidth {
				return p.Short
			}
			return p.Interface
		}},
		{"Route map", 0, func(p Policy) any { return p.Map }},
	},
}

var routeMapEntry124 = Layout[RouteMapEntry]{
	{"name", func(e RouteMapEntry) string {
		action := "permit"
		if e.Deny {
			action = "deny"
		}
		return fmt.Sprintf("route-map %s, %s, sequence %d\n", e.Map, action, e.Sequence)
	}},
	{"description", func(e RouteMapEntry) string {
		if e.Description == "" {
			return ""
		}
		return fmt.Sprintf("  Description: %s\n", e.Description)
	}},
	{"match", func(e RouteMapEntry) string {
		m := &e.Match
		text := "  Match clauses:\n" +
			names("ip address (access-lists)", m.Lists) + names("ip address prefix-lists", m.PrefixLists) +
			names("ip next-hop (access-lists)", m.NextHopLists) + names("ip next-hop prefix-lists", m.NextHopPrefixLists)
		if len(m.Interfaces) > 0 {
			text += "    interface " + strings.Join(m.Interfaces, " ") + " \n"
		}
		if m.Length != nil {
			text += fmt.Sprintf("    length %d %d\n", m.Length.Min, m.Length.Max)
		}
		return text + keptClauses(e.KeptMatch)
	}},
	{"set", func(e RouteMapEntry) string {
		s := &e.Set
		text := "  Set clauses:\n"
		for _, c := range []struct{ words, rest string }{
			{"ip next-hop", hops(s.NextHops)}, {"interface", strings.Join(s.Interfaces, " ")},
			{"ip default next-hop", hops(s.DefaultNextHops)}, {"default interface", strings.Join(s.DefaultInterfaces, " ")},
			{"ip tos", acl.ValueText(s.Mark.TOS, acl.ServiceTypes)}, {"ip precedence", acl.ValueText(s.Mark.Precedence, acl.Precedences)},
			{"ip df", acl.ValueText(s.Mark.DF, nil)},
		} {
			if c.rest != "" {
				text += fmt.Sprintf("    %s %s\n", c.words, c.rest)
			}
		}
		return text + keptClauses(e.KeptSet)
	}},
	{"matches", func(e RouteMapEntry) string {
		packets, bytes := e.Matched().Count()
		return fmt.Sprintf("  Policy routing matches: %d packets, %d bytes\n", packets, bytes)
	}},
}

// names are the lists that a clause names, "" for none.
func names(words string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf("    %s: %s \n", words, strings.Join(list, " "))
}

func hops(list []netip.Addr) string {
	var text []string
	for _, a := range list {
		text = append(text, a.String())
	}
	return strings.Join(text, " ")
}

func keptClauses(lines []string) (text string) {
	for _, l := range lines {
		text += "    " + l + "\n"
	}
	return text
}
