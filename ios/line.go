package ios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
)

const modeLine = "config-line"

// line is a `line con`, `line aux` or a range of `line vty`.
type line struct {
	kind        string // con, aux, vty
	first, last int
	password    password
	login       loginKind
	synchronous bool
	timeout     time.Duration // `exec-timeout`; 0 for never
	history     int           // -1 for the default
	length      int           // -1 for the default
	width       int           // -1 for the default
	privilege   int
	transport   string // `transport input`, "" for the default; nothing comes in by the network yet
}

// loginKind is how a line asks who is there.
type loginKind int

const (
	noLogin    loginKind = iota
	lineLogin            // `login`: the line's password
	localLogin           // `login local`: a username
)

// defaultTimeout is `exec-timeout` unless configured.
const defaultTimeout = 10 * time.Minute

func newLine(kind string, first, last int) line {
	l := line{
		kind: kind, first: first, last: last, timeout: defaultTimeout, privilege: cli.UserLevel,
		history: -1, length: -1, width: -1,
	}
	if kind == "vty" {
		l.login = lineLogin
	}
	return l
}

// asks reports whether the line asks its user for a password or a name. A
// line that is to ask for a password and has none does not, until it has.
func (l *line) asks() bool {
	return l.login == localLogin || l.login == lineLogin && l.password.set()
}

// lineBase is the number of the first line of a kind among all lines, as on
// the platform.
var lineBase = map[string]int{"con": 0, "aux": 65, "vty": 66}

func defaultLines() []line {
	return []line{newLine("con", 0, 0), newLine("aux", 0, 0), newLine("vty", 0, 4)}
}

func (l *line) name() string {
	if l.last > l.first {
		return fmt.Sprintf("line %s %d %d", l.kind, l.first, l.last)
	}
	return fmt.Sprintf("line %s %d", l.kind, l.first)
}

var lineCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `
			line             "Configure a line"
			( console        "Console line"
			  0              "First Line number"
			| aux            "Auxiliary line"
			  0              "First Line number"
			| vty            "Virtual terminal"
			  <0-15>:first   "First Line number"
			  [ <1-15>:last  "Last Line number" ] )`,
		Header: true, Run: on(enterLine),
		Examples: []string{"line con 0", "line vty 0 4"},
	},
	loginRow,
	lineRow(`
		password   "Password of the line"
		[ ( 0      "The password follows as it is"
		  | 7      "An obscured password follows" ) ]
		LINE:text  "The password"`,
		func(r *Router, l *line, c *cli.Call) error {
			p, err := r.typedPassword(c.Which("0", "7"), c.Str("text"))
			if err != nil {
				return refuse("Invalid encrypted password")
			}
			l.password = p
			return nil
		},
		func(l *line) { l.password = password{} }, "password cisco"),
	lineRow(`logging "Log" synchronous "Show the line that is being typed again after a record"`,
		func(_ *Router, l *line, _ *cli.Call) error { l.synchronous = true; return nil },
		func(l *line) { l.synchronous = false }, "logging synchronous"),
	lineRow(`
		transport  "Protocols of the line"
		input      "Incoming protocols"
		( all      "All protocols"
		| none     "No protocols"
		| ssh      "SSH protocol"
		| telnet   "Telnet protocol"
		  [ ssh    "SSH protocol" ] )`,
		func(_ *Router, l *line, c *cli.Call) error {
			l.transport = c.Which("all", "none", "telnet", "ssh")
			if c.Has("telnet") && c.Has("ssh") {
				l.transport = "telnet ssh"
			}
			return nil
		},
		func(l *line) { l.transport = "" }, "transport input telnet ssh", "transport input ssh"),
	timeoutRow,
	standard(lineRow(`history "Lines typed before" size "How many lines are kept" <0-256>:size "Lines"`,
		func(_ *Router, l *line, c *cli.Call) error { l.history = c.Int("size"); return nil },
		func(l *line) { l.history = -1 }, "history size 50"), "history size 10"),
	standard(lineRow(`length "Lines of a page" <0-512>:lines "Lines, 0 to show all at once"`,
		func(_ *Router, l *line, c *cli.Call) error { l.length = c.Int("lines"); return nil },
		func(l *line) { l.length = -1 }, "length 0"), "length 24"),
	standard(lineRow(`width "Columns of the screen" <0-512>:columns "Columns"`,
		func(_ *Router, l *line, c *cli.Call) error { l.width = c.Int("columns"); return nil },
		func(l *line) { l.width = -1 }, "width 132"), "width 80"),
	standard(lineRow(`
		privilege     "Level of privilege of the line"
		level         "Privilege level of users"
		<0-15>:level  "The level"`,
		func(_ *Router, l *line, c *cli.Call) error { l.privilege = c.Int("level"); return nil },
		func(l *line) { l.privilege = cli.UserLevel }, "privilege level 15"), "privilege level 1"),
}

// loginRow and timeoutRow differ in that their default is not their `no` form.
var loginRow = standard(withDefault(
	lineRow(`login "Require a login" [ local "Against the local usernames" ]`,
		func(_ *Router, l *line, c *cli.Call) error {
			l.login = lineLogin
			if c.Has("local") {
				l.login = localLogin
			} else if !l.password.set() {
				for n := l.first; n <= l.last; n++ {
					c.Printf("%% Login disabled on line %d, until 'password' is set\n", lineBase[l.kind]+n)
				}
			}
			return nil
		},
		func(l *line) { l.login = noLogin }, "login local"),
	func(l *line) { l.login = newLine(l.kind, l.first, l.last).login }), "login")

var timeoutRow = standard(withDefault(
	lineRow(`
		exec-timeout           "Timeout of idle sessions"
		<0-35791>:minutes      "Timeout in minutes"
		[ <0-2147483>:seconds  "Timeout in seconds" ]`,
		func(_ *Router, l *line, c *cli.Call) error {
			l.timeout = time.Duration(c.Int("minutes"))*time.Minute + time.Duration(c.Int("seconds"))*time.Second
			return nil
		},
		func(l *line) { l.timeout = 0 }, "exec-timeout 5 30"),
	func(l *line) { l.timeout = defaultTimeout }), "exec-timeout 10", "exec-timeout 10 0")

// withDefault gives a row a default form of its own.
func withDefault(row cli.Command, reset func(*line)) cli.Command {
	row.Default = on(func(r *Router, c *cli.Call) error {
		for _, l := range r.linesOf(c.Data().(lineRange)) {
			reset(l)
		}
		r.applyConsoleLine()
		return nil
	})
	return row
}

// lineRow is a command of line configuration, applied to every line of the
// range that the session is in. Its `no` form takes any arguments.
func lineRow(grammar string, set func(*Router, *line, *cli.Call) error, unset func(*line), examples ...string) cli.Command {
	row := cli.Command{
		Modes: []string{modeLine}, Grammar: grammar, Examples: examples,
		Run: on(func(r *Router, c *cli.Call) error {
			for _, l := range r.linesOf(c.Data().(lineRange)) {
				if err := set(r, l, c); err != nil {
					return err
				}
			}
			r.applyConsoleLine()
			return nil
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			for _, l := range r.linesOf(c.Data().(lineRange)) {
				unset(l)
			}
			r.applyConsoleLine()
			return nil
		}),
	}
	if strings.ContainsAny(grammar, "<[") { // more than keywords
		row.No = row.Words() + ` [ LINE:rest "Current values" ]`
	}
	return row
}

// lineRange is the data of line configuration mode.
type lineRange struct {
	kind        string
	first, last int
}

func enterLine(r *Router, c *cli.Call) error {
	g := lineRange{kind: "con"}
	switch {
	case c.Has("aux"):
		g.kind = "aux"
	case c.Has("vty"):
		g = lineRange{"vty", c.Int("first"), max(c.Int("last"), c.Int("first"))}
		r.splitVTYs(g)
	}
	c.Enter(modeLine, g)
	return nil
}

// splitVTYs makes the ranges of vty lines such that g is made of whole ones.
func (r *Router) splitVTYs(g lineRange) {
	var vtys []line
	end := -1
	for _, l := range r.config.lines {
		if l.kind != "vty" {
			continue
		}
		for _, cut := range []int{g.first, g.last + 1} {
			if l.first < cut && cut <= l.last {
				left := l
				left.last = cut - 1
				vtys = append(vtys, left)
				l.first = cut
			}
		}
		vtys = append(vtys, l)
		end = l.last
	}
	if g.last > end {
		vtys = append(vtys, newLine("vty", end+1, g.last))
	}
	lines := r.config.lines[:0:0]
	for _, l := range r.config.lines {
		if l.kind != "vty" {
			lines = append(lines, l)
		}
	}
	r.config.lines = append(lines, vtys...)
}

func (r *Router) linesOf(g lineRange) []*line {
	var out []*line
	for i := range r.config.lines {
		if l := &r.config.lines[i]; l.kind == g.kind && l.first >= g.first && l.last <= g.last {
			out = append(out, l)
		}
	}
	return out
}

// consoleLine is `line con 0`.
func (r *Router) consoleLine() *line { return r.linesOf(lineRange{kind: "con"})[0] }

// applyConsoleLine gives the console's session what `line con 0` says.
func (r *Router) applyConsoleLine() {
	l := r.consoleLine()
	s := r.console
	if s == nil {
		return // the startup configuration is being read
	}
	s.Synchronous = l.synchronous
	s.SetExecTimeout(l.timeout)
	if l.history >= 0 {
		s.SetHistory(l.history)
	}
	if l.length >= 0 {
		s.SetLength(l.length)
	}
	if l.width >= 0 {
		s.SetWidth(l.width)
	}
}

func printLines(r *Router, w *writer) {
	for i := range r.config.lines {
		l := &r.config.lines[i]
		w.line("%s", l.name())
		if l.timeout != defaultTimeout {
			w.line(" exec-timeout %d %d", l.timeout/time.Minute, l.timeout%time.Minute/time.Second)
		}
		if l.privilege != cli.UserLevel {
			w.line(" privilege level %d", l.privilege)
		}
		if l.password.set() {
			w.line(" password %s", l.password.config())
		}
		if l.synchronous {
			w.line(" logging synchronous")
		}
		switch {
		case l.login == localLogin:
			w.line(" login local")
		case l.login == lineLogin:
			w.line(" login")
		case l.kind == "vty":
			w.line(" no login")
		}
		if l.transport != "" {
			w.line(" transport input %s", l.transport)
		}
		if l.history >= 0 && l.history != cli.DefaultHistory {
			w.line(" history size %d", l.history)
		}
		if l.length >= 0 && l.length != cli.DefaultLength {
			w.line(" length %d", l.length)
		}
		if l.width >= 0 && l.width != cli.DefaultWidth {
			w.line(" width %d", l.width)
		}
		printKeptLines(r, keptOwner{modeLine, lineRange{l.kind, l.first, l.last}}, w)
	}
	w.bang()
}
