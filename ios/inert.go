package ios

import "github.com/ioslab/ioslab/cli"

// inertCommands stand in most configurations and change nothing here: they are
// taken so that such a configuration loads, and are not kept. The README lists
// them.
var inertCommands = []cli.Command{
	inert("version WORD:number", "IOS version number\nVersion"),
	inert("boot-start-marker", "Boot marker"),
	inert("boot-end-marker", "Boot marker"),
	inert("aaa new-model", "Authentication, Authorization and Accounting.\nEnable NEW access control commands and functions.", onlyNo),
	inert("ip cef", "Global IP configuration subcommands\nCisco Express Forwarding for IP"),
	inert("ip subnet-zero", "Global IP configuration subcommands\nAllow 'subnet zero' subnets"),
	inert("ip classless", "Global IP configuration subcommands\nFollow classless routing forwarding rules"),
	inert("ip forward-protocol nd", "Global IP configuration subcommands\nControls forwarding of physical and directed IP broadcasts\nSun's Network Disk protocol"),
	inert("ip http server", "Global IP configuration subcommands\nHTTP server configuration\nEnable http server", onlyNo),
	inert("ip http secure-server", "Global IP configuration subcommands\nHTTP server configuration\nEnable HTTP secure server", onlyNo),
	inert("ip tcp synwait-time <5-300>:seconds", "Global IP configuration subcommands\nGlobal TCP parameters\nSet time to wait on new TCP connections\nSeconds"),
	inert("ip icmp rate-limit unreachable", "Global IP configuration subcommands\nGlobal ICMP parameters\nRate limit ICMP messages\nUnreachables"),
	inert("ipv6 cef", "Global IPv6 configuration commands\nCisco Express Forwarding for IPv6", onlyNo),
	inert("cdp run", "Global CDP configuration subcommands\nEnable CDP", onlyNo),
	inert("cdp log mismatch duplex", "Global CDP configuration subcommands\nLog messages\nLog mismatches\nLog mismatches of duplex", onlyNo),
	inert("memory-size iomem <1-50>:percent", "Set memory size\nI/O memory\nPercentage of memory"),
	inert("multilink bundle-name authenticated", "PPP multilink\nHow bundles are named\nBy the peer's name"),
	inert("stopbits ( 1 | 1.5 | 2 )", "Set async line stop bits\nOne\nOne and a half\nTwo", inMode(modeLine)),
	inert("control-plane", "Configure control plane services"),
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
