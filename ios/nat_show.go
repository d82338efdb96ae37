package ios

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/showtext"
)

// natProtocols are the protocols that `show ip nat translations` can be asked for.
var natProtocols = map[string]uint8{
	"icmp": packet.ProtoICMP, "tcp": packet.ProtoTCP, "udp": packet.ProtoUDP, "esp": packet.ProtoESP, "gre": packet.ProtoGRE,
}

var showNATCommands = []cli.Command{
	{
		Modes: []string{modeExec},
		Grammar: `show ip nat
			translations  "Translation entries"
			{ verbose     "Show extra information"
			| ( icmp      "ICMP entries"
			  | tcp       "TCP entries"
			  | udp       "UDP entries"
			  | esp       "ESP entries"
			  | gre       "GRE entries" ) }`,
		Run: on(showTranslations),
	},
	{Modes: []string{modeExec}, Grammar: `show ip nat statistics "Translation statistics"`, Run: on(showNATStatistics)},
	{Modes: []string{modeExec}, Grammar: `show ip aliases "IP alias table"`, Run: on(showAliases)},
}

func showTranslations(r *Router, c *cli.Call) error {
	protocol, chosen := natProtocols[c.Which("icmp", "tcp", "udp", "esp", "gre")]
	var list []showtext.Translation
	for _, t := range r.nat.Translations() {
		if !chosen || t.Protocol == protocol {
			list = append(list, showtext.Translation{Translation: t, Now: r.Clock.Now()})
		}
	}
	if len(list) == 0 { // not even the heads of the columns
		return nil
	}
	table := r.release.show.Translations
	if c.Has("verbose") {
		table.Under = r.release.show.TranslationDetails
	}
	c.Print(table.Text(list))
	return nil
}

func showNATStatistics(r *Router, c *cli.Call) error {
	r.stack.Fold() // what passed beside the loop is counted, too
	s := showtext.NATStatistics{Statistics: r.nat.Statistics()}
	for _, i := range r.stack.Interfaces() {
		switch i.NAT {
		case forwarding.Inside:
			s.Inside = append(s.Inside, i.String())
		case forwarding.Outside:
			s.Outside = append(s.Outside, i.String())
		}
	}
	pools := r.nat.Pools()
	for _, rule := range r.nat.Rules() {
		m := showtext.NATMapping{RuleState: rule}
		for i := range pools {
			if pools[i].Name == rule.Pool {
				m.Pool, m.Mask = &pools[i], netmask(pools[i].Bits)
			}
		}
		s.Mappings = append(s.Mappings, m)
	}
	c.Print(r.release.show.NATStatistics.Text(s))
	return nil
}

// showAliases lists the addresses that the router answers for: those of interfaces, and
// those of NAT in their subnets.
func showAliases(r *Router, c *cli.Call) error {
	var list []showtext.Alias
	var subnets []netip.Prefix
	for _, i := range r.stack.Interfaces() {
		for _, p := range append([]netip.Prefix{i.Address()}, i.Secondary()...) {
			if p.IsValid() {
				list = append(list, showtext.Alias{Address: p.Addr()})
				subnets = append(subnets, p)
			}
		}
	}
	for _, a := range r.nat.Aliases() {
		own := slices.ContainsFunc(subnets, func(p netip.Prefix) bool { return p.Addr() == a })
		if !own && slices.ContainsFunc(subnets, func(p netip.Prefix) bool { return p.Contains(a) }) {
			list = append(list, showtext.Alias{Address: a, Dynamic: true})
		}
	}
	c.Print(r.release.show.Aliases.Text(list))
	return nil
}
