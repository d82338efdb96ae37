package host

import (
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
		Types:    map[string]cli.TokenType{"PREFIX": prefixType{}, "SECONDS": secondsType{}},
	}
	g, err := language.Compile()
	if err != nil {
		panic("host: " + err.Error()) // a mistake in a row: every test sees it
	}
	return g
})

func commands() []cli.Command {
	rows := []struct {
		grammar, help string
		run           handler
	}{
		{"ip address [ show ]", "IP\nAddresses of interfaces\nList them", (*Host).showAddresses},
		{"ip address add PREFIX:prefix dev WORD:dev", "IP\nAddresses of interfaces\nAdd one\nAddress and prefix length\nInterface\nName of the interface", (*Host).addAddress},
		{"ip address del PREFIX:prefix dev WORD:dev", "IP\nAddresses of interfaces\nRemove one\nAddress and prefix length\nInterface\nName of the interface", (*Host).deleteAddress},
		{"ip link set [ dev ] WORD:dev ( up | down )", "IP\nInterfaces\nChange one\nInterface\nName of the interface\nSwitch it on\nSwitch it off", (*Host).setLink},
		{"ip route [ show ]", "IP\nRoutes\nList them", (*Host).showRoutes},
		{"ip route ( add | replace ) ( default | PREFIX:prefix ) { via A.B.C.D:via | dev WORD:dev }", "IP\nRoutes\nAdd one\nAdd or change one\nAll destinations\nDestinations\nNext hop\nAddress of the next hop\nInterface\nName of the interface", (*Host).addRoute},
		{"ip route del ( default | PREFIX:prefix ) { via A.B.C.D:via | dev WORD:dev }", "IP\nRoutes\nRemove one\nAll destinations\nDestinations\nNext hop\nAddress of the next hop\nInterface\nName of the interface", (*Host).deleteRoute},
		{"ip neighbour [ show ]", "IP\nNeighbours on the links\nList them", (*Host).showNeighbours},
		{"ping " + pingOptions + " A.B.C.D:target " + pingOptions, "Send echo requests\n" + pingOptionsHelp + "\nWhom to ask\n" + pingOptionsHelp, (*Host).ping},
		{"traceroute A.B.C.D:target", "Show the way of packets\nWhere to", (*Host).traceroute},
	}
	var list []cli.Command
	for _, r := range rows {
		list = append(list, cli.Command{
			Modes: []string{cli.ModeExec, modeLoad}, Grammar: r.grammar, Help: r.help, Run: on(r.run),
		})
	}
	return list
}
