package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/bufcap"
)

var showCaptureCommands = []cli.Command{
	privileged("show monitor capture buffer ( all | WORD:buffername ) [ ( parameters | dump ) ]",
		showHelp+captureBufferShowHelp+"All buffers\nName of the buffer\nWhat it was told to keep\nThe packets in hexadecimal", showCaptureBuffer),
	privileged("show monitor capture point ( all | WORD:pointname )",
		showHelp+monitorHelp+"Where packets are copied\nAll points\nName of the point", showCapturePoint),
}

const captureBufferShowHelp = monitorHelp + "Where the copies are kept\n"

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
