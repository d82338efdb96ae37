package ios

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/kept"
)

// handler is a command's code: straight, on the loop, with its router at hand.
type handler func(r *Router, c *cli.Call) error

// on adapts a handler to the grammar, which knows nothing of routers.
func on(h handler) func(*cli.Call) error {
	return func(c *cli.Call) error { return h(c.Device.(*Router), c) }
}

// commandRows are the commands of every feature. The order does not matter:
// the grammar merges rows by their words.
func commandRows() [][]cli.Command {
	return [][]cli.Command{
		sessionCommands, hostnameCommands, serviceCommands, enableCommands, userCommands, bannerCommands,
		lineCommands, clockCommands, timeRangeCommands, loggingCommands, accessLogCommands, reflexiveCommands, domainCommands, inertCommands,
		captureBufferCommands, capturePointCommands, showCaptureCommands,
		negotiating(isakmpPolicyCommands), negotiating(isakmpKeyCommands), isakmpKeepaliveCommands,
		negotiating(isakmpGlobalCommands), negotiating(nattCommands), negotiating(ipsecCommands),
		negotiating(cryptoMapCommands), cryptoExecCommands,
		debugCommands, debugSwitchCommands(), nvramCommands, flashCommands, showSystemCommands,
		interfaceCommands, rangeCommands, interfaceIPCommands, interfaceLinkCommands,
		natInterfaceCommands,
		natPoolCommands, natRuleCommands, natStaticCommands, natTimeoutCommands, natLimitCommands, natServiceCommands,
		showNATCommands, clearNATCommands,
		cefCommands, routeCommands, showInterfaceCommands, showIPInterfaceCommands, showRouteCommands, showARPCommands, clearIPCommands,
		pingCommands, tracerouteCommands,
		negotiating(aclCommands), negotiating(namedListCommands), negotiating(unreadCommands), accessGroupCommands, showAccessListCommands,
		prefixListCommands, showPrefixListCommands, routeMapCommands, matchCommands, setCommands, policyCommands, showPolicyCommands,
		keptCommands(),
	}
}

// section prints one feature's part of the running configuration.
type section func(r *Router, w *writer)

// sections is the order of the running configuration on 12.4.
var sections = []section{
	printServices, keptSection(kept.Services), printHostname, keptSection(kept.Boot), keptSection(kept.VRFs),
	printLogging, keptSection(kept.Logging), printEnable, keptSection(kept.AAA), printClock, keptSection(kept.Platform),
	printRouting, printCEF, keptSection(kept.IP), keptSection(kept.DHCP), printDomain, keptSection(kept.Inspect), keptSection(kept.IPv6),
	keptSection(kept.PKI), keptSection(kept.Voice), printUsers, keptSection(kept.Users),
	keptSection(kept.Track), keptSection(kept.Switching), keptSection(kept.QoS),
	printCryptoLogging, keptSection(kept.IKEv2), keptSection(kept.Keyrings), printISAKMP, keptSection(kept.ISAKMP),
	printIPsec, keptSection(kept.IPsec), printCryptoMaps, keptSection(kept.Maps),
	printInterfaces, keptSection(kept.Routers), keptSection(kept.Pools),
	printLocalPolicy, printRoutes, keptSection(kept.Routes), keptSection(kept.HTTP), printNAT,
	printNamedLists, keptSection(kept.Lists), printPrefixLists, keptSection(kept.SLA),
	printNumberedLists, keptSection(kept.Dial), printRouteMaps, keptSection(kept.RouteMaps),
	keptSection(kept.SNMP), keptSection(kept.Servers), keptSection(kept.Control), keptSection(kept.Phones),
	printBanners, printLines, keptSection(kept.Tail), printTimeRanges,
}

// modes are the router's, beside EXEC.
var modes = []cli.Mode{
	{Name: modeExec, Title: "Exec commands:"},
	{Name: modeConfig, Prompt: "(config)", Title: "Configure commands:", Parent: modeExec, ExitHelp: "Back to EXEC"},
	{Name: modeInterface, Prompt: "(config-if)", Title: "Interface configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeRange, Prompt: "(config-if-range)", Title: "Interface configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeLine, Prompt: "(config-line)", Title: "Line configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeStandardList, Prompt: "(config-std-nacl)", Title: "Standard Access List configuration commands:", Parent: modeConfig, ExitHelp: "Exit from access-list configuration mode"},
	{Name: modeExtendedList, Prompt: "(config-ext-nacl)", Title: "Ext Access List configuration commands:", Parent: modeConfig, ExitHelp: "Exit from access-list configuration mode"},
	{Name: modeNATPool, Prompt: "(config-ipnat-pool)", Title: "NAT pool configuration commands:", Parent: modeConfig, ExitHelp: "Exit from NAT pool configuration mode"},
	{Name: modeTimeRange, Prompt: "(config-time-range)", Title: "Time range configuration commands:", Parent: modeConfig, ExitHelp: "Exit from time-range configuration mode"},
	{Name: modeISAKMP, Prompt: "(config-isakmp)", Title: "ISAKMP commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeTransformSet, Prompt: "(cfg-crypto-trans)", Title: "Crypto transform configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeCryptoMap, Prompt: "(config-crypto-map)", Title: "Crypto Map configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
	{Name: modeRouteMap, Prompt: "(config-route-map)", Title: "Route Map configuration commands:", Parent: modeConfig, ExitHelp: "Back to configuration"},
}

// tokenTypes are the kinds of word that only a router knows.
var tokenTypes = map[string]cli.TokenType{
	"INTERFACE": interfaceType{}, "NEWINTERFACE": interfaceType{make: true}, "ANYINTERFACE": interfaceType{make: true, hardware: true}, "PATTERN": patternType{},
	"KEPTINTERFACE": keptInterfaceType{}, "TRANSFORMS": transformsType{}, "LINES": wordOf(`\d+(/\d+)*`, "<0-999>"),
	"VLANS": wordOf(`\d+([,-]\d+)*`, "WORD"), "AS": wordOf(`\d+(\.\d+)?`, "<1-4294967295>"), "LATERGROUP": wordOf(`group(19|20|21|24)`, "WORD"),
	"HOURS": hoursType{}, "SLASH": slashType{}, "MONTH": monthType{}, "HH:MM": minuteType{}, "DAYS": daysType{several: true}, "DAY": daysType{},
	"STANDARD": standardEntry, "EXTENDED": extendedEntry, "NAMEDPERMIT": namedPermit, "NAMEDDENY": namedDeny,
	"PREFIX": prefixType{}, "UNREADSTANDARD": unreadType{acl.Standard}, "UNREADEXTENDED": unreadType{acl.Extended}}
