package ios

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
)

// modeRange is the configuration of several interfaces at once; its data is a
// []rangeMember.
const modeRange = "config-if-range"

// maxRange is how many interfaces a range may have.
const maxRange = 512

// A rangeMember is an interface that is built, or one that is kept.
type rangeMember struct {
	built *forwarding.Interface
	kept  *kept.Block
}

var rangeCommands = []cli.Command{{
	Modes: []string{modeConfig}, Header: true,
	Grammar: `interface range "Settings of several interfaces" LINE:interfaces "Interfaces: fa0/0 - 3 , lo0"`,
	Run:     on(enterRange),
}}

// rangeRows are the commands of an interface as commands of a range, which give each
// member what was typed.
func rangeRows(rows []cli.Command) []cli.Command {
	var list []cli.Command
	for _, row := range rows {
		if !slices.Contains(row.Modes, modeInterface) {
			continue
		}
		row.Modes, row.Examples = []string{modeRange}, nil
		row.Run, row.Unset, row.Default = forEach(row.Run), forEach(row.Unset), forEach(row.Default)
		list = append(list, row)
	}
	return list
}

func forEach(run func(*cli.Call) error) func(*cli.Call) error {
	if run == nil {
		return nil
	}
	return func(c *cli.Call) error {
		for _, m := range c.Data().([]rangeMember) {
			var err error
			switch {
			case m.built != nil:
				err = c.Session.As(modeInterface, m.built, func() error { return run(c) })
			case c.No || c.Default:
				m.kept.Remove(c.Spelled())
			default:
				_, err = m.kept.Add(c.Spelled())
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// enterRange makes the interfaces that are not there, as `interface` does.
func enterRange(r *Router, c *cli.Call) error {
	names, ok := rangeNames(c.Str("interfaces"))
	if !ok {
		return cli.InvalidAt("interfaces")
	}
	var members []rangeMember
	for _, name := range names {
		if n, err := forwarding.ParseName(name); err == nil {
			i := r.stack.AddInterface(n)
			r.settings(i).entered = true
			members = append(members, rangeMember{built: i})
			continue
		}
		i, n, _ := parseKeptInterface(strings.Fields(name))
		if n == 0 || n < len(strings.Fields(name)) {
			return cli.InvalidAt("interfaces")
		}
		b, err := r.keptSection(i, "interface "+i.String())
		if err != nil {
			return refuse("%v", err)
		}
		members = append(members, rangeMember{kept: b})
	}
	c.Enter(modeRange, members)
	return nil
}

// rangeNames lists the interfaces of a range: names with a comma between, or with a
// hyphen and the number of the last.
func rangeNames(text string) (names []string, ok bool) {
	kind := ""
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		digits := strings.IndexAny(part, "0123456789")
		if digits < 0 {
			return nil, false
		}
		if digits > 0 {
			kind = strings.TrimSpace(part[:digits])
		}
		first, last, many := cutRange(part[digits:])
		slots, number := cutNumber(first)
		from, err := strconv.Atoi(number)
		if err != nil || kind == "" {
			return nil, false
		}
		to := from
		if many {
			_, number = cutNumber(last) // fa0/1 - fa0/4 and 0/4 are the same as 4
			if to, err = strconv.Atoi(number); err != nil || to < from {
				return nil, false
			}
		}
		if len(names)+to-from >= maxRange {
			return nil, false
		}
		for n := from; n <= to; n++ {
			names = append(names, kind+" "+slots+strconv.Itoa(n))
		}
	}
	return names, true
}

// cutRange parts the first and the last number of a range.
func cutRange(text string) (first, last string, many bool) {
	first, last, many = strings.Cut(text, "-")
	return strings.TrimSpace(first), strings.TrimSpace(last), many
}

// cutNumber parts the last number of a name from what is before it.
func cutNumber(name string) (before, number string) {
	n := len(name)
	for n > 0 && name[n-1] >= '0' && name[n-1] <= '9' {
		n--
	}
	return name[:n], name[n:]
}
