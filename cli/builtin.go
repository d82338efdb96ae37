package cli

// doForm is the keyword `do`, after which EXEC's commands follow.
var doForm = mustForm(formDo, `do "An EXEC command from here"`)

// mustForm compiles a form of the package's own.
func mustForm(kind formKind, grammar string) *form {
	s, err := parseGrammar(grammar, nil)
	if err != nil {
		panic(err)
	}
	return s.form(&Command{Grammar: grammar}, kind, nil)
}

// builtins are the commands that every such shell has.
func builtins(modes []Mode) []Command {
	var config []string
	for _, m := range modes {
		if m.Name != ModeExec {
			config = append(config, m.Name)
		}
	}
	exec := []string{ModeExec}
	rows := []Command{
		{Modes: exec, Grammar: `exit "Exit from EXEC"`, Run: runLogout},
		{Modes: exec, Grammar: `quit "Exit from EXEC"`, Run: runLogout, Hidden: true},
		{Modes: exec, Grammar: `logout "Exit from EXEC"`, Run: runLogout},
		{Modes: append(exec, config...), Grammar: `help "How help works"`, Run: runHelp},
		{Modes: config, Grammar: `end "Back to EXEC"`, Run: runEnd},
		{Modes: config, Grammar: `quit "Back to EXEC"`, Run: runExit, Hidden: true},
		{Modes: exec, Grammar: `show "Show running system information" history "Lines typed before"`, Run: runShowHistory},
	}
	for _, m := range modes {
		if m.Name == ModeExec {
			continue
		}
		help := m.ExitHelp
		if help == "" {
			help = "Back to EXEC"
		}
		rows = append(rows, Command{Modes: []string{m.Name}, Grammar: `exit "` + help + `"`, Run: runExit})
	}
	return append(rows, terminalRows...)
}

func runLogout(c *Call) error {
	c.Session.logout()
	return nil
}

func runEnd(c *Call) error {
	c.Session.End()
	return nil
}

func runExit(c *Call) error {
	c.Session.Leave()
	return nil
}

func runHelp(c *Call) error {
	c.Print(`Help is there at any point of a command: type a question mark (?).
If nothing fits there, back up until ? shows what may be typed.
Two kinds of help are given:
1. Where a word may begin (as in 'show ?') each word that may
   follow is listed with what it means.
2. In the middle of a word (as in 'show pr?') the words that
   begin like that are listed.

`)
	return nil
}

func runShowHistory(c *Call) error {
	for _, line := range c.Session.history().lines {
		c.Println("  " + line)
	}
	return nil
}

// terminalRow is a command about the terminal of the session.
func terminalRow(grammar string, run func(*Call) error) Command {
	return Command{Modes: []string{ModeExec}, Grammar: `terminal "Terminal settings" ` + grammar, Run: run}
}

var terminalRows = []Command{
	terminalRow(`length "Lines of a page" <0-512>:length "Lines, 0 to show all at once"`, runTerminalLength),
	terminalRow(`width "Columns of the screen" <0-512>:width "Columns"`, runTerminalWidth),
	terminalRow(`history "Lines typed before" [ size "How many lines are kept" <0-256>:size "Lines" ]`, runTerminalHistory),
	terminalRow(`editing "Editing keys"`, func(c *Call) error { c.Session.term.noEdit = false; return nil }),
	terminalRow(`escape-character "Key that interrupts a command" <0-255>:code "ASCII code of the key"`, runTerminalEscape),
	terminalRow(`
		no           "Negate a command"
		( editing    "Editing keys"
		| history    "Lines typed before"
		| length     "Lines of a page"
		| width      "Columns of the screen" )`, runTerminalNo),
}

func runTerminalLength(c *Call) error {
	c.Session.SetLength(c.Int("length"))
	return nil
}

func runTerminalWidth(c *Call) error {
	c.Session.SetWidth(c.Int("width"))
	return nil
}

func runTerminalHistory(c *Call) error {
	size := DefaultHistory
	if c.Has("size") {
		size = c.Int("size")
	}
	c.Session.SetHistory(size)
	return nil
}

func runTerminalEscape(c *Call) error {
	c.Session.escape = Key(c.Int("code"))
	return nil
}

func runTerminalNo(c *Call) error {
	s := c.Session
	switch c.Which("editing", "history", "length", "width") {
	case "editing":
		s.term.noEdit = true
	case "history":
		s.SetHistory(0)
	case "length":
		s.term.length = DefaultLength
	case "width":
		s.term.width = DefaultWidth
	}
	return nil
}
