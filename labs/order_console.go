package labs

import "github.com/ioslab/ioslab/labs/topology"

var consoleRow = orderRow{
	name: "console",
	form: "R3",
	help: "show that console",
	parse: func(p *orderParser) (action, error) {
		node, err := p.node(topology.Router, topology.Host)
		return showConsole{node}, err
	},
}

type showConsole struct{ node string }

func (o showConsole) do(i *issue) (Pause, error) {
	if i.lab.opts.Show == nil {
		return Pause{}, nil
	}
	err := i.lab.opts.Show(i.At, i.lab.Node(o.node))
	if err != nil && i.At == nil { // its time came when another console was on the screen: no failure
		i.print("% " + err.Error() + "\n")
		err = nil
	}
	return Pause{}, err
}
