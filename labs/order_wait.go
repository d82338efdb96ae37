package labs

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

var waitRow = orderRow{
	name:  "wait",
	form:  "30s",
	help:  "let time pass",
	waits: true,
	parse: func(p *orderParser) (action, error) {
		d, err := p.duration()
		return Pause{Time: d}, err
	},
}

var untilRow = orderRow{
	name:  "until",
	form:  "/REGEXP/ [60s]",
	help:  "let time pass until the console prints a match",
	waits: true,
	parse: parseUntil,
}

// multiline has ^ and $ of a pattern match at each line.
const multiline = "(?m)"

// defaultUntil is how long `until` waits where it does not say.
const defaultUntil = 60 * time.Second

func parseUntil(p *orderParser) (action, error) {
	p.rest = strings.TrimLeft(p.rest, " \t")
	end := strings.LastIndexByte(p.rest, '/')
	if !strings.HasPrefix(p.rest, "/") || end < 1 {
		return nil, p.wrong("has no pattern")
	}
	pattern, err := regexp.Compile(multiline + p.rest[1:end])
	if err != nil {
		return nil, fmt.Errorf("%s is not a pattern (%v): want a regular expression as of Go", p.rest[:end+1], err)
	}
	p.rest = p.rest[end+1:]
	pause := Pause{Time: defaultUntil, Pattern: pattern}
	if !p.atEnd() {
		pause.Time, err = p.duration()
	}
	return pause, err
}

// do is for both orders: a pause is all that they are.
func (p Pause) do(*issue) (Pause, error) { return p, nil }
