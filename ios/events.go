package ios

import (
	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/nat"
)

// Subscribe has read called with each of the router's events of these kinds, also
// after a reload, until it is removed. See package ios/event.
func (r *Router) Subscribe(kinds event.Kind, read func(event.Event)) (remove func()) {
	return r.bus.Subscribe(kinds, read)
}

// Ordered has the router do what the lab was ordered, which is the cause of it.
func (r *Router) Ordered(order string, do func()) {
	r.bus.Begin(event.ByOrder, order)
	defer r.bus.End()
	r.bus.EmitCause(event.Input, event.Order{Text: order})
	do()
}

// typed has what a line's command does bear the line as its cause, whenever it does
// it.
func (r *Router) typed(line string) (run func(stretch func())) {
	cause := r.bus.Begin(event.ByLine, line)
	r.bus.EmitCause(event.Input, event.Typed{Line: line})
	r.bus.End()
	return func(stretch func()) {
		r.bus.Resume(cause)
		defer r.bus.End()
		stretch()
	}
}

// touched begins what a link sets going at an interface.
func (r *Router) touched(ifc string, frame []byte, carrier bool) {
	if frame != nil {
		r.bus.Begin(event.ByFrame, ifc)
		return
	}
	r.bus.Begin(event.ByCarrier, ifc)
	r.bus.EmitCause(event.Input, event.Carrier{Interface: ifc, Up: carrier})
}

// logEvent is the log's reader.
func (r *Router) logEvent(e event.Event) {
	m, ok := r.words.Message(e.Body)
	if ok && r.logs(e, m) {
		r.log.Tell(logging.Record{
			Severity: logging.Severity(m.Severity), Text: m.Format(r.words.Text(e.Body)), Event: e.Serial,
		})
	}
}

// logs reports whether the message that tells of an event is wanted, and not one
// too many.
func (r *Router) logs(e event.Event, m debugtext.Message) bool {
	switch e.Body.(type) {
	case keyengine.SessionUp, keyengine.SessionDown:
		return r.config.isakmp.logSession
	case nat.Created, nat.Deleted: // always for all addresses
		return true
	}
	return e.Kind == event.System || r.provoked.allows(m, r.Clock.Now())
}

// showEvent is debug's reader.
func (r *Router) showEvent(e event.Event) {
	for _, text := range r.words.Debug(e.Body) {
		r.log.Show(logging.Record{Text: text, Event: e.Serial})
	}
}

// emitForwarding tells of what the stack does that no step tells.
func (r *Router) emitForwarding(e forwarding.Event) {
	kind := event.System
	switch e.(type) {
	case forwarding.TransitPoliced, forwarding.OwnPoliced:
		kind = event.Policy
	case forwarding.ARPHeard, forwarding.ARPSent, forwarding.ARPFiltered, forwarding.ARPBegun:
		kind = event.ARP
	}
	r.bus.Emit(kind, e)
}

// emitRecord tells of what has been logged.
func (r *Router) emitRecord(record logging.Record) { r.bus.Emit(event.Log, record) }

// watchPackets has the stack tell of packets, frames, ARP and policy routing while there
// are readers of them, and only then. It is called when that may have changed.
func (r *Router) watchPackets() {
	if r.system == nil {
		return
	}
	r.stack.TellPolicy, r.stack.TellARP = r.bus.Wants(event.Policy), r.bus.Wants(event.ARP)
	watch(&r.unwatchSteps, r.bus.Wants(event.Packets), func() (remove func()) {
		return r.stack.AddWatch(func(s forwarding.Step) { r.bus.Emit(event.Packets, s) })
	})
	watch(&r.unwatchFrames, r.bus.Wants(event.Frames), func() (remove func()) {
		return r.stack.AddFrameWatch(r.emitFrame)
	})
}

func watch(remove *func(), wanted bool, add func() (remove func())) {
	switch {
	case wanted && *remove == nil:
		*remove = add()
	case !wanted && *remove != nil:
		(*remove)()
		*remove = nil
	}
}

// emitFrame tells of a frame. One that has come in is what the router is set to work
// by.
func (r *Router) emitFrame(f forwarding.Frame) {
	if c := r.bus.Cause(); !f.Sent && c.Kind == event.ByFrame && !c.Timer {
		r.bus.EmitCause(event.Frames, f)
		return
	}
	r.bus.Emit(event.Frames, f)
}
