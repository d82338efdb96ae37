package labs

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestOnePingThroughTheTunnel: a reader that is not debug writes down, for a ping that
// builds the tunnel and one that passes it, each step of each packet in its order with
// its reason, each message of IKE with its payloads, and what caused them.
func TestOnePingThroughTheTunnel(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R1", "ping 12.12.12.2 repeat 2") // now the neighbours know one another
	l.typed(t, "R3", "ping 23.23.23.2 repeat 2")
	var b strings.Builder
	began := l.Loop.Now()
	remove := l.Subscribe(event.IKE|event.Contents|event.Packets|event.Input, func(e event.Event) {
		if line := inWords(e); line != "" {
			fmt.Fprintf(&b, "%9.3f ms %s %s%s\n", float64(e.At-began)/float64(time.Millisecond), e.Router, line, because(e.Cause))
		}
	})
	l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 2")
	remove()
	length := b.Len()
	l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 2")
	if b.Len() != length {
		t.Error("a reader that was removed is told")
	}
	golden := filepath.Join("testdata", "one_ping.txt")
	if flag.Lookup("update").Value.String() == "true" { // it is declared beside the transcripts
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	equalLines(t, b.String(), string(want))
}

// TestOrdersAreCauses: of what routers do because of them, at once or by a timer.
func TestOrdersAreCauses(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	var heard []event.Event
	defer l.Subscribe(event.Input|event.Log, func(e event.Event) { heard = append(heard, e) })()
	for _, order := range []string{"!lab link R1:FastEthernet0/0 down", "!lab reset R3"} {
		heard = nil
		l.order(t, order)
		l.Loop.RunUntil(l.Loop.Now() + 20*time.Second)
		orders, caused := map[string]map[uint64]bool{}, 0
		for _, e := range heard {
			from := orders[e.Router]
			if from == nil {
				from = map[uint64]bool{}
				orders[e.Router] = from
			}
			switch b := e.Body.(type) {
			case event.Order:
				if b.Text != order {
					t.Errorf("%s was ordered %q", e.Router, b.Text)
				}
				from[e.Serial] = true
			case event.Carrier, event.PowerOn:
				if from[e.Cause.Serial] {
					from[e.Serial] = true
				}
			default:
				if from[e.Cause.Serial] {
					caused++
				}
			}
		}
		if caused < 2 {
			t.Errorf("%q leads to %d records", order, caused)
		}
	}
}

// equalLines reports the first line in which two texts differ.
func equalLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("line %d is missing: %s", i+1, w[i])
		case i >= len(w):
			t.Fatalf("line %d is one too many: %s", i+1, g[i])
		case g[i] != w[i]:
			t.Fatalf("line %d:\n%s\nwant:\n%s", i+1, g[i], w[i])
		}
	}
}

// inWords writes an event down; "" leaves it out.
func inWords(e event.Event) string {
	switch b := e.Body.(type) {
	case event.Typed:
		return fmt.Sprintf("line %d: %s", e.Serial, b.Line)
	case forwarding.Step:
		reason := ""
		if b.Reason != forwarding.NoReason {
			reason = fmt.Sprintf(" (%v)", b.Reason)
		}
		parent := ""
		if b.Parent != 0 {
			parent = fmt.Sprintf(" of %d", b.Parent)
		}
		return fmt.Sprintf("packet %d%s %v > %v: %v %v%s", b.Number, parent, b.Packet.Src(), b.Packet.Dst(), b.Stage, b.Outcome, reason)
	case isakmp.Sending:
		return "sends " + messageInWords(b.SA, b.Message)
	case isakmp.Received:
		return "gets " + messageInWords(b.SA, b.Message)
	}
	return ""
}

func because(c event.Cause) string {
	if c.Kind == event.NoCause {
		return ""
	}
	by := ""
	if c.Timer {
		by = "timer of "
	}
	return fmt.Sprintf("  [%s%v %d]", by, c.Kind, c.Serial)
}

func messageInWords(sa isakmp.SARef, m *isakmp.Message) string {
	exchange := map[uint8]string{2: "main mode", 5: "informational", 32: "quick mode"}[m.Exchange]
	text := fmt.Sprintf("IKE SA %d, %s, message %d", sa.Serial, exchange, m.Number)
	if m.Encrypted {
		text += ", encrypted"
	}
	for _, p := range m.Payloads {
		text += ": " + payloadInWords(p)
	}
	return text
}

func payloadInWords(p isakmp.Payload) string {
	switch c := p.Content.(type) {
	case wire.SA:
		var transforms []string
		for _, proposal := range c.Proposals {
			for _, transform := range proposal.Transforms {
				transforms = append(transforms, fmt.Sprintf("proposal %d transform %d with %d attributes",
					proposal.Number, transform.Number, len(transform.Attributes)))
			}
		}
		return "SA (" + strings.Join(transforms, ", ") + ")"
	case wire.ID:
		return fmt.Sprintf("ID (type %d, %d.%d.%d.%d)", c.Type, c.Data[0], c.Data[1], c.Data[2], c.Data[3])
	case wire.Notify:
		return fmt.Sprintf("NOTIFY (%d)", c.Type)
	case isakmp.Vendor:
		return fmt.Sprintf("VENDOR (%d bytes)", len(c.Body))
	case isakmp.Opaque:
		name, known := map[uint8]string{wire.KeyExchange: "KE", wire.HashPayload: "HASH", wire.Nonce: "NONCE"}[p.Type]
		if !known {
			name = fmt.Sprintf("payload %d", p.Type)
		}
		return fmt.Sprintf("%s (%d bytes)", name, len(c))
	}
	return fmt.Sprintf("%T", p.Content)
}
