package ios

import "github.com/ioslab/ioslab/cli"

var hostnameCommands = []cli.Command{{
	Modes:   []string{modeConfig},
	Grammar: `hostname "Name of this router" WORD:name "The name"`,
	No:      cli.Optional,
	Run: on(func(r *Router, c *cli.Call) error {
		name := c.Str("name")
		if bad := badHostname(name); bad != "" {
			return refuse("%% Hostname contains one or more illegal characters.\n")
		}
		if len(name) > maxHostname {
			return cli.InvalidAt("name")
		}
		r.config.hostname = name
		return nil
	}),
	Unset: on(func(r *Router, c *cli.Call) error {
		r.config.hostname = "Router"
		return nil
	}),
	Examples: []string{"hostname Edge-1"},
}}

// maxHostname is how long a host name may be (RFC 1123, section 2.1).
const maxHostname = 63

// badHostname returns the characters that a host name must not have (RFC 1035;
// IOS takes the underscore and the dot as well).
func badHostname(name string) string {
	var bad string
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			bad += string(c)
		}
	}
	return bad
}

func printHostname(r *Router, w *writer) {
	w.line("hostname %s", r.config.hostname)
	w.bang()
	w.line("boot-start-marker")
	w.line("boot-end-marker")
	w.bang()
}
