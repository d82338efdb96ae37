package forwarding

// A Port is where a link meets a machine. It outlives the stack that it is
// plugged into, as hardware outlives a reload.
type Port struct {
	name    Name
	send    func(frame []byte)
	carrier bool
	signal  func(on bool)
	ifc     *Interface // nil while the machine is off
}

// NewPort makes the port of an interface, whose frames leave by send.
func NewPort(name Name, send func(frame []byte)) *Port { return &Port{name: name, send: send} }

// Name is the name of the port's interface.
func (p *Port) Name() Name { return p.name }

// PlugInto gives a stack that has just been made the port's interface. What it
// signals is what its configuration, which is read now, comes to: a machine that
// boots does not flap its neighbours' carriers.
func (p *Port) PlugInto(s *Stack) *Interface {
	i := s.AddInterface(p.name)
	i.Attach(p.send)
	i.SetCarrier(p.carrier)
	i.signal = p.signal
	s.after(0, func() {
		if i.signal != nil {
			i.signal(!i.shutdown)
		}
	})
	p.ifc = i
	return i
}

// Interface is what the port is plugged into; nil while the machine is off.
func (p *Port) Interface() *Interface { return p.ifc }

// Unplug takes the port from its stack: the machine is off.
func (p *Port) Unplug() { p.ifc = nil }

// Receive takes a frame off the link.
func (p *Port) Receive(frame []byte) {
	if p.ifc != nil {
		p.ifc.Receive(frame)
	}
}

// Overrun counts a frame that came while the machine had no room for it.
func (p *Port) Overrun() {
	if p.ifc != nil {
		p.ifc.counters.InDrops++
	}
}

// SetCarrier says whether the other end of the link signals.
func (p *Port) SetCarrier(up bool) {
	p.carrier = up
	if p.ifc != nil {
		p.ifc.SetCarrier(up)
	}
}

// OnSignal has f called whenever the interface begins or ceases to signal on
// the link, which it ceases to do while it is shut down.
func (p *Port) OnSignal(f func(on bool)) {
	p.signal = f
	if p.ifc != nil {
		p.ifc.OnSignal(f)
	}
}
