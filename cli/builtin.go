package cli

// doForm is the keyword `do`, after which EXEC's commands follow.
var doForm = mustForm(formDo, "do", "To run exec commands in config mode")

// mustForm compiles a form of the package's own.
func mustForm(kind formKind, grammar, help string) *form {
	s, err := parseGrammar(grammar, nil)
	if err != nil {
		panic(err)
	}
	for i, line := range helpLines(help) {
		s.tokens[i].help = line
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
		{Modes: exec, Grammar: "exit", Help: "Exit from the EXEC", Run: runLogout},
		{Modes: exec, Grammar: "quit", Help: "Exit from the EXEC", Run: runLogout, Hidden: true},
		{Modes: exec, Grammar: "logout", Help: "Exit from the EXEC", Run: runLogout},
		{Modes: append(exec, config...), Grammar: "help", Help: "Description of the interactive help system", Run: runHelp},
		{Modes: config, Grammar: "end", Help: "Exit from configure mode", Run: runEnd},
		{Modes: config, Grammar: "quit", Help: "Exit from configure mode", Run: runExit, Hidden: true},
		{
			Modes: exec, Grammar: "show history",
			Help: "Show running system information\nDisplay the session command history",
			Run:  runShowHistory,
		},
	}
	for _, m := range modes {
		if m.Name == ModeExec {
			continue
		}
		help := m.ExitHelp
		if help == "" {
			help = "Exit from configure mode"
		}
		rows = append(rows, Command{Modes: []string{m.Name}, Grammar: "exit", Help: help, Run: runExit})
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

const terminalHelp = "Set terminal line parameters"

var terminalRows = []Command{
	{
		Modes: []string{ModeExec}, Grammar: "terminal length <0-512>:length",
		Help: terminalHelp + "\nSet number of lines on a screen\nNumber of lines on screen (0 for no pausing)",
		Run:  runTerminalLength,
	},
	{
		Modes: []string{ModeExec}, Grammar: "terminal width <0-512>:width",
		Help: terminalHelp + "\nSet width of the display terminal\nNumber of characters on a screen line",
		Run:  runTerminalWidth,
	},
	{
		Modes: []string{ModeExec}, Grammar: "terminal history [ size <0-256>:size ]",
		Help: terminalHelp + "\nEnable and control the command history function\nSet history buffer size\nSize of history buffer",
		Run:  runTerminalHistory,
	},
	{
		Modes: []string{ModeExec}, Grammar: "terminal editing",
		Help: terminalHelp + "\nEnable command line editing",
		Run:  func(c *Call) error { c.Session.term.noEdit = false; return nil },
	},
	{
		Modes: []string{ModeExec}, Grammar: "terminal escape-character <0-255>:code",
		Help: terminalHelp + "\nChange the current line's escape character\nASCII value of the escape character",
		Run:  runTerminalEscape,
	},
	{
		Modes: []string{ModeExec}, Grammar: "terminal no ( editing | history | length | width )",
		Help: terminalHelp + "\nNegate a command or set its defaults\nEnable command line editing\nEnable and control the command history function\nSet number of lines on a screen\nSet width of the display terminal",
		Run:  runTerminalNo,
	},
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
	size := defaultHistory
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
		s.term.length = defaultLength
	case "width":
		s.term.width = defaultWidth
	}
	return nil
}
