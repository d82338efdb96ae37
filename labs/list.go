package labs

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/labs/topology"
)

// lists says whether an order about links or captures lists them.
func (o *Order) lists() bool { return o.End == topology.Endpoint{} }

// linkList is a line for each link: its ends, and the orders that would make it what it is.
func (l *Lab) linkList() string {
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
		return "There are no links.\n"
	}
	return b.String()
}

// captureList is a line for each interface that is captured.
func (l *Lab) captureList() string {
	var b strings.Builder
	for _, f := range l.captures {
		for _, u := range f.uses {
			b.WriteString(u.text())
		}
	}
	if b.Len() == 0 {
		return "Nothing is captured.\n"
	}
	return b.String()
}

// text tells what has been captured.
func (u *captureUse) text() string {
	frames := "frames"
	n := u.file.out.Frames(u.number)
	if n == 1 {
		frames = "frame"
	}
	return fmt.Sprintf("%d %s of %v in %s\n", n, frames, u.end, u.file.name)
}
