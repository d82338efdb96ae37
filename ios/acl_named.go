package ios

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

const (
	modeStandardList = "config-std-nacl"
	modeExtendedList = "config-ext-nacl"
)

// The names of access lists, of each kind and of any.
var (
	standardName = listName("<1-99>", "<1300-1999>")
	extendedName = listName("<100-199>", "<2000-2699>")
	anyListName  = listName("<1-199>", "<1300-2699>")
)

func listName(numbers, expanded string) string {
	return "( " + numbers + `:name   "IP access list number"
		| ` + expanded + `:name  "IP access list number (expanded range)"
		| WORD:name              "Access list name" )`
}

var namedListCommands = append(
	append(entryCommands(modeStandardList, "STANDARD", "STANDARD", "permit 10.1.1.0 0.0.0.255", "deny any log"),
		entryCommands(modeExtendedList, "NAMEDPERMIT", "NAMEDDENY", "permit ip any any", "deny tcp any eq www host 10.1.1.1 log",
			"permit udp any any reflect MIRROR timeout 90")...),
	cli.Command{
		Modes: []string{modeExtendedList},
		Grammar: `[ <1-2147483647>:sequence "Sequence Number" ]
			evaluate   "Ask a reflexive list"
			WORD:list  "Name of the reflexive list"`,
		Run: on(addEntry), Unset: on(removeEntry),
		Examples: []string{"evaluate MIRROR", "25 evaluate MIRROR"},
	},
	cli.Command{
		Modes: []string{modeConfig},
		Grammar: `ip access-list
			( standard  "Standard Access List"
			  ` + standardName + `
			| extended  "Extended Access List"
			  ` + extendedName + ` )`,
		Header: true, Run: on(enterList), Unset: on(removeList),
		Examples: []string{"ip access-list standard NAT", "ip access-list extended VPN-traffic"},
	},
	cli.Command{
		Modes: []string{modeConfig},
		Grammar: `ip access-list
			resequence            "Number the entries anew"
			` + anyListName + `
			<1-2147483647>:start  "Starting Sequence Number"
			<1-2147483647>:step   "Step to increment the sequence number"`,
		Run: on(resequence),
	},
)

// entryCommands are the commands of a list's own mode.
func entryCommands(mode, permit, deny string, examples ...string) []cli.Command {
	choice := `
		( permit "Permit matching packets"  ` + permit + `:entry "Entry"
		| deny "Deny matching packets"   ` + deny + `:entry "Entry" )`
	return []cli.Command{
		{
			Modes: []string{mode}, Grammar: choice, Examples: examples,
			Run: on(addEntry), Unset: on(removeEntry),
		},
		{
			Modes: []string{mode}, Grammar: `<1-2147483647>:sequence "Sequence Number"` + choice,
			No:  `<1-2147483647>:sequence [ LINE:rest "Current values" ]`,
			Run: on(addEntry), Unset: on(removeSequence),
			Examples: []string{"15 " + examples[0]},
		},
		{
			Modes: []string{mode}, Grammar: `remark "A comment among the entries" [ LINE:text "The comment" ]`,
			Run: on(addEntry), Unset: on(removeEntry),
			Examples: []string{"remark what the  branch may do"},
		},
	}
}

// namedList is the data of a list's own mode. The list itself may be removed,
// and made anew, while someone is in its mode.
type namedList struct {
	name string
	kind acl.Kind
}

// typedName is the list that a line names.
func typedName(c *cli.Call) namedList {
	l := namedList{c.Str("name"), acl.Extended}
	if c.Has("standard") {
		l.kind = acl.Standard
	}
	return l
}

func enterList(r *Router, c *cli.Call) error {
	l := typedName(c)
	if _, err := r.lists.Open(l.name, l.kind); err != nil {
		return err
	}
	mode := modeExtendedList
	if l.kind == acl.Standard {
		mode = modeStandardList
	}
	c.Enter(mode, l)
	return nil
}

func removeList(r *Router, c *cli.Call) error {
	l := typedName(c)
	if list := r.lists.Get(l.name); list != nil && list.Kind() != l.kind {
		return acl.ErrIncompatible
	}
	r.lists.Delete(l.name)
	return nil
}

// openList is the list whose mode the session is in.
func openList(r *Router, c *cli.Call) (*acl.List, error) {
	l := c.Data().(namedList)
	return r.lists.Open(l.name, l.kind)
}

func addEntry(r *Router, c *cli.Call) error {
	list, err := openList(r, c)
	if err != nil {
		return err
	}
	return list.Add(typedEntry(c, list.Kind()))
}

func removeEntry(r *Router, c *cli.Call) error {
	list, err := openList(r, c)
	if err != nil {
		return err
	}
	return list.Delete(typedEntry(c, list.Kind()))
}

func removeSequence(r *Router, c *cli.Call) error {
	list, err := openList(r, c)
	if err != nil {
		return err
	}
	return list.DeleteSequence(c.Int("sequence"))
}

func resequence(r *Router, c *cli.Call) error {
	list := r.lists.Get(c.Str("name"))
	if list == nil {
		return errNoList
	}
	return list.Resequence(c.Int("start"), c.Int("step"))
}
