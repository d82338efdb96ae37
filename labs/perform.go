package labs

import (
	"fmt"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// Perform carries out an order that takes no time itself; print shows what it has
// to say. Wait and Until are for whoever lets the time pass. The error says why
// nothing came of it; the lab goes on.
func (l *Lab) Perform(o *Order, print func(text string)) error {
	switch o.Verb {
	case Press:
		n := l.Node(o.Node)
		n.Do(func() { n.Console().Keys(o.Keys) })
	case Link:
		if o.lists() {
			print(l.linkList())
		} else {
			l.ends[o.End].Change(o.Settings)
		}
	case After:
		l.Loop.At(l.Loop.Now()+o.Time, func() {
			if err := l.Perform(o.Then, print); err != nil {
				l.fail(err)
			}
		})
	case Capture:
		switch {
		case o.lists():
			print(l.captureList())
		case o.File != "":
			return l.capture(o.End, o.File)
		default:
			told, err := l.stopCapture(o.End)
			if err != nil {
				return err
			}
			print(told)
		}
	case Keys:
		return l.logKeys(o.File)
	case Console:
		if err := l.show(nil, l.Node(o.Node)); err != nil {
			print(err.Error() + "\n")
		}
	case Reset:
		// In an event of its own, as the order may come from that router's console.
		l.Loop.At(l.Loop.Now(), func() { l.reset(l.Node(o.Node)) })
	case Time:
		print(l.timeText())
	case Help:
		print(HelpText())
	}
	return nil
}

// show has the user, who said so at a console or nowhere, see another.
func (l *Lab) show(at, wanted *Node) error {
	if l.opts.Show == nil {
		return nil
	}
	return l.opts.Show(at, wanted)
}

func (l *Lab) reset(n *Node) {
	n.Console().Fresh() // the next one begins in a line of its own
	if err := n.boot(); err != nil {
		l.report(err)
	}
}

func (l *Lab) timeText() string {
	clock := "virtual"
	if !l.Loop.Virtual() {
		clock = "wall"
	}
	t := l.Loop.Now().Truncate(time.Millisecond)
	return fmt.Sprintf("%v since the start, %s clock\n", t, clock)
}

// Missed records that an `until` did not see its match.
func (l *Lab) Missed(o *Order) error {
	err := fmt.Errorf("no match of /%s/ in %v", o.PatternText(), o.Time)
	l.Failures = append(l.Failures, err)
	return err
}

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
	switch o.Verb {
	case Use:
		return fmt.Errorf("%% use stands in the first line of a transcript only")
	case Wait:
		return c.Sleep(o.Time)
	case Until:
		return n.until(c, o)
	case Console:
		return n.lab.show(n, n.lab.Node(o.Node))
	}
	if err := n.lab.Perform(o, c.Print); err != nil {
		return fmt.Errorf("%% %w", err)
	}
	return nil
}

// until waits, in the command that the order is here, for the console to print a match.
func (n *Node) until(c *cli.Call, o *Order) error {
	missed := false
	err := c.Await(func(resume func()) func() {
		var unwatch, stop func()
		unwatch = n.Watch(o.Pattern, func() { stop(); resume() })
		stop = n.lab.Loop.After(o.Time, func() { unwatch(); missed = true; resume() })
		return func() { unwatch(); stop() }
	})
	if missed {
		return fmt.Errorf("%% %w", n.lab.Missed(o))
	}
	return err
}
