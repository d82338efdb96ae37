package ios

import (
	"sync"

	"github.com/ioslab/ioslab/cli"
)

// language is what the routers' commands are compiled from.
func language() *cli.Language {
	var commands []cli.Command
	for _, rows := range commandRows() {
		for _, row := range rows {
			commands = append(commands, superseding(row))
		}
	}
	commands = append(commands, rangeRows(commands)...)
	return &cli.Language{Modes: append(keptModes(), modes...), Commands: commands, Prefixes: prefixes, Types: tokenTypes, Releases: milestones}
}

// grammars are compiled once for all routers of a release, when the first of
// them is made.
var grammars sync.Map // of func() *cli.Grammar by the release's number

// grammarOf returns the grammar of a release.
func grammarOf(number string) *cli.Grammar {
	compile, _ := grammars.LoadOrStore(number, sync.OnceValue(func() *cli.Grammar {
		g, err := language().Compile(number)
		if err != nil {
			panic("ios: " + err.Error()) // a mistake in a row: every test sees it
		}
		return g
	}))
	return compile.(func() *cli.Grammar)()
}
