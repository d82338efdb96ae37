package ios

import (
	"errors"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// domain is how names are looked up. There is no resolver: with lookup on, an
// unknown word costs the time that asking every name server in vain takes.
type domain struct {
	noLookup bool
	name     string
}

var domainCommands = []cli.Command{
	domainLookupRow(`ip domain lookup "Look up host names"`),
	domainLookupRow(`ip domain-lookup "Look up host names"`),
	domainNameRow(`ip domain name "Domain of unqualified names" WORD:name "Default domain name"`),
	domainNameRow(`ip domain-name "Domain of unqualified names" WORD:name "Default domain name"`),
}

func domainLookupRow(grammar string) cli.Command {
	row := cli.Command{
		Modes: []string{modeConfig}, Grammar: grammar,
		Run:   on(func(r *Router, _ *cli.Call) error { r.config.domain.noLookup = false; return nil }),
		Unset: on(func(r *Router, _ *cli.Call) error { r.config.domain.noLookup = true; return nil }),
		Default: on(func(r *Router, _ *cli.Call) error {
			r.config.domain.noLookup = false
			return nil
		}),
	}
	row.Examples, row.Standard = []string{row.Words()}, []string{row.Words()}
	return row
}

func domainNameRow(grammar string) cli.Command {
	row := cli.Command{
		Modes: []string{modeConfig}, Grammar: grammar, No: cli.Optional,
		Run:   on(func(r *Router, c *cli.Call) error { r.config.domain.name = c.Str("name"); return nil }),
		Unset: on(func(r *Router, _ *cli.Call) error { r.config.domain.name = ""; return nil }),
	}
	row.Examples = []string{row.Words() + " example.com"}
	return row
}

func printDomain(r *Router, w *writer) {
	d := r.config.domain
	if d.noLookup {
		w.line("no ip domain lookup")
	}
	if d.name != "" {
		w.line("ip domain name %s", d.name)
	}
	if d != (domain{}) {
		w.bang()
	}
}

// lookupTimeout is how long a name server is waited for, in all.
const lookupTimeout = 9 * time.Second

const textUnknownHost = "% Unknown command or computer name, or unable to find computer address\n"

// UnknownExec takes a line in EXEC that no command begins as the name of a host
// to connect to. No name server can be asked for its address.
func (r *Router) UnknownExec(c *cli.Call) error {
	host, _, err := c.HostPort()
	if err != nil {
		return err
	}
	if r.config.domain.noLookup {
		c.Print("% Bad IP address or host name" + textUnknownHost)
		return nil
	}
	c.Printf("Translating \"%s\"...domain server (255.255.255.255)", host)
	if err := c.Sleep(lookupTimeout); errors.Is(err, cli.ErrInterrupted) {
		c.Print("\n% Name lookup aborted\n")
		return nil
	} else if err != nil {
		return nil
	}
	c.Print("\n" + textUnknownHost)
	return nil
}
