package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/prefixlist"
)

// prefixEntry is what follows the name of a prefix-list in an entry.
const prefixEntry = `
			[ seq                      "Sequence number of an entry"
			  <1-4294967294>:sequence  "Sequence number" ]
			( permit                   "Packets to permit"
			| deny                     "Packets to reject" )
			PREFIX:prefix              "A prefix and its length"
			{ ge                       "Minimum length of a matching prefix"
			  <1-32>:ge                "Minimum length"
			| le                       "Maximum length of a matching prefix"
			  <1-32>:le                "Maximum length" }`

var prefixListCommands = []cli.Command{
	{
		Modes:   []string{modeConfig},
		Grammar: "ip prefix-list WORD:name" + prefixEntry,
		No:      "ip prefix-list WORD:name [ ( seq <1-4294967294>:sequence | " + prefixEntry + " ) ]",
		Run:     on(addPrefix), Unset: on(removePrefix),
		Examples: []string{
			"ip prefix-list LAN seq 7 permit 10.0.0.0/8", "ip prefix-list LAN deny 10.1.0.0/16 ge 24",
			"ip prefix-list LAN permit 0.0.0.0/0 le 32", "ip prefix-list LAN permit 172.16.0.0/12 ge 20 le 24",
		},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `ip prefix-list WORD:name
			description  "A note on the list"
			LINE:text    "The note"`,
		No: "ip prefix-list WORD:name description [ LINE:text ]",
		Run: on(func(r *Router, c *cli.Call) error {
			r.prefixLists.Open(c.Str("name")).Description = c.Str("text")
			return nil
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			if l := r.prefixLists.Get(c.Str("name")); l != nil {
				l.Description = ""
				r.prefixLists.Tidy(l)
			}
			return nil
		}),
		Examples: []string{"ip prefix-list LAN description what the branch has"},
	},
	{
		Modes:    []string{modeConfig},
		Grammar:  `ip prefix-list sequence-number "Show the numbers of entries in the configuration"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.config.hidePrefixNumbers = false; return nil }),
		Unset:    on(func(r *Router, c *cli.Call) error { r.config.hidePrefixNumbers = !c.Default; return nil }),
		Examples: []string{"no ip prefix-list sequence-number"},
		Standard: []string{"ip prefix-list sequence-number"},
	},
}

func typedPrefix(c *cli.Call) prefixlist.Entry {
	return prefixlist.Entry{
		Sequence: c.Int("sequence"), Deny: c.Has("deny"),
		Prefix: c.Value("prefix").(netip.Prefix), GE: c.Int("ge"), LE: c.Int("le"),
	}
}

func addPrefix(r *Router, c *cli.Call) error {
	list := r.prefixLists.Open(c.Str("name"))
	err := list.Add(typedPrefix(c))
	r.prefixLists.Tidy(list)
	if err == nil {
		r.prefixLists.Touched = list
	}
	return err
}

// removePrefix takes an entry away by what it says, by its number, or by both, or else
// the whole list.
func removePrefix(r *Router, c *cli.Call) error {
	list := r.prefixLists.Get(c.Str("name"))
	if list == nil {
		return errNoPrefixList
	}
	if !c.Has("sequence") && !c.Has("prefix") {
		r.prefixLists.Delete(list.Name)
		return nil
	}
	entry := list.Entry(c.Int("sequence"))
	if c.Has("prefix") {
		typed := typedPrefix(c)
		said := list.Find(&typed)
		if c.Has("sequence") && said != entry {
			said = nil
		}
		entry = said
	}
	if entry == nil {
		return errNoPrefixList
	}
	list.Remove(entry)
	r.prefixLists.Touched = list
	r.prefixLists.Tidy(list)
	return nil
}

func printPrefixLists(r *Router, w *writer) {
	if r.config.hidePrefixNumbers {
		w.line("no ip prefix-list sequence-number")
	}
	for _, l := range r.prefixLists.All() {
		w.bang()
		if l.Description != "" {
			w.line("ip prefix-list %s description %s", l.Name, l.Description)
		}
		for _, e := range l.Entries() {
			if r.config.hidePrefixNumbers {
				w.line("ip prefix-list %s %v", l.Name, e)
			} else {
				w.line("ip prefix-list %s seq %d %v", l.Name, e.Sequence, e)
			}
		}
	}
}
