package replay

import (
	"strings"

	"github.com/ioslab/ioslab/labs"
)

// A screen is what the reader sees: the transcript as it is printed anew.
type screen struct {
	text    strings.Builder
	column  bool // something stands in the last line
	current *labs.Node
}

// print adds text at the cursor.
func (s *screen) print(text string) {
	if text == "" {
		return
	}
	s.text.WriteString(text)
	s.column = !strings.HasSuffix(text, "\n")
}

// line adds a line of its own.
func (s *screen) line(text string) {
	s.fresh()
	s.print(text + "\n")
}

// fresh goes to the first column.
func (s *screen) fresh() {
	if s.column {
		s.print("\n")
	}
}

// A console passes on what one node prints: to the screen while the reader looks
// at that console, else into what is kept for when he does.
type console struct {
	screen *screen
	node   *labs.Node
	kept   strings.Builder
	recent []string // lines of output since a command was last typed here
	part   string   // of such a line
}

func (c *console) show(text string, fresh bool) {
	if c.screen.current == c.node {
		if fresh {
			c.screen.fresh()
		}
		c.screen.print(text)
		return
	}
	if kept := c.kept.String(); fresh && kept != "" && !strings.HasSuffix(kept, "\n") {
		c.kept.WriteByte('\n')
	}
	c.kept.WriteString(text)
}

func (c *console) remember(text string) {
	lines := strings.Split(c.part+text, "\n")
	c.recent = append(c.recent, lines[:len(lines)-1]...)
	c.part = lines[len(lines)-1]
}

// Echo is a line typed at a prompt or a question.
func (c *console) Echo(prompt, line string) { c.show(prompt+line+"\n", true) }

// Output is what a command printed.
func (c *console) Output(text string) {
	c.remember(text)
	c.show(text, false)
}

// Log is a record with its continuation lines: it starts in the first column and
// stays in one piece.
func (c *console) Log(record string) { c.show(record+"\n", true) }

// turnTo makes this the console that the reader looks at; what was kept appears. A
// line that has not ended goes on there.
func (c *console) turnTo() {
	if c.screen.current == c.node {
		return
	}
	c.screen.current = c.node
	c.screen.fresh()
	c.screen.print(c.kept.String())
	c.kept.Reset()
}
