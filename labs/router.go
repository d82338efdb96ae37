package labs

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/source"
)

// router is a router of package ios as a device of a lab.
type router struct {
	*ios.Router
	node  *Node
	nvram *nvram
}

func newRouter(n *Node) (device, error) {
	store := n.lab.newNVRAM(n.file)
	version := n.file.Version
	if version == "" {
		version = n.lab.opts.Version
	}
	r, err := ios.New(ios.Options{
		Name:       n.Name,
		Clock:      n.proc,
		Spend:      n.proc.Spend,
		Rand:       func(purpose string) io.Reader { return n.lab.opts.Entropy.Stream(n.Name, purpose) },
		Version:    version,
		NVRAM:      store,
		Flash:      &flash{node: n},
		Terminal:   n.terminal(),
		QuietUntil: n.lab.Loop.Now() + ios.BootTime,
	})
	if err != nil {
		return nil, wrongVersion(n.lab.File.Path, n.file, version)
	}
	return &router{r, n, store}, nil
}

func (r *router) attach(name string, send func([]byte)) (*forwarding.Port, error) {
	return r.Attach(name, send)
}
func (r *router) hostname() string               { return r.Hostname() }
func (r *router) stack() *forwarding.Stack       { return r.Stack() }
func (r *router) console() *cli.Session          { return r.Console() }
func (r *router) caused(order string, do func()) { r.Ordered(order, do) }

// boot reports the lines of the configuration that the router passed over; those over a
// limit, and those that it keeps, in one line each.
func (r *router) boot() error {
	problems, err := r.Boot()
	if err != nil {
		return err
	}
	kept, full := 0, 0
	var first ios.Problem // of those over a limit
	for _, p := range problems {
		switch {
		case p.Kept:
			kept++
			continue
		case p.Full:
			if full++; full == 1 {
				first = p
			}
			continue
		}
		r.node.lab.report(passedOver(r.nvram.loaded, p.Line, p.Message, p.Text, p.Column))
	}
	if full > 0 {
		r.node.lab.report(source.Errorf(r.nvram.loaded, first.Line, "%s from here on not kept: %s", lines(full), first.Message))
	}
	if kept > 0 {
		r.node.lab.report(source.Errorf(r.nvram.loaded, 0, "%s kept without effect (ioslab check lists them)", lines(kept)))
	}
	r.tellLoose()
	return nil
}

// tellLoose reports what is perhaps attached by another name than it is configured by.
func (r *router) tellLoose() {
	if !r.node.lab.opts.TellLoose {
		return
	}
	for _, name := range r.Loose() {
		r.node.lab.report(source.Errorf(r.nvram.loaded, 0, "warning: it configures %v, and nothing is attached to that", name))
	}
}

// lines is a number of lines in words.
func lines(n int) string {
	if n == 1 {
		return "1 line"
	}
	return strconv.Itoa(n) + " lines"
}

// passedOver shows the line, with the caret under what is wrong where IOS has one.
func passedOver(path string, line int, message, command string, column int) *source.Error {
	command, column = excerpt(command, column)
	text := message + "\n  " + command
	if column >= 0 {
		text += "\n  " + strings.Repeat(" ", column) + "^"
	}
	return source.Errorf(path, line, "%s", text)
}

// excerptLength is how much of a line is shown.
const excerptLength = 100

// excerpt is the part of a line around the caret, with a dot for what a terminal
// might take as an order. The caret's place in the line, in bytes, becomes the
// column that it is in.
func excerpt(line string, at int) (text string, column int) {
	if at > 0 {
		at = utf8.RuneCountInString(line[:min(at, len(line))])
	}
	shown := []rune(line)
	for i, c := range shown {
		if !unicode.IsPrint(c) {
			shown[i] = '.'
		}
	}
	if from := at - excerptLength/2; from > 0 && len(shown) > excerptLength {
		shown, at = shown[from:], at-from
	}
	column = at
	if at > 0 {
		column = 0
		for _, c := range shown[:at] {
			column += cli.Columns(c)
		}
	}
	return string(shown[:min(len(shown), excerptLength)]), column
}
