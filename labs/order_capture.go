package labs

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/labs/topology"
)

var captureRow = orderRow{
	name:  "capture",
	form:  "[R1:FastEthernet0/0 FILE.pcapng|stop]",
	help:  "write what that end of a link sends and receives to a file; alone: list the captures",
	parse: parseCapture,
}

func parseCapture(p *orderParser) (action, error) {
	if p.atEnd() {
		return listCaptures{}, nil
	}
	end, err := p.linkEnd()
	if err != nil {
		return nil, err
	}
	switch file := p.path(); file {
	case "":
		return nil, p.wrong("names no file")
	case "stop":
		return stopCapture{end}, nil
	default:
		return startCapture{end, file}, nil
	}
}

// ParseCapture parses a capture as the command line has it, IF=FILE, and returns the
// order that begins it. IF is an end of a link as orders name it; in a lab of one node
// its interface does.
func ParseCapture(text string, lab *topology.File) (*Order, error) {
	port, file, ok := strings.Cut(text, "=")
	if !ok || file == "" {
		return nil, fmt.Errorf("capture %q names no file: want IF=FILE, such as R1:FastEthernet0/0=first.pcapng, or - as the file for standard output", text)
	}
	if len(lab.Nodes) == 1 && !strings.Contains(port, ":") {
		port = lab.Nodes[0].Name + ":" + port
	}
	p := &orderParser{lab: lab, row: &captureRow, rest: port}
	end, err := p.linkEnd()
	if err != nil {
		return nil, err
	}
	return &Order{OrderPrefix + " capture", &captureRow, startCapture{end, file}}, nil
}

type startCapture struct {
	end  topology.Endpoint
	file string
}

func (startCapture) touchesHost() bool { return true }

func (o startCapture) do(i *issue) (Pause, error) {
	return Pause{}, i.lab.capture(o.end, i.Files, o.file)
}

type stopCapture struct{ end topology.Endpoint }

func (stopCapture) touchesHost() bool { return true }

// do prints what has been captured.
func (o stopCapture) do(i *issue) (Pause, error) {
	told, err := i.lab.stopCapture(o.end)
	if err == nil {
		i.print(told)
	}
	return Pause{}, err
}

type listCaptures struct{}

// do prints a line for each interface that is captured.
func (listCaptures) do(i *issue) (Pause, error) {
	var b strings.Builder
	for _, f := range i.lab.captures {
		for _, u := range f.uses {
			b.WriteString(u.text())
		}
	}
	if b.Len() == 0 {
		b.WriteString("Nothing is captured.\n")
	}
	i.print(b.String())
	return Pause{}, nil
}

// text is how much has been captured.
func (u *captureUse) text() string {
	frames := "frames"
	n := u.file.out.Frames(u.number)
	if n == 1 {
		frames = "frame"
	}
	return fmt.Sprintf("%d %s of %v in %s\n", n, frames, u.end, u.file.name)
}
