package ios

import (
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/bufcap"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var capturePointCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `monitor capture point ip
			cef                    "CEF-switched packets"
			WORD:pointname         "Name of the point"
			( INTERFACE:interface  "Interface"
			| all                  "All interfaces" )
			( both                 "Coming in and going out"
			| in                   "Coming in"
			| out                  "Going out" )`,
		No:  `monitor capture point ip cef WORD:pointname [ LINE:rest "Current values" ]`,
		Run: on(makeCapturePoint), Unset: on(removeCapturePoint),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `monitor capture point ip
			process-switched  "Process-switched packets"
			WORD:pointname    "Name of the point"
			( both            "Coming in and going out"
			| in              "Coming in"
			| out             "Going out"
			| from-us         "Packets sent by this router" )`,
		No:  `monitor capture point ip process-switched WORD:pointname [ LINE:rest "Current values" ]`,
		Run: on(makeCapturePoint), Unset: on(removeCapturePoint),
	},
	privileged(`monitor capture point
		associate        "Associate a point with a buffer"
		WORD:pointname   "Name of the point"
		WORD:buffername  "Name of the buffer"`, associateCapturePoint),
	privileged(`monitor capture point
		disassociate    "Remove a point from its buffer"
		WORD:pointname  "Name of the point"`, disassociateCapturePoint),
	privileged(`monitor capture point
		start             "Start the capture"
		( all             "All points"
		| WORD:pointname  "Name of the point" )`, activateCapturePoints(true)),
	privileged(`monitor capture point
		stop              "Stop the capture"
		( all             "All points"
		| WORD:pointname  "Name of the point" )`, activateCapturePoints(false)),
}

// typedPoint is the point that a line names.
func (r *Router) typedPoint(c *cli.Call) (*bufcap.Point, error) {
	if p := r.captures.point(c.Str("pointname")); p != nil {
		return p, nil
	}
	return nil, refuse("Capture point %s does not exist", c.Str("pointname"))
}

func makeCapturePoint(r *Router, c *cli.Call) error {
	p := &bufcap.Point{Name: c.Str("pointname"), Path: bufcap.CEF}
	if c.Has("process-switched") {
		p.Path = bufcap.Process
	}
	if n, ok := c.Value("interface").(forwarding.Name); ok {
		p.Interface = n.String()
	}
	p.Direction = bufcap.Direction(slices.Index(bufcap.Directions, c.Which(bufcap.Directions...)))
	switch {
	case r.captures.point(p.Name) != nil:
		return refuse("Capture point %s exists already", p.Name)
	case len(r.captures.points) >= maxCaptures:
		return refuse("There are %d capture points already", maxCaptures)
	}
	r.captures.points = append(r.captures.points, p)
	r.capturePointMessage(p, "CREATE", "created")
	return nil
}

func removeCapturePoint(r *Router, c *cli.Call) error {
	p, err := r.typedPoint(c)
	if err != nil {
		return err
	}
	r.setActive(p, false)
	r.captures.points = slices.DeleteFunc(r.captures.points, func(o *bufcap.Point) bool { return o == p })
	r.capturePointMessage(p, "DELETE", "deleted")
	return nil
}

func associateCapturePoint(r *Router, c *cli.Call) error {
	p, err := r.typedPoint(c)
	if err != nil {
		return err
	}
	b, err := r.typedBuffer(c)
	switch {
	case err != nil:
		return err
	case p.Active:
		return refuse("Capture point %s is active: stop it first", p.Name)
	case p.Buffer != nil && p.Buffer != b:
		return refuse("Capture point %s is associated with capture buffer %s already", p.Name, p.Buffer.Name)
	}
	p.Buffer = b
	return nil
}

func disassociateCapturePoint(r *Router, c *cli.Call) error {
	p, err := r.typedPoint(c)
	switch {
	case err != nil:
		return err
	case p.Active:
		return refuse("Capture point %s is active: stop it first", p.Name)
	}
	p.Buffer = nil
	return nil
}

// activateCapturePoints starts or stops points. Of all points those without a
// buffer are left alone.
func activateCapturePoints(active bool) handler {
	return func(r *Router, c *cli.Call) error {
		if !c.Has("pointname") {
			for _, p := range slices.Clone(r.captures.points) {
				if p.Buffer != nil {
					r.setActive(p, active)
				}
			}
			return nil
		}
		p, err := r.typedPoint(c)
		switch {
		case err != nil:
			return err
		case active && p.Buffer == nil:
			return refuse("Capture point %s is not associated with a capture buffer", p.Name)
		}
		r.setActive(p, active)
		return nil
	}
}
