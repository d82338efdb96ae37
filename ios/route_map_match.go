package ios

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/routemap"
)

// maxNames is how many names a line of a route-map may have.
const maxNames = 16

var (
	listNames   = upTo(maxNames, `WORD:list "Number or name of an access list"`)
	prefixNames = upTo(maxNames, `WORD:list "Name of a prefix-list"`)
	routeIfcs   = upTo(maxNames, `( NEWINTERFACE:ifc "Interface" | KEPTINTERFACE:ifc "Interface" )`)
)

// textOf is a value as it is kept in an entry.
func textOf(v any) string { return fmt.Sprint(v) }

var matchCommands = []cli.Command{
	listClause("match ip address "+listNames, "list",
		func(e *routemap.Entry) *[]string { return &e.Match.Lists }, textOf,
		"match ip address 101 VPN", "match ip address 7"),
	listClause(`match ip address prefix-list "Prefixes of routes" `+prefixNames, "list",
		func(e *routemap.Entry) *[]string { return &e.Match.PrefixLists }, textOf,
		"match ip address prefix-list LAN"),
	listClause("match ip next-hop "+listNames, "list",
		func(e *routemap.Entry) *[]string { return &e.Match.NextHopLists }, textOf,
		"match ip next-hop 3"),
	listClause(`match ip next-hop prefix-list "Prefixes that hold the next hop" `+prefixNames, "list",
		func(e *routemap.Entry) *[]string { return &e.Match.NextHopPrefixLists }, textOf,
		"match ip next-hop prefix-list ISP"),
	listClause(`match interface "The interface that the way leads out of" `+routeIfcs, "ifc",
		func(e *routemap.Entry) *[]string { return &e.Match.Interfaces }, textOf,
		"match interface FastEthernet0/0", "match interface FastEthernet0/1 Loopback0"),
	{
		Modes: []string{modeRouteMap},
		Grammar: `match
			length              "Length of the packet"
			<0-2147483647>:min  "Minimum length"
			<0-2147483647>:max  "Maximum length"`,
		No: cli.Optional,
		Run: func(c *cli.Call) error {
			length := routemap.Range{Min: c.Int("min"), Max: c.Int("max")}
			if length.Max < length.Min {
				return cli.InvalidAt("max")
			}
			return clause(func(e *routemap.Entry, _ *cli.Call) { e.Match.Length = &length })(c)
		},
		Unset:    clause(func(e *routemap.Entry, _ *cli.Call) { e.Match.Length = nil }),
		Examples: []string{"match length 0 200"},
	},
}

// matchLines are the match lines of an entry, without the first word.
func (r *Router) matchLines(e *routemap.Entry) (lines []string) {
	m := &e.Match
	for _, l := range []struct {
		words string
		names []string
	}{
		{"ip address", m.Lists}, {"ip address prefix-list", m.PrefixLists},
		{"ip next-hop", m.NextHopLists}, {"ip next-hop prefix-list", m.NextHopPrefixLists},
		{"interface", m.Interfaces},
	} {
		if len(l.names) > 0 {
			lines = append(lines, l.words+" "+strings.Join(l.names, " "))
		}
	}
	if m.Length != nil {
		lines = append(lines, fmt.Sprintf("length %d %d", m.Length.Min, m.Length.Max))
	}
	return append(lines, r.keptClauses(e, "match")...)
}
