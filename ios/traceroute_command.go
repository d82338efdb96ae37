package ios

import (
	"errors"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// What a traceroute does unless told.
const (
	traceSeconds = 3
	traceProbes  = 3
	traceMinTTL  = 1
	traceMaxTTL  = 30
	tracePort    = 33434
)

var tracerouteCommands = []cli.Command{
	{
		Modes: []string{modeExec},
		Grammar: `traceroute
			[ ip                "IP Trace" ]
			WORD:host           "Destination address or host name"
			{ ` + sourceGrammar + `
			| numeric           "Addresses only"
			| timeout           "Timeout"
			  <0-3600>:timeout  "Timeout in seconds"
			| probe             "Probes for each hop"
			  <1-65535>:probe   "Number of probes"
			| ttl               "Minimum and maximum TTL"
			  <0-255>:minttl    "Minimum TTL"
			  <0-255>:maxttl    "Maximum TTL"
			| port              "First port to probe"
			  <0-65535>:port    "Port number" }`,
		Run: on(traceTyped),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `traceroute [ ip "IP Trace" ]`,
		Run:     on(traceAsked),
	},
}

func newTrace() forwarding.TraceParams {
	return forwarding.TraceParams{
		Timeout: traceSeconds * time.Second, Probes: traceProbes,
		MinTTL: traceMinTTL, MaxTTL: traceMaxTTL, Port: tracePort,
	}
}

// traceTyped is a traceroute with all that it is to do on the line.
func traceTyped(r *Router, c *cli.Call) error {
	t := newTrace()
	var ok bool
	var err error
	if t.Dst, ok, err = r.host(c, c.Str("host")); err != nil || !ok {
		return err
	}
	if t.Src, err = r.typedSource(c); err != nil {
		return err
	}
	if c.Has("timeout") {
		t.Timeout = time.Duration(c.Int("timeout")) * time.Second
	}
	if c.Has("probe") {
		t.Probes = c.Int("probe")
	}
	if c.Has("ttl") {
		t.MinTTL, t.MaxTTL = c.Int("minttl"), c.Int("maxttl")
		if t.MinTTL > t.MaxTTL {
			return cli.InvalidAt("maxttl")
		}
	}
	if c.Has("port") {
		t.Port = uint16(c.Int("port"))
	}
	return r.traceroute(c, t)
}

// traceAsked is the extended traceroute, which asks for all that it is to do.
func traceAsked(r *Router, c *cli.Call) error {
	d := &dialogue{router: r, call: c}
	t := newTrace()
	if !c.Has("ip") {
		d.protocol("traceroute")
	}
	t.Dst = d.target()
	t.Src = d.source("Source address")
	d.yes("Numeric display", "n") // there are no names to show
	t.Timeout = time.Duration(d.number("Timeout in seconds", traceSeconds, 0, 3600)) * time.Second
	t.Probes = d.number("Probe count", traceProbes, 1, 65535)
	t.MinTTL = d.number("Minimum Time to Live", traceMinTTL, 0, 255)
	t.MaxTTL = d.number("Maximum Time to Live", traceMaxTTL, t.MinTTL, 255)
	t.Port = uint16(d.number("Port Number", tracePort, 0, 65535))
	d.options()
	if d.over {
		return nil
	}
	return r.traceroute(c, t)
}

// traceroute shows the way to an address as its results come.
func (r *Router) traceroute(c *cli.Call, params forwarding.TraceParams) error {
	if params.Timeout == 0 {
		params.Timeout = 1 // no waiting at all
	}
	c.Printf("\nType escape sequence to abort.\nTracing the route to %v\n\n", params.Dst)
	t := r.stack.StartTraceroute(params)
	defer t.Stop()
	screen := traceScreen{call: c}
	for {
		if result, ok := t.Next(); ok {
			screen.show(result)
			continue
		}
		if t.Done() {
			break
		}
		if err := c.Await(t.Wait); errors.Is(err, cli.ErrInterrupted) {
			break
		} else if err != nil {
			return err
		}
	}
	screen.finish()
	return nil
}

// traceScreen shows a line for each distance: who is there, and how long each of
// its answers took. Where another answers it begins a line of its own.
type traceScreen struct {
	call *cli.Call
	hop  int        // whose line it is
	from netip.Addr // who is on it
	used bool       // something stands behind the hop's number
}

func (s *traceScreen) show(r forwarding.TraceResult) {
	if r.Probe == 0 {
		s.finish()
		s.hop, s.from, s.used = r.TTL, netip.Addr{}, false
		s.call.Printf("%3d ", r.TTL)
	}
	if r.From.IsValid() && r.From != s.from {
		if s.used {
			s.call.Print("\n    ")
		}
		s.from = r.From
		s.call.Printf("%v", r.From)
	}
	s.used = true
	if r.Mark == "" {
		s.call.Printf(" %d msec", r.RTT/time.Millisecond)
	} else {
		s.call.Print(" " + r.Mark + " ")
	}
}

func (s *traceScreen) finish() {
	if s.used {
		s.call.Print("\n")
		s.used = false
	}
}
