package ios

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/prefixlist"
	"github.com/ioslab/ioslab/ios/showtext"
)

var showPrefixListCommands = []cli.Command{
	{
		Modes: []string{modeExec},
		Grammar: `show ip
			prefix-list                 "Prefix-lists"
			[ ( detail                  "What is counted, too"
			  | summary                 "No entries" )
			  [ WORD:name               "Name of the list" ]
			| WORD:name                 "Name of the list"
			  [ ( seq                   "One entry"
			      <1-4294967294>:sequence "Sequence number"
			    | PREFIX:prefix         "The entry of a prefix"
			      [ ( longer            "Entries of longer prefixes, too"
			        | first-match       "The first entry that matches the prefix" ) ] ) ] ]`,
		Run: on(showPrefixLists),
	},
	privileged(`clear ip
		prefix-list         "Hits of prefix-lists"
		[ WORD:name         "Name of the list"
		  [ PREFIX:prefix   "Of entries that match a prefix" ] ]`,
		func(r *Router, c *cli.Call) error {
			lists, err := r.namedPrefixLists(c)
			prefix, _ := c.Value("prefix").(netip.Prefix)
			for _, l := range lists {
				l.ClearHits(prefix)
			}
			return err
		}),
}

var errNoPrefixList = refusal("%Can't find specified prefix-list")

// namedPrefixLists are those that a line asks for: all, unless it names one.
func (r *Router) namedPrefixLists(c *cli.Call) ([]*prefixlist.List, error) {
	if !c.Has("name") {
		return r.prefixLists.All(), nil
	}
	if l := r.prefixLists.Get(c.Str("name")); l != nil {
		return []*prefixlist.List{l}, nil
	}
	return nil, errNoPrefixList
}

func showPrefixLists(r *Router, c *cli.Call) error {
	lists, err := r.namedPrefixLists(c)
	if err != nil {
		return err
	}
	show := r.release.show
	switch {
	case c.Has("sequence") || c.Has("prefix"):
		for _, e := range chosenPrefixes(c, lists[0]) {
			c.Print(show.PrefixEntry.Text(e))
		}
		return nil
	case c.Has("detail") || c.Has("summary"):
		if l := r.prefixLists.Touched; l != nil {
			c.Printf("Prefix-list with the last deletion/insertion: %s\n", l.Name)
		}
	}
	for _, l := range lists {
		view := showtext.PrefixList{List: l, Users: r.usersOfPrefixList(l.Name)}
		switch {
		case c.Has("detail"):
			c.Print(show.PrefixListSummary.Text(view))
			for _, e := range l.Entries() {
				c.Print(show.PrefixEntry.Text(e))
			}
		case c.Has("summary"):
			c.Print(show.PrefixListSummary.Text(view))
		default:
			c.Print(show.PrefixList.Text(view))
		}
	}
	return nil
}

// chosenPrefixes are the entries of a list that a line asks for.
func chosenPrefixes(c *cli.Call, l *prefixlist.List) (list []*prefixlist.Entry) {
	prefix, given := c.Value("prefix").(netip.Prefix)
	if !given {
		if e := l.Entry(c.Int("sequence")); e != nil {
			list = append(list, e)
		}
		return list
	}
	prefix = prefix.Masked()
	if c.Has("first-match") {
		if e := l.Snapshot().Lookup(prefix); e != nil {
			list = append(list, e)
		}
		return list
	}
	for _, e := range l.Entries() {
		longer := c.Has("longer") && prefix.Bits() < e.Prefix.Bits() && prefix.Contains(e.Prefix.Addr())
		if e.Prefix == prefix || longer {
			list = append(list, e)
		}
	}
	return list
}

// usersOfPrefixList counts the clauses of route-maps that name a list.
func (r *Router) usersOfPrefixList(name string) (users int) {
	for _, m := range r.routeMaps.All() {
		for _, e := range m.Entries() {
			for _, names := range [][]string{e.Match.PrefixLists, e.Match.NextHopPrefixLists} {
				if slices.Contains(names, name) {
					users++
				}
			}
		}
	}
	return users
}
