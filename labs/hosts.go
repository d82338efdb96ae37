package labs

import (
	"io"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/host"
)

// plainHost is a host of package host as a device of a lab.
type plainHost struct {
	*host.Host
	node *Node
}

func newHost(n *Node) device {
	h := host.New(host.Options{
		Name:     n.Name,
		Clock:    n.proc,
		Rand:     func(purpose string) io.Reader { return n.lab.opts.Entropy.Stream(n.Name, purpose) },
		Terminal: n.terminal(),
	})
	return &plainHost{h, n}
}

func (h *plainHost) attach(name string, send func([]byte)) (*forwarding.Port, error) {
	return h.Attach(name, send)
}
func (h *plainHost) hostname() string           { return h.Hostname() }
func (h *plainHost) stack() *forwarding.Stack   { return h.Stack() }
func (h *plainHost) console() *cli.Session      { return h.Console() }
func (h *plainHost) caused(_ string, do func()) { do() }

// boot reports the commands that the host could not run.
func (h *plainHost) boot() error {
	var exec []string
	for _, e := range h.node.file.Exec {
		exec = append(exec, e.Command)
	}
	problems := h.Boot(exec)
	for _, p := range problems {
		e := h.node.file.Exec[p.Index]
		h.node.lab.report(passedOver(h.node.lab.File.Path, e.Line, h.Hostname()+": "+p.Message, e.Command, p.Column))
	}
	return nil
}
