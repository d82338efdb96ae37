package ios

import "github.com/ioslab/ioslab/cli"

// openConsole starts a session on the console line, as the configuration that
// has been loaded says.
func (r *Router) openConsole() {
	o := r.Terminal
	o.Line, o.Console = "con0", true
	o.Login = r.login
	o.Around = r.typed
	o.Closed = nil
	r.console = cli.NewSession(r.grammar, r, r.bootClock(), o)
	r.applyConsoleLine()
}

func (r *Router) bootClock() Clock { return bootClock{r.Clock, r.system, r.bus} }

// showOnConsole shows a log record on the console. What is logged while the
// router boots for the first time stands in the buffer only.
func (r *Router) showOnConsole(record string) {
	if r.console != nil && r.Clock.Now() >= r.QuietUntil {
		r.console.Log(record + "\n")
	}
}
