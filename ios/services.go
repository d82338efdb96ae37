package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

// services are the `service` switches that are not the log's.
type services struct {
	passwordEncryption bool
}

const stampGrammar = `
	[ ( datetime           "Date and time"
	    { msec             "With milliseconds"
	    | localtime        "In the local time zone"
	    | show-timezone    "Name the time zone"
	    | year             "With the year" }
	  | uptime             "Time since the router started" ) ]`

var serviceCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `service
			timestamps  "Time stamps of records"
			[ ( debug   "Of debug records"
			    ` + stampGrammar + `
			  | log     "Of log records"
			    ` + stampGrammar + ` ) ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			setStamps(r, c, typedStamp(c))
			return nil
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			setStamps(r, c, logging.Stamp{})
			return nil
		}),
		Default: on(func(r *Router, c *cli.Call) error {
			setStamps(r, c, logging.DefaultStamp)
			return nil
		}),
		Examples: []string{
			"service timestamps debug uptime", "service timestamps log datetime localtime show-timezone",
		},
		Standard: []string{"service timestamps debug datetime msec", "service timestamps log datetime msec"},
	},
	{
		Modes:   []string{modeConfig},
		Grammar: `service sequence-numbers "Number the records of the log"`,
		Run:     on(func(r *Router, _ *cli.Call) error { r.log.Sequence = true; return nil }),
		Unset:   on(func(r *Router, _ *cli.Call) error { r.log.Sequence = false; return nil }),
		Examples: []string{
			"service sequence-numbers",
		},
	},
	{
		Modes:   []string{modeConfig},
		Grammar: `service password-encryption "Obscure passwords in the configuration"`,
		Run: on(func(r *Router, _ *cli.Call) error {
			r.config.services.passwordEncryption = true
			r.encryptPasswords()
			return nil
		}),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.config.services.passwordEncryption = false; return nil }),
		Examples: []string{"service password-encryption"},
	},
}

func typedStamp(c *cli.Call) logging.Stamp {
	if c.Has("uptime") {
		return logging.Stamp{Kind: logging.Uptime}
	}
	if !c.Has("datetime") {
		return logging.Stamp{Kind: logging.Uptime} // what `service timestamps debug` alone means
	}
	return logging.Stamp{
		Kind: logging.Datetime, Msec: c.Has("msec"), Local: c.Has("localtime"),
		ShowZone: c.Has("show-timezone"), Year: c.Has("year"),
	}
}

// setStamps sets the stamp of debug or log records, or of debug where neither
// was named.
func setStamps(r *Router, c *cli.Call, s logging.Stamp) {
	if c.Has("log") {
		r.log.Log = s
		return
	}
	r.log.Debug = s
}

func printServices(r *Router, w *writer) {
	w.line("version %s", r.release.number)
	for _, s := range []struct {
		word  string
		stamp logging.Stamp
	}{{"debug", r.log.Debug}, {"log", r.log.Log}} {
		if s.stamp.Kind == logging.NoStamp {
			w.line("no service timestamps %s", s.word)
		} else {
			w.line("service timestamps %s %s", s.word, s.stamp.Words())
		}
	}
	w.flag(r.config.services.passwordEncryption, "service password-encryption")
	if r.log.Sequence {
		w.line("service sequence-numbers")
	}
	w.bang()
}
