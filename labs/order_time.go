package labs

import (
	"fmt"
	"time"
)

var timeRow = orderRow{
	name:  "time",
	help:  "the time since the start and the clock",
	parse: func(*orderParser) (action, error) { return tellTime{}, nil },
}

type tellTime struct{}

func (tellTime) do(i *issue) (Pause, error) {
	clock := "virtual"
	if !i.lab.Loop.Virtual() {
		clock = "wall"
	}
	i.print(fmt.Sprintf("%v since the start, %s clock\n", i.lab.Loop.Now().Truncate(time.Millisecond), clock))
	return Pause{}, nil
}
