package labs

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/topology"
)

var linkRow = orderRow{
	name:  "link",
	form:  "[R1:FastEthernet0/0 down|up|loss=30%|delay=50ms|jitter=5ms|rate=1mbit]",
	help:  "change the link at that end (0 takes a loss, delay, jitter or rate back); alone: list the links",
	parse: parseLink,
}

type linkChange struct {
	end      topology.Endpoint
	settings link.Settings
}

func parseLink(p *orderParser) (action, error) {
	if p.atEnd() {
		return listLinks{}, nil
	}
	var o linkChange
	var err error
	if o.end, err = p.linkEnd(); err != nil {
		return nil, err
	}
	if p.atEnd() {
		return nil, p.wrong("changes nothing")
	}
	for w := p.word(); w != ""; w = p.word() {
		name, value, pair := strings.Cut(w, "=")
		if !pair {
			name, value = "state", w
		}
		if pair && name == "state" || !pair && w != "up" && w != "down" {
			return nil, p.wrong("does not know %q", w)
		}
		if err := o.settings.Set(name, value); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o linkChange) do(i *issue) (Pause, error) {
	i.lab.ends[o.end].Change(o.settings)
	return Pause{}, nil
}

type listLinks struct{}

// do prints a line for each link: its ends, and the settings that would make it what it is.
func (listLinks) do(i *issue) (Pause, error) {
	l := i.lab
	var width [2]int
	for _, k := range l.File.Links {
		for i, e := range k.Ends {
			width[i] = max(width[i], len(e.String()))
		}
	}
	var b strings.Builder
	for _, k := range l.File.Links {
		fmt.Fprintf(&b, "%-*v  %-*v  %v", width[0], k.Ends[0], width[1], k.Ends[1], l.ends[k.Ends[0]].Settings())
		for _, e := range k.Ends {
			if l.ends[e].Off() {
				fmt.Fprintf(&b, " (%v is off)", e)
			}
		}
		b.WriteString("\n")
	}
	if b.Len() == 0 {
		b.WriteString("There are no links.\n")
	}
	i.print(b.String())
	return Pause{}, nil
}
