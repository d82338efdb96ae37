package labs

import (
	"fmt"
	"time"
)

var afterRow = orderRow{
	name:  "after",
	form:  "20s ORDER",
	help:  "give another order when that much time has passed",
	parse: parseAfter,
}

type after struct {
	time time.Duration
	then *Order
}

func parseAfter(p *orderParser) (action, error) {
	d, err := p.duration()
	if err != nil {
		return nil, err
	}
	then, err := p.order()
	if err != nil {
		return nil, err
	}
	if then.row.waits || then.Use() != nil {
		return nil, fmt.Errorf("%s cannot be given later: want another order after the time", then.row.name)
	}
	return after{d, then}, nil
}

func (o after) touchesHost() bool { return o.then.touchesHost() }

func (o after) do(i *issue) (Pause, error) {
	l, from, print := i.lab, Source{Files: i.Files}, i.print
	l.Loop.At(l.Loop.Now()+o.time, func() {
		if _, err := l.Perform(o.then, from, print); err != nil {
			l.fail(err)
		}
	})
	return Pause{}, nil
}
