package ios

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/routemap"
)

var nextHops = upTo(maxNames, `A.B.C.D:hop "IP address of next hop"`)

// address is the value of an address.
func address(v any) netip.Addr { return v.(netip.Addr) }

var setCommands = []cli.Command{
	hopClause(`set ip next-hop "Next hop of packets" `+nextHops,
		func(e *routemap.Entry) *[]netip.Addr { return &e.Set.NextHops },
		"set ip next-hop 10.1.1.2 10.1.1.3"),
	hopClause(`set ip default "Where no route but the default leads" next-hop "Next hop of packets" `+nextHops,
		func(e *routemap.Entry) *[]netip.Addr { return &e.Set.DefaultNextHops },
		"set ip default next-hop 10.1.1.2"),
	wayClause(`set interface "Interface that packets leave by" `+routeIfcs,
		func(e *routemap.Entry) *[]string { return &e.Set.Interfaces },
		"set interface Loopback0", "set interface FastEthernet0/1 Null0"),
	wayClause(`set default "Where no route but the default leads" interface "Interface that packets leave by" `+routeIfcs,
		func(e *routemap.Entry) *[]string { return &e.Set.DefaultInterfaces },
		"set default interface FastEthernet0/1"),
	markClause("tos", "Type of service", "<0-15>", acl.ServiceTypes,
		func(e *routemap.Entry) *acl.Option { return &e.Set.Mark.TOS }, "set ip tos 8", "set ip tos 3"),
	markClause("precedence", "Precedence", "<0-7>", acl.Precedences,
		func(e *routemap.Entry) *acl.Option { return &e.Set.Mark.Precedence }, "set ip precedence 5", "set ip precedence flash"),
	markClause("df", "The don't fragment bit", "<0-1>", nil,
		func(e *routemap.Entry) *acl.Option { return &e.Set.Mark.DF }, "set ip df 0", "set ip df 1"),
}

// hopClause is a row that lists next hops.
func hopClause(grammar string, field func(*routemap.Entry) *[]netip.Addr, examples ...string) cli.Command {
	row := listClause(grammar, "hop", field, address, examples...)
	set := row.Run
	row.Run = func(c *cli.Call) error {
		for _, hop := range c.Values("hop") {
			if !address(hop).IsGlobalUnicast() {
				return refusal("%Invalid next hop address")
			}
		}
		return set(c)
	}
	return row
}

// wayClause is a row that lists interfaces. Null0 is there as soon as it is named.
func wayClause(grammar string, field func(*routemap.Entry) *[]string, examples ...string) cli.Command {
	row := listClause(grammar, "ifc", field, textOf, examples...)
	set := row.Run
	row.Run = on(func(r *Router, c *cli.Call) error {
		for _, v := range c.Values("ifc") {
			if n, is := v.(forwarding.Name); is && n.Kind == forwarding.Null {
				r.stack.AddInterface(n)
			}
		}
		return set(c)
	})
	return row
}

// markClause is a row that sets a field of the IP header, by number or by name.
func markClause(word, help, numbers string, names []acl.Name, field func(*routemap.Entry) *acl.Option, examples ...string) cli.Command {
	grammar := fmt.Sprintf("set ip %s %q ( %s:value \"Value\"", word, help, numbers)
	for _, n := range names {
		grammar += fmt.Sprintf(" | %s %q", n.Word, n.Help)
	}
	return cli.Command{
		Modes: []string{modeRouteMap}, Grammar: grammar + " )", No: cli.Optional, Examples: examples,
		Run: clause(func(e *routemap.Entry, c *cli.Call) {
			value := c.Int("value")
			for _, n := range names {
				if c.Has(n.Word) {
					value = int(n.Value)
				}
			}
			*field(e) = acl.Some(uint8(value))
		}),
		Unset: clause(func(e *routemap.Entry, _ *cli.Call) { *field(e) = 0 }),
	}
}

// setLines are the set lines of an entry, without the first word.
func (r *Router) setLines(e *routemap.Entry) (lines []string) {
	s := &e.Set
	for _, l := range []struct{ words, rest string }{
		{"ip next-hop", addresses(s.NextHops)},
		{"interface", strings.Join(s.Interfaces, " ")},
		{"ip default next-hop", addresses(s.DefaultNextHops)},
		{"default interface", strings.Join(s.DefaultInterfaces, " ")},
		{"ip tos", acl.ValueText(s.Mark.TOS, acl.ServiceTypes)},
		{"ip precedence", acl.ValueText(s.Mark.Precedence, acl.Precedences)},
		{"ip df", acl.ValueText(s.Mark.DF, nil)},
	} {
		if l.rest != "" {
			lines = append(lines, l.words+" "+l.rest)
		}
	}
	return append(lines, r.keptClauses(e, "set")...)
}
