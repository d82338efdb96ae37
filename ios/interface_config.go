package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// modeInterface is interface configuration; its data is the *forwarding.Interface.
const modeInterface = "config-if"

// maxDescription is where IOS cuts a description, in characters.
const maxDescription = 240

// interfaceSettings is what is configured of an interface beside what
// forwarding has to know.
type interfaceSettings struct {
	entered      bool // the configuration has named the interface
	withheld     bool // it is down for a line that is only kept, whatever shutdown says
	shutdown     bool // while it is withheld: what `shutdown` says
	method       string
	clockRate    int
	loadInterval int    // in seconds
	duplex       string // "" for auto
	speed        string // "" for auto
	reassembly   reassembly

	ownBandwidth, ownDelay, ownMTU int // of the type
}

// settings returns what is configured of an interface.
func (r *Router) settings(i *forwarding.Interface) *interfaceSettings {
	s := r.config.interfaces[i.Name()]
	if s == nil {
		s = unsetInterface(i)
		r.config.interfaces[i.Name()] = s
	}
	return s
}

// unsetInterface is the settings of an interface of which nothing is configured.
func unsetInterface(i *forwarding.Interface) *interfaceSettings {
	return &interfaceSettings{
		method: "unset", loadInterval: defaultLoadInterval,
		ownBandwidth: i.Bandwidth, ownDelay: i.Delay, ownMTU: i.MTU(),
	}
}

var interfaceCommands = []cli.Command{
	{
		Modes:   []string{modeConfig},
		Grammar: `interface ANYINTERFACE:interface "Interface"`,
		No:      `interface NEWINTERFACE:interface "Interface"`,
		Header:  true, Run: on(enterInterface), Unset: on(removeInterface), Default: on(defaultInterface),
		Examples: []string{"interface Loopback7", "interface loopback 7"},
	},
	interfaceRow(`description "A note on this interface" LINE:text "The note"`,
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			text := []rune(c.Str("text"))
			i.Description = string(text[:min(len(text), maxDescription)])
			return nil
		},
		func(_ *Router, i *forwarding.Interface, _ *cli.Call) error { i.Description = ""; return nil },
		"description to the branch"),
	interfaceRow(`shutdown "Shut down the interface"`,
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error { return r.setShutdown(i, true) },
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error { return r.setShutdown(i, false) },
		"shutdown"),
}

// interfaceHandler is a command of interface configuration.
type interfaceHandler func(r *Router, i *forwarding.Interface, c *cli.Call) error

// interfaceRow is a command of interface configuration, whose `no` form may end
// behind its keywords.
func interfaceRow(grammar string, set, unset interfaceHandler, examples ...string) cli.Command {
	run := func(h interfaceHandler) func(*cli.Call) error {
		return on(func(r *Router, c *cli.Call) error { return h(r, c.Data().(*forwarding.Interface), c) })
	}
	return cli.Command{
		Modes: []string{modeInterface}, Grammar: grammar, No: cli.Optional,
		Run: run(set), Unset: run(unset), Examples: examples,
	}
}

// standard gives a row the lines that say what is so by itself.
func standard(row cli.Command, lines ...string) cli.Command {
	row.Standard = lines
	return row
}

func enterInterface(r *Router, c *cli.Call) error {
	i := r.stack.AddInterface(c.Value("interface").(forwarding.Name))
	s := r.settings(i)
	// In a startup configuration an interface is up unless it says otherwise.
	if r.loading && !s.entered {
		i.SetShutdown(false)
	}
	s.entered = true
	c.Enter(modeInterface, i)
	return nil
}

func removeInterface(r *Router, c *cli.Call) error {
	i := r.namedInterface(c, "interface")
	switch {
	case i == nil:
		return cli.InvalidAt("interface")
	case i.Name().Kind.Physical():
		c.Print("% Removal of physical interfaces is not permitted\n")
		return nil
	case i.Name().Kind == forwarding.Null:
		c.Print("% Removal of Null0 is not permitted\n")
		return nil
	}
	r.clearInterface(i)
	r.stack.RemoveInterface(i.Name())
	delete(r.config.interfaces, i.Name())
	return nil
}

func defaultInterface(r *Router, c *cli.Call) error {
	i := r.namedInterface(c, "interface")
	if i == nil {
		return cli.InvalidAt("interface")
	}
	r.clearInterface(i)
	if !r.loading {
		c.Printf("Building configuration...\n\nInterface %s set to default configuration\n", i)
	}
	return nil
}

// clearInterface takes all that is configured off an interface but whether it is
// shut down.
func (r *Router) clearInterface(i *forwarding.Interface) {
	if r.keys.Applied(i.String()) != "" {
		r.removeCryptoMapFrom(i)
	}
	r.config.kept.Forget(keptOwner{modeInterface, i})
	r.withholdInterface(i)
	s, old := r.settings(i), i.Address()
	i.SetAddress(noAddress) // taking addresses away clashes with nothing
	r.readdressed(i, old)
	i.SetMTU(0)
	i.SetIPMTU(0)
	i.Description = ""
	i.Bandwidth, i.Delay = s.ownBandwidth, s.ownDelay
	i.Keepalive = defaultKeepalive(i)
	i.ARPTimeout = forwarding.DefaultARPTimeout
	i.Unreachables, i.Redirects, i.ProxyARP, i.DirectedBroadcast = true, true, true, false
	i.AccessIn, i.AccessOut, i.NAT = nil, nil, forwarding.None
	i.RouteMap = nil
	entered := s.entered
	*s = *unsetInterface(i)
	s.entered = entered
}

func (r *Router) setShutdown(i *forwarding.Interface, down bool) error {
	if i.Name().Kind == forwarding.Null {
		return cli.InvalidAt("shutdown")
	}
	if s := r.settings(i); s.withheld {
		s.shutdown = down
		return nil
	}
	i.SetShutdown(down)
	return nil
}
