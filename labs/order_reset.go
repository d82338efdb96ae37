package labs

import "github.com/ioslab/ioslab/labs/topology"

var resetRow = orderRow{
	name: "reset",
	form: "R1",
	help: "power-cycle that router",
	parse: func(p *orderParser) (action, error) {
		node, err := p.node(topology.Router)
		return reset{node}, err
	},
}

type reset struct{ node string }

// do resets the router in an event of its own, as the order may come from its console.
func (o reset) do(i *issue) (Pause, error) {
	l, n := i.lab, i.lab.Node(o.node)
	l.Loop.At(l.Loop.Now(), func() {
		n.Console().Fresh() // the next one begins in a line of its own
		n.causes()(func() {
			if err := n.boot(); err != nil {
				l.report(err)
			}
		})
	})
	return Pause{}, nil
}
