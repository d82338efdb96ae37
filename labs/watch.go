package labs

import (
	"bytes"
	"io"
	"regexp"
	"slices"

	"github.com/ioslab/ioslab/cli"
)

// maxWatched bounds what a watch keeps of a console's output.
const maxWatched = 1 << 16

// A watch waits for a console to print a match.
type watch struct {
	pattern *regexp.Regexp
	seen    []byte
	hit     func()
}

// Watch calls hit once, as soon as what the console prints from now on matches.
func (n *Node) Watch(pattern *regexp.Regexp, hit func()) (stop func()) {
	w := &watch{pattern: pattern, hit: hit}
	n.watches = append(n.watches, w)
	return func() {
		n.watches = slices.DeleteFunc(n.watches, func(o *watch) bool { return o == w })
	}
}

// printed shows text to the watches.
func (n *Node) printed(text []byte) {
	for _, w := range slices.Clone(n.watches) {
		w.seen = append(w.seen, text...)
		if len(w.seen) > maxWatched {
			w.seen = append([]byte(nil), w.seen[len(w.seen)-maxWatched/2:]...)
		}
		if w.pattern.Match(w.seen) {
			n.watches = slices.DeleteFunc(n.watches, func(o *watch) bool { return o == w })
			w.hit()
		}
	}
}

// terminal returns the options of the node's console: the user's terminal with
// the watches in front of it, and the lab's orders.
func (n *Node) terminal() cli.Options {
	o := n.lab.opts.Terminal(n)
	if o.Script != nil {
		o.Script = watchedScript{o.Script, n}
	} else {
		o.Out = watchedOut{o.Out, n}
	}
	o.Comment = n.comment
	return o
}

type watchedOut struct {
	io.Writer
	node *Node
}

func (w watchedOut) Write(b []byte) (int, error) {
	if len(w.node.watches) > 0 {
		w.node.printed(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	}
	if w.Writer == nil {
		return len(b), nil
	}
	return w.Writer.Write(b)
}

type watchedScript struct {
	cli.ScriptSink
	node *Node
}

func (w watchedScript) Echo(prompt, line string) {
	w.node.printed([]byte(prompt + line + "\n"))
	w.ScriptSink.Echo(prompt, line)
}

func (w watchedScript) Output(text string) {
	w.node.printed([]byte(text))
	w.ScriptSink.Output(text)
}

func (w watchedScript) Log(record string) {
	w.node.printed([]byte(record + "\n"))
	w.ScriptSink.Log(record)
}
