package nat

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// told are the events since the last call, in few words.
func (r *rig) toldEvents() (all []string) {
	for _, e := range r.events {
		switch e := e.(type) {
		case Examined:
			all = append(all, fmt.Sprintf("examined out=%v switched=%v %s %v %v [%d]", e.Outbound, e.Switched, ProtocolName(e.Protocol), e.Src, e.Dst, e.IPID))
		case AddressTranslated:
			all = append(all, fmt.Sprintf("translated source=%v %v->%v %v->%v", e.Source, e.Src, e.NewSrc, e.Dst, e.NewDst))
		case IdentifierTranslated:
			all = append(all, fmt.Sprintf("identifier %d->%d", e.From, e.To))
		case PortAllocated:
			all = append(all, fmt.Sprintf("port %v->%v %d %d", e.Local, e.Global, e.Wanted, e.Got))
		case Created:
			all = append(all, "created "+row(e.Translation))
		case Deleted:
			all = append(all, "deleted "+row(e.Translation))
		case Expiring:
			all = append(all, "expiring "+row(e.Translation))
		case AllocationFailed:
			all = append(all, fmt.Sprintf("no address for %v: list %s pool %s", e.Host, e.List, e.Pool))
		case TranslationFailed:
			all = append(all, fmt.Sprintf("failed %v %v", e.Src, e.Dst))
		}
	}
	r.events = nil
	return all
}

func TestEvents(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "Out", Overload: true})
	r.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.1"), Local: addr("172.16.0.1")})
	r.step("> icmp 10.0.0.1 20.1.1.1 7")
	r.toldEvents()
	for _, c := range []struct {
		name string
		do   func()
		want []string
	}{
		{"the first packet", func() { r.step("> icmp 10.0.0.2 172.16.0.1 7") }, []string{
			"examined out=true switched=true icmp {10.0.0.2 7} {172.16.0.1 7} [5]",
			"port 10.0.0.2->200.1.1.1 7 1",
			"created icmp 200.1.1.1:1 10.0.0.2:7 172.16.0.1:7 20.1.1.1:1",
			"examined out=true switched=true icmp {10.0.0.2 7} {172.16.0.1 7} [5]",
			"identifier 7->1",
			"translated source=true 10.0.0.2->200.1.1.1 172.16.0.1->172.16.0.1",
			"translated source=false 200.1.1.1->200.1.1.1 172.16.0.1->20.1.1.1",
		}},
		{"the answer", func() { r.step("< icmp 20.1.1.1 200.1.1.1 1 reply") }, []string{
			"examined out=false switched=true icmp {20.1.1.1 1} {200.1.1.1 1} [5]",
			"identifier 1->7",
			"translated source=true 20.1.1.1->172.16.0.1 200.1.1.1->200.1.1.1",
			"translated source=false 172.16.0.1->172.16.0.1 200.1.1.1->10.0.0.2",
		}},
		{"the router's own", func() { r.pass(pkt("icmp 10.0.0.2 172.16.0.1 7"), true, Way{Self: true}) }, []string{
			"examined out=true switched=false icmp {10.0.0.2 7} {172.16.0.1 7} [5]",
			"identifier 7->1",
			"translated source=true 10.0.0.2->200.1.1.1 172.16.0.1->172.16.0.1",
			"translated source=false 200.1.1.1->200.1.1.1 172.16.0.1->20.1.1.1",
		}},
		{"its time is over", func() { r.wait(time.Minute) }, []string{
			"expiring icmp 200.1.1.1:7 10.0.0.1:7 20.1.1.1:7 20.1.1.1:7",
			"deleted icmp 200.1.1.1:7 10.0.0.1:7 20.1.1.1:7 20.1.1.1:7",
			"expiring icmp 200.1.1.1:1 10.0.0.2:7 172.16.0.1:7 20.1.1.1:1",
			"deleted icmp 200.1.1.1:1 10.0.0.2:7 172.16.0.1:7 20.1.1.1:1",
		}},
		{"no address", func() {
			r.RemoveRule(Rule{List: "1"})
			r.pool("P", "200.1.1.9", "200.1.1.9", 24)
			r.rule(Rule{List: "1", Pool: "P"})
			r.step("> icmp 10.0.0.1 20.1.1.1 7")
			r.toldEvents()
			r.step("> icmp 10.0.0.2 20.1.1.1 7")
		}, []string{
			"no address for 10.0.0.2: list 1 pool P",
			"failed 10.0.0.2 20.1.1.1",
		}},
		{"nothing for NAT", func() { r.step("> icmp 10.0.1.2 20.1.1.5 7") }, nil},
	} {
		c.do()
		if got := r.toldEvents(); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q\nwant\n%q", c.name, got, c.want)
		}
	}
	r.quiet = true
	if r.step("> icmp 10.0.0.1 20.1.1.1 8"); r.events != nil {
		t.Error("told of without a reader:", r.events)
	}
}
