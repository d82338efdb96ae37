package isakmp_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// messagesOf are what a router told of the messages that it sent and received.
func messagesOf(r *router) (sent, received []*isakmp.Message) {
	for _, e := range r.events {
		switch e := e.(type) {
		case isakmp.Sending:
			sent = append(sent, e.Message)
		case isakmp.Received:
			received = append(received, e.Message)
		}
	}
	return sent, received
}

// summary is a message in a line.
func summary(m *isakmp.Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d", map[uint8]string{2: "main", 5: "informational", 32: "quick"}[m.Exchange], m.Number)
	if m.Again {
		b.WriteString(" again")
	}
	if m.Encrypted {
		b.WriteString(" encrypted")
	}
	b.WriteString(":")
	for _, p := range m.Payloads {
		switch c := p.Content.(type) {
		case wire.SA:
			fmt.Fprintf(&b, " SA(%d proposal)", len(c.Proposals))
		case wire.ID:
			fmt.Fprintf(&b, " ID(%v)", c.Data)
		case wire.Notify:
			fmt.Fprintf(&b, " NOTIFY(%d)", c.Type)
		case wire.Delete:
			fmt.Fprintf(&b, " DELETE(%d)", c.Protocol)
		case isakmp.Vendor:
			fmt.Fprintf(&b, " VENDOR(%d)", c.Kind)
		case isakmp.Opaque:
			fmt.Fprintf(&b, " %s(%d octets)", map[uint8]string{4: "KE", 8: "HASH", 10: "NONCE", 20: "NAT-D"}[p.Type], len(c))
		}
	}
	return b.String()
}

// ExampleMessage shows what a reader of the events sees that is not debug: each
// message of a tunnel that comes up, with what it says.
func ExampleMessage() {
	w := newWorld(&testing.T{})
	w.a.want()
	w.run(3 * time.Second)
	for _, e := range w.a.events {
		switch e := e.(type) {
		case isakmp.Sending:
			fmt.Println("->", summary(e.Message))
		case isakmp.Received:
			fmt.Println("<-", summary(e.Message))
		}
	}
	// Output:
	// -> main 1: SA(1 proposal) VENDOR(3) VENDOR(2) VENDOR(1)
	// <- main 2: SA(1 proposal) VENDOR(3)
	// -> main 3: KE(96 octets) NONCE(20 octets) VENDOR(5) VENDOR(6) VENDOR(7) NAT-D(20 octets) NAT-D(20 octets)
	// <- main 4: KE(96 octets) NONCE(20 octets) VENDOR(5) VENDOR(6) VENDOR(7) NAT-D(20 octets) NAT-D(20 octets)
	// -> main 5 encrypted: ID([12 12 12 1]) HASH(20 octets) NOTIFY(24578)
	// <- main 6 encrypted: ID([23 23 23 3]) HASH(20 octets)
	// -> quick 1 encrypted: HASH(20 octets) SA(1 proposal) NONCE(20 octets) ID([10 1 1 0 255 255 255 0]) ID([20 1 1 0 255 255 255 0])
	// <- quick 2 encrypted: HASH(20 octets) SA(1 proposal) NONCE(20 octets) ID([10 1 1 0 255 255 255 0]) ID([20 1 1 0 255 255 255 0])
	// -> quick 3 encrypted: HASH(20 octets)
}

// TestMessages: what one end sends is what the other reads.
func TestMessages(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.b.engine.ClearAll()
	w.run(time.Second)
	for _, ends := range [][2]*router{{w.a, w.b}, {w.b, w.a}} {
		sent, _ := messagesOf(ends[0])
		_, received := messagesOf(ends[1])
		if len(sent) != len(received) || len(sent) < 5 {
			t.Fatalf("%s: %d messages sent, %d received", ends[0].name, len(sent), len(received))
		}
		for i, m := range sent {
			if !m.Outgoing || received[i].Outgoing {
				t.Errorf("%s: message %d goes the wrong way", ends[0].name, i)
			}
			was := *received[i]
			was.Outgoing = true
			if !reflect.DeepEqual(*m, was) {
				t.Errorf("%s: message %d\nsent     %+v\nreceived %+v", ends[0].name, i, *m, was)
			}
		}
	}
}

// TestMessagesAgain: a message that is repeated keeps its number.
func TestMessagesAgain(t *testing.T) {
	w := newWorld(t)
	i := 0
	w.filter = func(_ *router, m []byte) [][]byte { // the answers to the first and to the fourth are lost
		if i++; i == 2 || i == 10 {
			return nil
		}
		return [][]byte{m}
	}
	w.a.want()
	w.run(30 * time.Second)
	sent, _ := messagesOf(w.a)
	_, received := messagesOf(w.b)
	for _, list := range [][]*isakmp.Message{sent, received} {
		var got []string
		for _, m := range list {
			again := ""
			if m.Again {
				again = "+"
			}
			got = append(got, fmt.Sprintf("%d/%d%s", m.Exchange, m.Number, again))
		}
		if s := strings.Join(got, " "); s != "2/1 2/1+ 2/3 2/5 32/1 32/1+ 32/3" {
			t.Errorf("%s", s)
		}
	}
}

// TestUnwatched: nothing is told of messages that nothing reads.
func TestUnwatched(t *testing.T) {
	w := newWorld(t)
	w.unwatched = true
	w.a.want()
	w.run(3 * time.Second)
	sent, received := messagesOf(w.a)
	for _, m := range append(sent, received...) {
		if m != nil {
			t.Fatalf("%+v", m)
		}
	}
}

// TestEventsBearNoKeys: who reads them cannot read the traffic.
func TestEventsBearNoKeys(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	for _, r := range w.all {
		sas, ok := find[isakmp.IPsecSAs](r)
		if !ok || sas.Pair.InboundSPI == 0 || sas.Pair.Inbound.Encryption != nil || sas.Pair.Outbound.Authentication != nil {
			t.Errorf("%s: %+v", r.name, sas)
		}
	}
}

// TestSerial: an SA is the same from its first event to its last, and never
// another.
func TestSerial(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.a.want()
		w.run(3 * time.Second)
		w.a.engine.ClearAll()
		w.run(2 * time.Minute)
	}
	for _, r := range w.all {
		conns := map[uint64]int{}
		purged := map[uint64]bool{}
		for _, e := range r.events {
			sa := reflect.ValueOf(e).FieldByName("SA")
			if !sa.IsValid() {
				continue
			}
			ref := sa.Interface().(isakmp.SARef)
			if ref.Serial == 0 {
				if ref.Role != isakmp.NoRole {
					t.Errorf("%s: %+v of no SA", r.name, e)
				}
				continue
			}
			if purged[ref.Serial] {
				t.Errorf("%s: %+v of an SA that was purged", r.name, e)
			}
			if was := conns[ref.Serial]; was != 0 && was != ref.Conn {
				t.Errorf("%s: SA %d has connection ids %d and %d", r.name, ref.Serial, was, ref.Conn)
			}
			conns[ref.Serial] = ref.Conn
			if _, ok := e.(isakmp.SAPurged); ok {
				purged[ref.Serial] = true
			}
		}
		if len(conns) < 3 || len(purged) != len(conns) {
			t.Errorf("%s: %d SAs, %d purged", r.name, len(conns), len(purged))
		}
	}
}
