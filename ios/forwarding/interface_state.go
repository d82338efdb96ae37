package forwarding

// Status is the state of an interface as `show ip interface brief` words it.
type Status uint8

// The states. A router's Ethernet is up when it is not shut down: whether
// anybody is at the other end shows in the line protocol. It is down where what
// it is made of is gone.
const (
	AdministrativelyDown Status = iota
	Up
	Down
)

// String is IOS's wording.
func (s Status) String() string {
	switch s {
	case Up:
		return "up"
	case Down:
		return "down"
	}
	return "administratively down"
}

// report is what the log has been told about an interface. Changes are told
// when they have lasted, the line protocol's a second after the link's.
type report struct {
	told            Status
	protocolTold    bool
	linkPending     bool
	protocolPending bool
}

// Status is the state of the interface itself.
func (i *Interface) Status() Status {
	if i.shutdown {
		return AdministrativelyDown
	}
	if i.gone {
		return Down
	}
	return Up
}

// ProtocolUp is the state of the line protocol.
func (i *Interface) ProtocolUp() bool {
	return !i.shutdown && !i.gone && (i.carrier || !i.name.Kind.Physical())
}

// Shutdown reports whether the interface is configured to be down.
func (i *Interface) Shutdown() bool { return i.shutdown }

// SetShutdown is `shutdown` and `no shutdown`.
func (i *Interface) SetShutdown(down bool) {
	if i.shutdown == down {
		return
	}
	i.shutdown = down
	if i.name.Kind.Physical() {
		i.counters.Resets++
	}
	if i.signal != nil {
		i.signal(!down)
	}
	i.stateChanged()
}

// Carrier reports whether the other end of the link signals.
func (i *Interface) Carrier() bool { return i.carrier }

// SetCarrier sets whether the other end of the link signals: there is a link,
// it is whole, and the interface at its other end is not shut down.
func (i *Interface) SetCarrier(on bool) {
	if i.carrier == on {
		return
	}
	i.carrier = on
	if !on && !i.shutdown {
		i.counters.LostCarrier++
	}
	i.stateChanged()
}

// SetGone tells that the hardware is gone, or is back.
func (i *Interface) SetGone(gone bool) {
	if i.gone == gone {
		return
	}
	i.gone = gone
	if gone && !i.shutdown {
		i.counters.LostCarrier++
	}
	i.stateChanged()
}

// OnSignal has f called now and whenever the interface begins or ceases to signal
// on its link (it ceases while it is shut down).
func (i *Interface) OnSignal(f func(on bool)) {
	i.signal = f
	f(!i.shutdown)
}

// stateChanged brings routes and neighbours up to date at once, and the log in
// its time.
func (i *Interface) stateChanged() {
	s := i.stack
	if i.ProtocolUp() {
		s.reconnect(i)
		i.announceAll()
	} else {
		s.forgetNeighbours(i)
		s.reconnect(i)
	}
	if i.Status() != i.report.told && !i.report.linkPending {
		i.report.linkPending = true
		s.after(linkReport, i.reportLink)
	}
	i.reportProtocolLater()
}

func (i *Interface) reportLink() {
	i.report.linkPending = false
	if i.removed || i.Status() == i.report.told {
		return
	}
	i.report.told = i.Status()
	if i.shutdown {
		i.stack.emit(ShutDown{i.name})
	} else {
		i.stack.emit(LinkChanged{i.name, i.report.told})
	}
	i.reportProtocolLater()
}

// reportProtocolLater waits for the link's own report where that is due first.
func (i *Interface) reportProtocolLater() {
	if i.ProtocolUp() == i.report.protocolTold || i.report.linkPending || i.report.protocolPending {
		return
	}
	i.report.protocolPending = true
	i.stack.after(protocolReport, i.reportProtocol)
}

func (i *Interface) reportProtocol() {
	i.report.protocolPending = false
	if i.removed || i.ProtocolUp() == i.report.protocolTold || i.report.linkPending {
		return
	}
	i.report.protocolTold = i.ProtocolUp()
	i.stack.emit(ProtocolChanged{i.name, i.report.protocolTold})
}
