package forwarding

import (
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestTraceroute(t *testing.T) {
	for _, c := range []struct {
		name, text string
		params     TraceParams
		before     func(n *row)
	}{
		{"two hops", `
1 12.12.12.2/ok 12.12.12.2/ok 12.12.12.2/ok
2 23.23.23.3/ok invalid IP/* 23.23.23.3/ok`, TraceParams{Dst: addr("23.23.23.3")}, nil},
		{"to a loopback", `
1 12.12.12.2/ok 12.12.12.2/ok 12.12.12.2/ok
2 23.23.23.3/ok invalid IP/* 23.23.23.3/ok`, TraceParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1")}, nil},
		{"no route", `
1 12.12.12.2/!H invalid IP/* 12.12.12.2/!H`, TraceParams{Dst: addr("99.1.1.1")}, nil},
		{"filtered", `
1 12.12.12.2/!A invalid IP/* 12.12.12.2/!A`, TraceParams{Dst: addr("23.23.23.3")}, func(n *row) {
			n.r2.Interfaces()[0].AccessIn = filterFunc(func(packet.IPv4) bool { return false })
		}},
		{"no answer", `
2 invalid IP/*
3 invalid IP/*`, TraceParams{Dst: addr("12.12.12.99"), Probes: 1, MinTTL: 2, MaxTTL: 3}, nil},
		{"itself", `
1 10.1.1.1/ok invalid IP/* 10.1.1.1/ok`, TraceParams{Dst: addr("10.1.1.1")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newRow(t)
			n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
			if c.before != nil {
				c.before(n)
			}
			equal(t, "answers", n.r1.traceroute(t, c.params), c.text)
			if len(n.r1.traces) != 0 {
				t.Error("the traceroute is still there")
			}
		})
	}
}
