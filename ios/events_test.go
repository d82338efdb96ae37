package ios

import (
	"fmt"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// hear collects a router's events of some kinds.
func (n *rigNode) hear(kinds event.Kind) *[]event.Event {
	var heard []event.Event
	n.Subscribe(kinds, func(e event.Event) { heard = append(heard, e) })
	return &heard
}

// firstOf returns the first event with a body of a type.
func firstOf[B any](t *testing.T, heard []event.Event) event.Event {
	t.Helper()
	for _, e := range heard {
		if _, is := e.Body.(B); is {
			return e
		}
	}
	t.Fatalf("no %v among %d events", reflect.TypeFor[B](), len(heard))
	return event.Event{}
}

// TestCauseOfWhatTheRouterDoes: the line that sets a tunnel going, frames that
// come, a timer that a frame has set, a carrier that goes, a reload.
func TestCauseOfWhatTheRouterDoes(t *testing.T) {
	g := coldTunnel(t)
	r1, r2 := g.on("R1"), g.on("R2")
	near, far := r1.hear(event.Every&^(event.Packets|event.Frames)), r2.hear(event.IKE|event.IPsec)
	g.through(t)

	line := firstOf[event.Typed](t, *near)
	request := firstOf[keyengine.SARequested](t, *near)
	if c := request.Cause; c.Kind != event.ByLine || c.Serial != line.Serial || c.What != line.Body.(event.Typed).Line {
		t.Errorf("the request's cause is %+v, the line %+v", c, line)
	}
	if c := firstOf[isakmp.Received](t, *far).Cause; c.Kind != event.ByFrame || c.What != "FastEthernet0/0" || c.Timer {
		t.Errorf("the first message's cause is %+v", c)
	}

	*far = nil
	r1.do("clear crypto sa")
	if c := firstOf[keyengine.SADeleted](t, *near).Cause; c.Kind != event.ByLine || c.What != "clear crypto sa" {
		t.Errorf("the deletion's cause is %+v", c)
	}
	g.Pass(2 * time.Minute)
	if c := firstOf[isakmp.NodePurged](t, *far).Cause; c.Kind != event.ByFrame || !c.Timer {
		t.Errorf("the cause of what a timer did is %+v", c)
	}

	*near = nil
	r2.do("configure terminal", "interface FastEthernet0/0", "shutdown", "end")
	g.Pass(rigSettle)
	carrier := firstOf[event.Carrier](t, *near)
	if c := firstOf[logging.Record](t, *near).Cause; c.Kind != event.ByCarrier || c.Serial != carrier.Serial || !c.Timer {
		t.Errorf("the record's cause is %+v, the carrier %+v", c, carrier)
	}

	*near = nil
	r1.Ordered("reset R1", func() {
		if err := r1.Reset(); err != nil {
			t.Fatal(err)
		}
	})
	on, order := firstOf[event.PowerOn](t, *near), firstOf[event.Order](t, *near)
	if on.Cause.Kind != event.ByOrder || on.Cause.Serial != order.Serial {
		t.Errorf("the cause of the power-on is %+v, the order %+v", on.Cause, order)
	}
	if c := firstOf[event.ISAKMPSwitched](t, *near).Cause; c.Kind != event.ByPowerOn || c.Serial != on.Serial {
		t.Errorf("the cause of what the configuration did is %+v", c)
	}
}

// TestRecordsLeadBack: what debug shows and what is logged names its event, also in
// the buffer.
func TestRecordsLeadBack(t *testing.T) {
	g := coldTunnel(t)
	r1 := g.on("R1")
	r1.do("configure terminal", "logging buffered 1000000", "end", "debug crypto isakmp", "debug crypto ipsec", "clear logging", "")
	heard := r1.hear(event.Every &^ (event.Packets | event.Frames))
	g.through(t)
	bodies, serial, records := map[uint64]any{}, uint64(0), 0
	for _, e := range *heard {
		if e.Serial <= serial {
			t.Fatalf("event %d after %d", e.Serial, serial)
		}
		serial = e.Serial
		bodies[e.Serial] = e.Body
		r, is := e.Body.(logging.Record)
		if !is || r.Event == 0 {
			continue
		}
		records++
		if body := bodies[r.Event]; len(r1.words.Debug(body)) == 0 {
			t.Errorf("%q leads to %T", r.Text, body)
		}
	}
	if records < 100 {
		t.Errorf("%d records", records)
	}
	buffered := 0
	for _, r := range r1.log.Buffered() {
		if _, known := bodies[r.Event]; known {
			buffered++
		}
	}
	if buffered < records {
		t.Errorf("%d of %d records in the buffer lead back", buffered, records)
	}
}

// TestAnotherReleaseIsAnotherTable: two routers with other words build the same
// tunnel; nothing of an engine knows of it.
func TestAnotherReleaseIsAnotherTable(t *testing.T) {
	double := debugtext.V124.With("15.1",
		debugtext.Common(func(w *debugtext.Words) {
			w.General = debugtext.Prefix{New: "ISAKMP:(0):", Conn: "ISAKMP:(%d):", Base: 1000}
			w.Packet = debugtext.Prefix{New: "ISAKMP (0): ", Conn: "ISAKMP (%d): ", Base: 1000}
		}),
		debugtext.Silent[isakmp.KeyMessage](),
		debugtext.Row(debugtext.Memory, func(w *debugtext.Words, e isakmp.MainModeBegun) []string {
			return []string{"main mode begins"}
		}),
		debugtext.Row(debugtext.Memory, func(w *debugtext.Words, e keyengine.SACreated) []string {
			return []string{fmt.Sprintf("SA %d is made", e.SA.Conn), "so it is"}
		}),
		debugtext.Log(debugtext.Memory, debugtext.Message{Facility: "CRYPTO", Severity: 5, Mnemonic: "P1_UP"},
			func(w *debugtext.Words, e isakmp.Authenticated) string { return "phase 1 is up" }),
	)
	g := coldTunnel(t)
	for _, name := range g.names() {
		g.on(name).words = double
	}
	r1 := g.on("R1")
	r1.do("debug crypto isakmp", "debug crypto ipsec")
	r1.logs = nil
	g.through(t)
	for text, want := range map[string]bool{
		"ISAKMP:(0): SA request profile": true, "ISAKMP:(1001): sending packet": true, "ISAKMP (1001): received packet": true,
		"main mode begins": true, "SA 2001 is made": true, "so it is": true, "%CRYPTO-5-P1_UP: phase 1 is up": true,
		"received ke message": false, "beginning Main Mode": false, "(0:1:SW:1)": false, "IPSEC(create_sa)": false,
	} {
		if got := r1.logged(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestContentsOfMessages: what messages say is told while a reader wants to know.
func TestContentsOfMessages(t *testing.T) {
	for _, tt := range []struct {
		kinds event.Kind
		told  bool
	}{{event.IKE, false}, {event.IKE | event.Contents, true}} {
		g := coldTunnel(t)
		heard := g.on("R1").hear(tt.kinds)
		g.through(t)
		n := 0
		for _, e := range *heard {
			var m *isakmp.Message
			switch body := e.Body.(type) {
			case isakmp.Sending:
				m = body.Message
			case isakmp.Received:
				m = body.Message
			default:
				continue
			}
			n++
			if m != nil != tt.told || m != nil && (len(m.Payloads) == 0 || m.Exchange == 0) {
				t.Errorf("%b: %+v", tt.kinds, m)
			}
		}
		if n < 9 {
			t.Errorf("%d messages", n)
		}
	}
}

// TestPacketsAndFramesAreEvents: while someone reads them, and only then; what a
// packet goes through was caused by the frame that it came in.
func TestPacketsAndFramesAreEvents(t *testing.T) {
	g := warm(newRow(t))
	r1, r2 := g.on("R1"), g.on("R2")
	if r2.stack.Publish() == nil {
		t.Fatal("packets are watched where no one reads")
	}
	var heard []event.Event
	frames := map[uint64]forwarding.Frame{}
	remove := r2.Subscribe(event.Packets|event.Frames, func(e event.Event) {
		heard = append(heard, e)
		if f, is := e.Body.(forwarding.Frame); is {
			frames[e.Serial] = f
		}
	})
	r1.do("ping 12.12.12.2 repeat 1")
	remove()
	if r2.stack.Publish() == nil {
		t.Error("packets are watched after the last reader has gone")
	}
	in, out := 0, 0
	for _, e := range heard {
		switch b := e.Body.(type) {
		case forwarding.Frame:
			if b.Sent {
				out++
			} else {
				in++
			}
		case forwarding.Step:
			if f, known := frames[e.Cause.Serial]; !known || f.Sent || b.Number != f.Number && b.Parent != f.Number {
				t.Errorf("step %v of packet %d: caused by %+v, frame %+v", b.Stage, b.Number, e.Cause, f)
			}
		}
	}
	if in != 1 || out != 1 {
		t.Errorf("%d frames in, %d out", in, out)
	}
}

// TestBusCostsNothingUnread: a frame on its way through a router costs as many
// allocations with the bus around it as without.
func TestBusCostsNothingUnread(t *testing.T) {
	g := warm(newRow(t))
	r2 := g.on("R2")
	port := r2.ports[0]
	p := packet.BuildIPv4(packet.IPv4Fields{ // there is no route to that
		TTL: 9, Protocol: packet.ProtoUDP, Src: netip.MustParseAddr("12.12.12.1"), Dst: netip.MustParseAddr("99.9.9.9"),
	}, make([]byte, 40))
	frame := packet.BuildEthernet(port.MAC(), packet.MAC{2, 1}, packet.EtherTypeIPv4, p)
	within := testing.AllocsPerRun(100, func() { port.Receive(frame) })
	without := testing.AllocsPerRun(100, func() { port.Interface().Receive(frame) })
	if within != without {
		t.Errorf("%v allocations, %v without the bus", within, without)
	}
}
