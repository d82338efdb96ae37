package ios

import (
	"sync"

	"github.com/ioslab/ioslab/cli"
)

// compiledGrammar is compiled once for all routers.
var compiledGrammar = sync.OnceValue(func() *cli.Grammar {
	var commands []cli.Command
	for _, rows := range commandRows() {
		commands = append(commands, rows...)
	}
	language := cli.Language{Modes: modes, Commands: commands, Prefixes: prefixes, Types: tokenTypes}
	g, err := language.Compile()
	if err != nil {
		panic("ios: " + err.Error()) // a mistake in a row: every test sees it
	}
	return g
})

// openConsole starts a session on the console line, as the configuration that
// has been loaded says.
func (r *Router) openConsole() {
	o := r.Terminal
	o.Line, o.Console = "con0", true
	o.Login = r.login
	o.Closed = nil
	r.console = cli.NewSession(r.grammar, r, r.bootClock(), o)
	r.applyConsoleLine()
}

func (r *Router) bootClock() Clock { return bootClock{r.Clock, r.system} }

// showOnConsole shows a log record on the console. What is logged while the
// router boots for the first time stands in the buffer only.
func (r *Router) showOnConsole(record string) {
	if r.console != nil && r.Clock.Now() >= r.QuietUntil {
		r.console.Log(record + "\n")
	}
}
