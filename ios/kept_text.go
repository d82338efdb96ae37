package ios

import (
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/kept"
)

// keptText is the row of a command that is kept with the text that follows it.
func keptText(t *kept.Text, mode string, in keptPlace) cli.Command {
	row := cli.Command{
		Modes: []string{mode}, Grammar: t.Grammar, No: strings.Replace(t.Grammar, "LINE:text", "[ LINE:text ]", 1), Kept: keptHelp,
		Run: on(func(r *Router, c *cli.Call) error {
			b, command := in(r, c), textCommand(c)
			lines, err := readKeptText(t, c, command)
			if err != nil {
				return err
			}
			if err := b.SetText(command, lines); err != nil {
				return r.refuseFull(err)
			}
			if mode == modeConfig || mode == modeLine {
				r.noteKept(c, c.Lead())
			} else {
				r.noteKept(c, "")
			}
			return nil
		}),
		Unset: on(func(r *Router, c *cli.Call) error { in(r, c).Remove(textCommand(c)); return nil }),
	}
	return row
}

// textCommand is the command without the text that was typed behind it.
func textCommand(c *cli.Call) string {
	return strings.TrimSpace(strings.TrimSuffix(c.Spelled(), c.Str("text")))
}

// readKeptText reads the text of a command, and returns the lines by which it reloads.
func readKeptText(t *kept.Text, c *cli.Call, command string) ([]string, error) {
	if t.End == "" {
		text, err := c.Delimited("text")
		delim := bannerDelimiter(text)
		return strings.Split(command+" "+delim+text+delim, "\n"), err
	}
	c.Printf("Enter macro commands one per line.  End with the character '%s'.\n", t.End)
	text, err := c.ReadUntil(t.End)
	return strings.Split(command+"\n"+text+t.End, "\n"), err
}
