package ios

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/cli"
)

var natLimitCommands = []cli.Command{{
	Modes: []string{modeConfig},
	Grammar: `ip nat translation
		max-entries              "Specify maximum number of NAT entries"
		( <1-2147483647>:entries  "Number of entries"
		| all-host                "Specify maximum number of NAT entries for each host"
		  <1-2147483647>:entries  "Number of entries"
		| host                    "Specify per-host NAT entry limit"
		  A.B.C.D:host            "Host IP address"
		  <1-2147483647>:entries  "Number of entries"
		| list                    "Specify access-list based NAT entry limit"
		  ( <1-199>:list          "Access list number"
		  | <1300-2699>:list      "Access list number (expanded range)"
		  | WORD:list             "Access list name" )
		  <1-2147483647>:entries  "Number of entries" )`,
	No: `ip nat translation max-entries
		[ ( <1-2147483647>:entries
		| all-host [ <1-2147483647>:entries ]
		| host A.B.C.D:host [ <1-2147483647>:entries ]
		| list ( <1-199>:list | <1300-2699>:list | WORD:list ) [ <1-2147483647>:entries ] ) ]`,
	Run:   on(func(r *Router, c *cli.Call) error { return r.changeLimit(c, c.Int("entries")) }),
	Unset: on(func(r *Router, c *cli.Call) error { return r.changeLimit(c, 0) }),
	Examples: []string{
		"ip nat translation max-entries 500", "ip nat translation max-entries all-host 100",
		"ip nat translation max-entries host 10.1.1.1 50", "ip nat translation max-entries list GUESTS 200",
	},
}}

// changeLimit sets the limit that a line names; 0 is none.
func (r *Router) changeLimit(c *cli.Call, entries int) error {
	r.startNAT()
	l := r.nat.Limits()
	switch c.Which("all-host", "host", "list") {
	case "all-host":
		l.AllHost = entries
	case "host":
		setLimit(&l.Hosts, c.Addr("host"), entries)
	case "list":
		setLimit(&l.Lists, c.Str("list"), entries)
	default:
		l.Entries = entries
	}
	r.nat.SetLimits(l)
	return nil
}

func setLimit[K comparable](limits *map[K]int, of K, entries int) {
	if entries == 0 {
		delete(*limits, of)
		return
	}
	if *limits == nil {
		*limits = map[K]int{}
	}
	(*limits)[of] = entries
}

func printNATLimits(r *Router, w *writer) {
	const line = "ip nat translation max-entries"
	l := r.nat.Limits()
	if l.Entries > 0 {
		w.line("%s %d", line, l.Entries)
	}
	if l.AllHost > 0 {
		w.line("%s all-host %d", line, l.AllHost)
	}
	for _, host := range slices.SortedFunc(maps.Keys(l.Hosts), netip.Addr.Compare) {
		w.line("%s host %v %d", line, host, l.Hosts[host])
	}
	for _, list := range slices.Sorted(maps.Keys(l.Lists)) {
		w.line("%s list %s %d", line, list, l.Lists[list])
	}
}
