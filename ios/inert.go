package ios

import "github.com/ioslab/ioslab/cli"

// inertCommands say what is so in any case, or what the running configuration
// says of itself: they are taken and leave nothing behind.
var inertCommands = []cli.Command{
	inert(`version "Version that wrote the configuration" WORD:number "Version"`),
	inert(`boot-start-marker "Boot marker"`),
	inert(`boot-end-marker "Boot marker"`),
	inert(`ip subnet-zero "Allow the first subnet of a network"`),
}

// inert is a row that is accepted, in its `no` form too, and does nothing.
func inert(grammar string) cli.Command {
	nothing := func(*cli.Call) error { return nil }
	return cli.Command{Modes: []string{modeConfig}, Grammar: grammar, Run: nothing, Unset: nothing, Hidden: true}
}
