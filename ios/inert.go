package ios

import "github.com/ioslab/ioslab/cli"

// inertCommands stand in most configurations and change nothing here: they are
// taken so that such a configuration loads, and are not kept. The README lists
// them.
var inertCommands = []cli.Command{
	inert("version WORD:number", "Version that wrote the configuration\nVersion"),
	inert("boot-start-marker", "Mark of the boot commands"),
	inert("boot-end-marker", "Mark of the boot commands"),
	inert("aaa new-model", "Central control of access\nThe commands of AAA", onlyNo),
	inert("ip cef", "IP of the router\nForwarding by a prepared table"),
	inert("ip subnet-zero", "IP of the router\nAllow the first subnet of a network"),
	inert("ip classless", "IP of the router\nUse the default route for subnets too"),
	inert("ip forward-protocol nd", "IP of the router\nBroadcasts that are passed on\nNetwork disks"),
	inert("ip http server", "IP of the router\nWeb server\nWeb server", onlyNo),
	inert("ip http secure-server", "IP of the router\nWeb server\nWeb server over TLS", onlyNo),
	inert("ip tcp synwait-time <5-300>:seconds", "IP of the router\nTCP of the router\nPatience with new connections\nSeconds"),
	inert("ip icmp rate-limit unreachable", "IP of the router\nICMP of the router\nHow often ICMP is sent\nUnreachables"),
	inert("ipv6 cef", "IPv6 of the router\nForwarding by a prepared table", onlyNo),
	inert("cdp run", "Discovery of neighbours\nDiscovery of neighbours", onlyNo),
	inert("cdp log mismatch duplex", "Discovery of neighbours\nLog messages\nLog mismatches\nLog mismatches of duplex", onlyNo),
	inert("memory-size iomem <1-50>:percent", "Sizes of memory\nI/O memory\nPercentage of memory"),
	inert("multilink bundle-name authenticated", "PPP multilink\nHow bundles are named\nBy the peer's name"),
	inert("stopbits ( 1 | 1.5 | 2 )", "Stop bits\nOne\nOne and a half\nTwo", inMode(modeLine)),
	inert("control-plane", "Protection of the router itself"),
}

// inert is a row that is accepted, in its `no` form too, and does nothing.
func inert(grammar, help string, change ...func(*cli.Command)) cli.Command {
	nothing := func(*cli.Call) error { return nil }
	c := cli.Command{Modes: []string{modeConfig}, Grammar: grammar, Help: help, Run: nothing, Unset: nothing, Hidden: true}
	for _, f := range change {
		f(&c)
	}
	return c
}

// onlyNo leaves only the `no` form of a feature that is not there.
func onlyNo(c *cli.Command) { c.Run = nil }

// inMode puts a row into another mode than configuration itself.
func inMode(mode string) func(*cli.Command) {
	return func(c *cli.Command) { c.Modes = []string{mode} }
}
