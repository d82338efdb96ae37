package ios

import (
	"strconv"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// unreadType is an entry of an access list that is kept and not understood.
type unreadType struct{ kind acl.Kind }

// Match accepts a whole entry.
func (t unreadType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	if _, ok := acl.ParseUnread(words, t.kind); !ok {
		return 0, false, false, 0
	}
	return len(words), true, true, 0
}

// Help is what may be typed.
func (unreadType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "LINE"}} }

// Value is the acl.Entry.
func (t unreadType) Value(_ any, words []string) any {
	e, _ := acl.ParseUnread(words, t.kind)
	return e
}

// unreadCommands are the rows of such entries: the list denies what comes to them.
var unreadCommands = []cli.Command{
	{
		Modes: []string{modeConfig}, Grammar: "access-list ( <1-99>:number | <1300-1999>:number ) UNREADSTANDARD:entry", Kept: keptHelp,
		Run: on(addUnreadNumbered), Unset: on(removeNumbered),
	},
	{
		Modes: []string{modeConfig}, Grammar: "access-list ( <100-199>:number | <2000-2699>:number ) UNREADEXTENDED:entry", Kept: keptHelp,
		Run: on(addUnreadNumbered), Unset: on(removeNumbered),
	},
	{
		Modes: []string{modeStandardList}, Grammar: "[ <1-2147483647>:sequence ] UNREADSTANDARD:entry", Kept: keptHelp,
		Run: on(addUnread), Unset: on(removeUnread),
	},
	{
		Modes: []string{modeExtendedList}, Grammar: "[ <1-2147483647>:sequence ] UNREADEXTENDED:entry", Kept: keptHelp,
		Run: on(addUnread), Unset: on(removeUnread),
	},
}

func addUnreadNumbered(r *Router, c *cli.Call) error {
	kind, _ := acl.KindOfNumber(c.Int("number"))
	list, err := r.lists.Open(strconv.Itoa(c.Int("number")), kind)
	if err != nil {
		return err
	}
	return r.addUnread(c, list)
}

func addUnread(r *Router, c *cli.Call) error {
	list, err := openList(r, c)
	if err != nil {
		return err
	}
	return r.addUnread(c, list)
}

// addUnread puts an entry into its place in a list and says what that means.
func (r *Router) addUnread(c *cli.Call, list *acl.List) error {
	e := c.Value("entry").(acl.Entry)
	e.Sequence = c.Int("sequence")
	if err := list.Add(e); err != nil {
		return err
	}
	const meaning = "kept, and the list denies what comes to it"
	if r.loading {
		r.keptLines++
		r.keptNote = meaning
		return nil
	}
	c.Printf("[ioslab] %s is %s\n", e.Text, meaning)
	return nil
}

func removeUnread(r *Router, c *cli.Call) error {
	list, err := openList(r, c)
	if err != nil {
		return err
	}
	return list.Delete(c.Value("entry").(acl.Entry))
}
