package ios

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// aclCommands are those of numbered lists.
var aclCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `access-list
			( <1-99>:number       "IP standard access list"
			| <1300-1999>:number  "IP standard access list (expanded range)" )
			( permit              "Permit matching packets"
			  STANDARD:entry      "Entry"
			| deny                "Deny matching packets"
			  STANDARD:entry      "Entry"
			| remark              "A comment among the entries"
			  [ LINE:text         "The comment" ] )`,
		No:  `access-list ( <1-99>:number | <1300-1999>:number ) [ LINE:rest "Current values" ]`,
		Run: on(addNumbered), Unset: on(removeNumbered),
		Examples: []string{
			"access-list 1 permit 10.1.1.0 0.0.0.255", "access-list 99 deny any log", "access-list 1300 permit 10.1.1.1",
			"access-list 5 remark the branch", "access-list 7 permit host 10.1.1.1",
		},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `access-list
			( <100-199>:number    "IP extended access list"
			| <2000-2699>:number  "IP extended access list (expanded range)" )
			( permit              "Permit matching packets"
			  EXTENDED:entry      "Entry"
			| deny                "Deny matching packets"
			  EXTENDED:entry      "Entry"
			| remark              "A comment among the entries"
			  [ LINE:text         "The comment" ] )`,
		No:  `access-list ( <100-199>:number | <2000-2699>:number ) [ LINE:rest "Current values" ]`,
		Run: on(addNumbered), Unset: on(removeNumbered),
		Examples: []string{
			"access-list 101 permit ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255",
			"access-list 199 deny tcp any host 10.1.1.1 range 20 telnet log-input",
			"access-list 2000 permit icmp any any echo-reply", "access-list 102 permit tcp any any established",
			"access-list 2699 permit udp any eq isakmp any eq isakmp", "access-list 110 deny ip any any dscp ef",
			"access-list 110 remark crypto",
		},
	},
}

// typedEntry is the entry of a line.
func typedEntry(c *cli.Call, kind acl.Kind) acl.Entry {
	if c.Has("remark") {
		return remark(kind, c.Str("text"))
	}
	if c.Has("evaluate") {
		return acl.Entry{Kind: kind, Action: acl.Evaluate, Sequence: c.Int("sequence"), Text: c.Str("list")}
	}
	e := c.Value("entry").(acl.Entry)
	e.Sequence = c.Int("sequence")
	if c.Has("deny") {
		e.Action = acl.Deny
	}
	return e
}

// remark is a comment in a list.
func remark(kind acl.Kind, text string) acl.Entry {
	return acl.Entry{Kind: kind, Action: acl.Remark, Text: acl.CutRemark(text)}
}

func addNumbered(r *Router, c *cli.Call) error {
	kind, _ := acl.KindOfNumber(c.Int("number"))
	list, err := r.lists.Open(strconv.Itoa(c.Int("number")), kind)
	if err != nil {
		return err
	}
	return list.Add(typedEntry(c, kind))
}

// removeNumbered removes the whole list, whatever entry the line names: so do
// the routers of old.
func removeNumbered(r *Router, c *cli.Call) error {
	r.lists.Delete(strconv.Itoa(c.Int("number")))
	return nil
}

// printNamedLists prints the lists that have true names, and what is said of all.
func printNamedLists(r *Router, w *writer) {
	printed := false
	for _, l := range r.lists.All() {
		if !l.Numbered() {
			printed = true
			printList(l, w)
		}
	}
	if printed {
		w.bang()
	}
	printAccessLog(r, w)
	printReflexive(r, w)
}

// printNumberedLists prints the lists that have numbers, in the order of these.
func printNumberedLists(r *Router, w *writer) {
	lists := slices.DeleteFunc(r.lists.All(), func(l *acl.List) bool { return !l.Numbered() || len(l.ConfigLines()) == 0 })
	slices.SortStableFunc(lists, func(a, b *acl.List) int {
		x, _ := strconv.Atoi(a.Name())
		y, _ := strconv.Atoi(b.Name())
		return cmp.Compare(x, y)
	})
	for _, l := range lists {
		printList(l, w)
	}
	if len(lists) > 0 {
		w.bang()
	}
}

func printList(l *acl.List, w *writer) {
	for _, line := range l.ConfigLines() {
		w.line("%s", line)
	}
}
