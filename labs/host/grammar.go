package host

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ioslab/ioslab/cli"
)

// modeLoad is where cli's loader runs lines: here, those of `exec`. No console
// leads there.
const modeLoad = "config"

type handler func(h *Host, c *cli.Call) error

func on(f handler) func(*cli.Call) error {
	return func(c *cli.Call) error { return f(c.Device.(*Host), c) }
}

// grammar is compiled once for all hosts.
var grammar = sync.OnceValue(func() *cli.Grammar {
	language := cli.Language{
		Modes:    []cli.Mode{{Name: cli.ModeExec, Title: "Commands:"}, {Name: modeLoad, Parent: cli.ModeExec}},
		Commands: commands(),
		Prefixes: cli.Prefixes{cli.ModeExec: {"ip": "IP", "ip address": "Addresses of interfaces", "ip route": "Routes"}},
		Types:    map[string]cli.TokenType{"PREFIX": prefixType{}, "SECONDS": secondsType{}},
	}
	g, err := language.Compile("")
	if err != nil {
		panic("host: " + err.Error()) // a mistake in a row: every test sees it
	}
	return g
})

const (
	device = `dev "Interface" WORD:dev "Name of the interface"`
	route  = `( default     "All destinations"
		| PREFIX:prefix "Destinations" )
		{ via           "Next hop"
		  A.B.C.D:via   "Address of the next hop"
		| ` + device + ` }`
)

func commands() []cli.Command {
	rows := []struct {
		grammar string
		run     handler
	}{
		{`ip address [ show "List them" [ dev "Of one interface" ] WORD:dev "Name of the interface" ]`, (*Host).showAddresses},
		{`ip address [ show "List them" ]`, (*Host).showAddresses},
		{`ip ( -br "In short" | -brief "In short" ) address "Addresses of interfaces" [ show "List them" ]`, (*Host).showAddressesBriefly},
		{`ip ( -br "In short" | -brief "In short" ) link "Interfaces" [ show "List them" ]`, (*Host).showLinksBriefly},
		{`ip link "Interfaces" [ show "List them" ]`, (*Host).showLinks},
		{`ip link "Interfaces" show "List them" [ dev "Of one interface" ] WORD:dev "Name of the interface"`, (*Host).showLinks},
		{`ip route get "The way to an address" A.B.C.D:target "Address"`, (*Host).showWay},
		{`ip address add "Add one" PREFIX:prefix "Address and prefix length" ` + device, (*Host).addAddress},
		{`ip address del "Remove one" PREFIX:prefix "Address and prefix length" ` + device, (*Host).deleteAddress},
		{`ip
			link      "Interfaces"
			set       "Change one"
			[ dev     "Interface" ]
			WORD:dev  "Name of the interface"
			( up      "Switch it on"
			| down    "Switch it off" )`, (*Host).setLink},
		{`ip route [ show "List them" ]`, (*Host).showRoutes},
		{`ip route ( add "Add one" | replace "Add or change one" ) ` + route, (*Host).addRoute},
		{`ip route del "Remove one" ` + route, (*Host).deleteRoute},
		{`ip neighbour "Neighbours on the links" [ show "List them" ]`, (*Host).showNeighbours},
		{`ping "Send echo requests" ` + pingOptions + ` A.B.C.D:target "Whom to ask" ` + pingOptions, (*Host).ping},
		{`traceroute "Show the way of packets" ` + tracerouteOptions + ` A.B.C.D:target "Where to" ` + tracerouteOptions, (*Host).traceroute},
		{ncGrammar, foreground((*Host).nc)},
		{curlGrammar, foreground((*Host).curl)},
		{httpdGrammar, (*Host).httpd},
		{`killall "End programs" httpd "The web servers in the background"`, (*Host).killServers},
		{pythonGrammar, (*Host).python},
		{`ss "Connections and open ports" ` + ssOptions, (*Host).showSockets},
		{`netstat "Connections and open ports, as ss" ` + ssOptions, (*Host).showSockets},
		{`arp "Neighbours on the links, in the old way" { -a "All" | -n "Addresses only (always so)" | -an "-a -n" }`, (*Host).showARP},
		{`ifconfig "Points to ip" [ WORD:dev "Interface" ]`, pointer("ifconfig")},
		{`ipconfig "Points to ip" [ WORD:dev "/all" ]`, pointer("ipconfig")},
		{`hostname "The host's name"`, (*Host).showName},
	}
	var list []cli.Command
	for _, r := range rows {
		list = append(list, cli.Command{
			Modes: []string{cli.ModeExec, modeLoad}, Grammar: r.grammar, Run: on(r.run),
		})
	}
	return list
}

var errForeground = errors.New("exec runs while the host starts: what waits for something is for its console")

// starting reports whether a command is one of exec.
func starting(c *cli.Call) bool { return c.Session.Mode() == modeLoad }

// foreground refuses a command in exec, which would have to wait there.
func foreground(run handler) handler {
	return func(h *Host, c *cli.Call) error {
		if starting(c) {
			return errForeground
		}
		return run(h, c)
	}
}

// pointer is a command that a Linux of today has not, either.
func pointer(name string) handler {
	return func(*Host, *cli.Call) error {
		return fmt.Errorf("sh: %s: not found: this host has ip address, ip link and ip route", name)
	}
}

func (h *Host) showName(c *cli.Call) error {
	c.Println(h.Hostname())
	return nil
}
