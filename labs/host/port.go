package host

import "github.com/ioslab/ioslab/ios/forwarding"

// A Port is where a link meets an interface of a host.
type Port struct {
	name    forwarding.Name
	send    func(frame []byte)
	carrier bool
	signal  func(on bool)
	ifc     *forwarding.Interface
}

// plugIn connects the port to a stack that has just been made.
func (p *Port) plugIn(s *forwarding.Stack) {
	p.ifc = s.AddInterface(p.name)
	p.ifc.Attach(p.send)
	p.ifc.SetCarrier(p.carrier)
	p.ifc.SetShutdown(false)
	if p.signal != nil {
		p.ifc.OnSignal(p.signal)
	}
}

// Receive takes a frame off the link.
func (p *Port) Receive(frame []byte) {
	if p.ifc != nil {
		p.ifc.Receive(frame)
	}
}

// SetCarrier says whether the other end of the link signals.
func (p *Port) SetCarrier(up bool) {
	p.carrier = up
	if p.ifc != nil {
		p.ifc.SetCarrier(up)
	}
}

// OnSignal has f called whenever the interface begins or ceases to signal on the link.
func (p *Port) OnSignal(f func(on bool)) {
	p.signal = f
	if p.ifc != nil {
		p.ifc.OnSignal(f)
	}
}
