package labs

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs/console"
)

// comment handles a line that begins with `!` and was typed at a prompt: an order
// to the lab, or a comment.
func (n *Node) comment(c *cli.Call) error {
	if !IsOrder(c.Line) {
		return nil
	}
	o, err := ParseOrder(c.Line, n.lab.File)
	if err != nil {
		return fmt.Errorf("%% %w", err)
	}
	from := Source{At: n, Files: n.lab.opts.Files}
	if c.Origin == console.Remote {
		from.Files = nil
	}
	pause, err := n.lab.Perform(o, from, c.Print)
	if err != nil {
		return fmt.Errorf("%% %w", err)
	}
	if pause == (Pause{}) {
		return nil
	}
	return n.pause(c, pause)
}

// pause lets time pass in the command that an order is at a prompt.
func (n *Node) pause(c *cli.Call, p Pause) error {
	if p.Pattern == nil {
		return c.Sleep(p.Time)
	}
	missed := false
	err := c.Await(func(resume func()) func() {
		var unwatch, stop func()
		unwatch = n.Watch(p.Pattern, func() { stop(); resume() })
		stop = n.lab.Loop.After(p.Time, func() { unwatch(); missed = true; resume() })
		return func() { unwatch(); stop() }
	})
	if missed {
		err = p.Missed()
		n.lab.Failures = append(n.lab.Failures, err)
		return fmt.Errorf("%% %w", err)
	}
	return err
}
