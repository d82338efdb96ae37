package ios

import "github.com/ioslab/ioslab/cli"

// inertCommands stand in most configurations and change nothing here: they are
// taken so that such a configuration loads, and are not kept. The README lists
// them.
var inertCommands = []cli.Command{
	inert(`version "Version that wrote the configuration" WORD:number "Version"`),
	inert(`boot-start-marker "Boot marker"`),
	inert(`boot-end-marker "Boot marker"`),
	inert(`aaa "Authentication, authorization and accounting" new-model "Enable the commands of AAA"`, onlyNo),
	inert(`ip cef "Cisco Express Forwarding"`),
	inert(`ip subnet-zero "Allow the first subnet of a network"`),
	inert(`ip classless "Use the default route for subnets too"`),
	inert(`ip forward-protocol "Broadcasts to forward" nd "Network disks"`),
	inert(`ip http server "Web server"`, onlyNo),
	inert(`ip http secure-server "Web server over TLS"`, onlyNo),
	inert(`ip tcp "TCP of the router" synwait-time "Time to wait for new connections" <5-300>:seconds "Seconds"`),
	inert(`ip icmp "ICMP of the router" rate-limit "How often ICMP is sent" unreachable "Unreachables"`),
	inert(`ipv6 "IPv6 of the router" cef "Cisco Express Forwarding"`, onlyNo),
	inert(`cdp run "Discovery of neighbours"`, onlyNo),
	inert(`cdp log "Log messages" mismatch "Log mismatches" duplex "Log mismatches of duplex"`, onlyNo),
	inert(`memory-size "Sizes of memory" iomem "I/O memory" <1-50>:percent "Percentage of memory"`),
	inert(`multilink "PPP multilink" bundle-name "How bundles are named" authenticated "By the peer's name"`),
	inert(`
		stopbits  "Stop bits"
		( 1       "One"
		| 1.5     "One and a half"
		| 2       "Two" )`, inMode(modeLine)),
	inert(`control-plane "Control plane"`),
}

// inert is a row that is accepted, in its `no` form too, and does nothing.
func inert(grammar string, change ...func(*cli.Command)) cli.Command {
	nothing := func(*cli.Call) error { return nil }
	c := cli.Command{Modes: []string{modeConfig}, Grammar: grammar, Run: nothing, Unset: nothing, Hidden: true}
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
