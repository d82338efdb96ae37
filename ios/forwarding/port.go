package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// A Port is where a link meets a machine. It outlives the stack that it is
// plugged into, as hardware outlives a reload.
type Port struct {
	name    Name
	send    func(frame []byte)
	carrier bool
	gone    bool
	signal  func(on bool)
	ifc     *Interface // nil while the machine is off
	begin   func(frame []byte, carrier bool)
	end     func()
}

// NewPort makes the port of an interface, whose frames leave by send.
func NewPort(name Name, send func(frame []byte)) *Port {
	return &Port{name: name, send: send, begin: func([]byte, bool) {}, end: func() {}}
}

// Around has begin called before, and end after, whatever the link does to the port.
// The frame is what comes in; it is nil where the carrier changes.
func (p *Port) Around(begin func(frame []byte, carrier bool), end func()) {
	p.begin, p.end = begin, end
}

// Name is the name of the port's interface.
func (p *Port) Name() Name { return p.name }

// PlugInto gives a stack that has just been made the port's interface. What it
// signals is what its configuration, which is read now, comes to: a machine that
// boots does not flap its neighbours' carriers.
func (p *Port) PlugInto(s *Stack) *Interface {
	i := s.AddInterface(p.name)
	i.Attach(p.send)
	i.SetCarrier(p.carrier)
	i.SetGone(p.gone)
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
		p.begin(frame, p.carrier)
		p.ifc.Receive(frame)
		p.end()
	}
}

// Overrun counts frames that came while the machine had no room for them.
func (p *Port) Overrun(frames uint64) {
	if p.ifc != nil {
		p.ifc.counters.InDrops += frames
	}
}

// Unsent counts frames that left the machine and found no room on the link.
func (p *Port) Unsent(frames uint64) {
	if p.ifc != nil {
		p.ifc.counters.OutDrops += frames
	}
}

// MAC is the hardware address of the interface; zero while the machine is off, and
// where the type has none.
func (p *Port) MAC() packet.MAC {
	if p.ifc == nil {
		return packet.MAC{}
	}
	return p.ifc.MAC()
}

// Address is the primary address of the interface; the zero prefix where it has none.
func (p *Port) Address() netip.Prefix {
	if p.ifc == nil {
		return netip.Prefix{}
	}
	return p.ifc.Address()
}

// SetCarrier sets whether the other end of the link signals.
func (p *Port) SetCarrier(up bool) {
	p.carrier = up
	if p.ifc != nil {
		p.begin(nil, up)
		p.ifc.SetCarrier(up)
		p.end()
	}
}

// SetGone says that the hardware is gone, or is back: a device of the host that
// stands for it.
func (p *Port) SetGone(gone bool) {
	p.gone = gone
	if p.ifc != nil {
		p.ifc.SetGone(gone)
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
