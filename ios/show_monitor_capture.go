package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/bufcap"
)

var showCaptureCommands = []cli.Command{
	privileged(`show monitor capture
		buffer             "Capture buffer"
		( all              "All buffers"
		| WORD:buffername  "Name of the buffer" )
		[ ( parameters     "Parameters of the buffer"
		  | dump           "The packets in hexadecimal" ) ]`, showCaptureBuffer),
	privileged(`show monitor capture
		point             "Capture point"
		( all             "All points"
		| WORD:pointname  "Name of the point" )`, showCapturePoint),
}

func showCaptureBuffer(r *Router, c *cli.Call) error {
	buffers := r.captures.buffers
	if c.Has("buffername") {
		b, err := r.typedBuffer(c)
		if err != nil {
			return err
		}
		buffers = []*bufcap.Buffer{b}
	}
	for _, b := range buffers {
		switch {
		case c.Has("parameters"):
			c.Print(b.Parameters(r.captures.pointsOf(b)) + "\n")
		case c.Has("dump"):
			c.Print(b.Dump())
		default:
			for _, e := range b.Elements() {
				c.Println(e.Heading())
			}
		}
	}
	return nil
}

func showCapturePoint(r *Router, c *cli.Call) error {
	points := r.captures.points
	if c.Has("pointname") {
		p, err := r.typedPoint(c)
		if err != nil {
			return err
		}
		points = []*bufcap.Point{p}
	}
	for _, p := range points {
		c.Print(p.Text() + "\n")
	}
	return nil
}
