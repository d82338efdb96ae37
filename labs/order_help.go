package labs

import (
	"fmt"
	"strings"
)

var helpRow = orderRow{
	name:  "help",
	help:  "these orders",
	parse: func(*orderParser) (action, error) { return help{}, nil },
}

type help struct{}

func (help) do(i *issue) (Pause, error) {
	i.print(HelpText())
	return Pause{}, nil
}

// HelpText lists the orders. Its lines are indented: in a transcript one that began
// with an order would be carried out.
func HelpText() string {
	var b strings.Builder
	for _, r := range orders {
		fmt.Fprintf(&b, "  %s\n      %s\n", r.usage(), r.help)
	}
	return b.String()
}
