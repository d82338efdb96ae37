package labs

import (
	"io"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/host"
	"github.com/ioslab/ioslab/labs/source"
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
func (h *plainHost) hostname() string      { return h.Hostname() }
func (h *plainHost) console() *cli.Session { return h.Console() }

// boot reports the commands that the host could not run.
func (h *plainHost) boot() error {
	var exec []string
	for _, e := range h.node.file.Exec {
		exec = append(exec, e.Command)
	}
	problems := h.Boot(exec)
	for _, e := range h.node.file.Exec {
		if len(problems) > 0 && problems[0].Command == e.Command {
			h.node.lab.report(source.Errorf(h.node.lab.File.Path, e.Line, "%s: %s: %s", h.Hostname(), e.Command, problems[0].Message))
			problems = problems[1:]
		}
	}
	return nil
}
