package nat

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
)

// hitList notes the entries of lists that are hit, up to a number.
type hitList struct {
	hits []*acl.Rule
	most int
}

func (h *hitList) Hit(r *acl.Rule) bool {
	h.hits = append(h.hits, r)
	return len(h.hits) <= h.most
}

// worker says what a worker does with a packet: "pass", "punt", or what it makes of it.
func (r *rig) worker(s string, h Hitter) string {
	p := pkt(s[2:])
	seen := acl.Examine(p)
	v, ask := r.Publish(), (*View).Outbound
	if s[0] == '<' {
		ask = (*View).Inbound
	}
	e, answer := ask(v, p, &seen, Way{Out: "Out"}, h)
	switch answer {
	case Pass:
		return "pass"
	case Punt:
		return "punt"
	}
	e.Rewrite(p, s[0] == '>')
	e.Seen(&seen, s[0] == '>')
	check(r.t, p)
	if seen != acl.Examine(p) {
		r.t.Errorf("%s: lists would see %+v", s, seen)
	}
	v.Touch(e)
	return text(p)
}

// TestWorkers pass what is not for NAT, carry what has an entry, and leave the rest.
func TestWorkers(t *testing.T) {
	r := newRig(t)
	r.list("101", "deny ip any 192.168.0.0 0.0.255.255", "permit ip 10.0.0.0 0.0.0.255 any")
	r.list("102", "permit ip 10.0.2.0 0.0.0.255 20.0.0.0 0.255.255.255")
	r.list("3", "permit 200.1.1.77")
	r.list("4", "permit 20.4.0.0 0.0.255.255")
	r.maps["MAP"] = &listMap{r.lists.Get("102").Snapshot(), "Out"}
	r.pool("SRV", "10.0.0.10", "10.0.0.11", 24)
	r.pool("OL", "172.16.4.1", "172.16.4.9", 24)
	r.rule(Rule{List: "101", Interface: "Out", Overload: true})
	r.rule(Rule{RouteMap: "MAP", Interface: "Out", Overload: true})
	r.rule(Rule{Kind: InsideDestination, List: "3", Pool: "SRV"})
	r.rule(Rule{Kind: OutsideSource, List: "4", Pool: "OL"})
	r.fixed(Static{Local: addr("10.5.0.0"), Global: addr("200.5.0.0"), Bits: 24})
	r.fixed(Static{Kind: OutsideSource, Local: addr("172.16.5.0"), Global: addr("20.5.0.0"), Bits: 24})
	r.fixed(Static{Local: addr("10.6.0.1"), Global: addr("200.6.0.1"), RouteMap: "MAP"})
	r.fixed(Static{Protocol: 6, Local: addr("10.7.0.1"), LocalPort: 80, Interface: "Out", GlobalPort: 8080})
	for _, p := range []string{"> udp 10.0.0.1:5000 20.1.1.1:4000", "> tcp 10.0.0.1:5000 20.1.1.1:80 syn", "> tcp 10.0.0.2:5000 20.1.1.1:80 ack",
		"> udp 10.0.0.1:5001 20.1.1.1:53", "> tcp 10.0.0.1:5002 20.1.1.1:21 ack"} {
		r.step(p)
	}
	for _, c := range []struct{ packet, want string }{
		{"> udp 10.0.0.1:5000 20.1.1.1:4000", "udp 200.1.1.1:5000 20.1.1.1:4000"},
		{"< udp 20.1.1.1:4000 200.1.1.1:5000", "udp 20.1.1.1:4000 10.0.0.1:5000"},
		{"> tcp 10.0.0.1:5000 20.1.1.1:80 ack", "punt"}, // no answer was seen yet
		{"> tcp 10.0.0.2:5000 20.1.1.1:80 ack", "tcp 200.1.1.1:1024 20.1.1.1:80 ack"},
		{"> tcp 10.0.0.2:5000 20.1.1.1:80 fin ack", "punt"},
		{"> tcp 10.0.0.2:5000 20.1.1.1:80 rst", "punt"},
		{"> tcp 10.0.0.2:5000 20.1.1.1:80 syn", "punt"},
		{"> udp 10.0.0.1:5001 20.1.1.1:53", "punt"},
		{"> tcp 10.0.0.1:5002 20.1.1.1:21 ack", "punt"},
		{"> udp 10.0.0.3:5000 20.1.1.1:4000", "punt"},
		{"> udp 10.0.0.3:5000 192.168.1.1:4000", "pass"},
		{"> udp 10.0.1.3:5000 20.1.1.1:4000", "pass"},
		{"> udp 10.0.2.3:5000 20.1.1.1:4000", "punt"}, // by the route-map
		{"> udp 10.0.2.3:5000 30.1.1.1:4000", "pass"},
		{"> udp 10.5.0.3:5000 30.1.1.1:4000", "punt"}, // networks
		{"> udp 10.5.1.3:5000 30.1.1.1:4000", "pass"},
		{"> udp 10.0.1.3:5000 172.16.5.1:4000", "punt"},
		{"> udp 10.0.1.3:5000 172.16.6.1:4000", "pass"},
		{"< udp 20.1.1.1:4000 200.5.0.3:5000", "punt"},
		{"< udp 20.1.1.1:4000 200.5.1.3:5000", "pass"},
		{"< udp 20.5.0.9:4000 200.1.1.1:6000", "punt"},
		{"< udp 20.4.0.9:4000 200.1.1.1:6000", "punt"}, // the list of outside hosts
		{"< tcp 20.1.1.1:4000 200.1.1.77:80 ack", "punt"},
		{"< udp 20.1.1.1:4000 200.1.1.77:80", "pass"},
		{"< tcp 20.1.1.1:4000 200.1.1.78:80 ack", "pass"},
		{"< tcp 20.1.1.1:4000 200.1.1.1:8080 ack", "punt"},
		{"< udp 20.1.1.1:4000 200.1.1.1:8080", "pass"},
		{"> tcp 10.7.0.1:80 20.1.1.1:4000 ack", "punt"},
		{"> udp 10.6.0.1:5000 20.1.1.1:4000", "pass"}, // its route-map does not permit
		{"< icmp 20.1.1.1 200.1.1.1 9 reply", "pass"},
	} {
		if got := r.worker(c.packet, noHits{}); got != c.want {
			t.Errorf("%s: %s, not %s", c.packet, got, c.want)
		}
	}
}

// TestWorkersCount what lists have decided, unless there is no room for it.
func TestWorkersCount(t *testing.T) {
	r := newRig(t)
	r.list("101", "deny ip any 192.168.0.0 0.0.255.255", "permit ip 10.0.0.0 0.0.0.255 any")
	r.rule(Rule{List: "101", Interface: "Out", Overload: true})
	h := &hitList{most: 1}
	if got := r.worker("> udp 10.0.0.3:5000 192.168.1.1:4000", h); got != "pass" || len(h.hits) != 1 || h.hits[0] != r.lists.Get("101").Rules()[0] {
		t.Error(got, h.hits)
	}
	if got := r.worker("> udp 10.0.0.3:5000 192.168.1.1:4000", h); got != "punt" {
		t.Error(got)
	}
}

// TestWorkersTouch: what workers carry does not expire.
func TestWorkersTouch(t *testing.T) {
	r := patRig(t)
	r.step("> udp 10.0.0.1:5000 20.1.1.1:4000")
	for range 10 {
		r.wait(200 * time.Second)
		if got := r.worker("< udp 20.1.1.1:4000 200.1.1.1:5000", noHits{}); got != "udp 20.1.1.1:4000 10.0.0.1:5000" {
			t.Fatal(got)
		}
	}
	r.wait(299 * time.Second)
	r.shows("udp 200.1.1.1:5000 10.0.0.1:5000 20.1.1.1:4000 20.1.1.1:4000")
	r.wait(time.Second)
	r.shows()
}

// TestViews are the same until something changes.
func TestViews(t *testing.T) {
	r := patRig(t)
	v := r.Publish()
	r.step("> udp 10.0.0.1:5000 20.1.1.1:4000")
	if r.Publish() != v {
		t.Error("another view, and nothing was changed")
	}
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"list", func() { r.list("1", "permit 10.1.0.0") }},
		{"static", func() { r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9"), RouteMap: "M"}) }},
		{"rule", func() { r.rule(Rule{RouteMap: "M2", Interface: "Out"}) }},
		{"route-map of a static", func() { r.maps["M"] = &listMap{r.lists.Get("1").Snapshot(), ""} }},
		{"route-map of a rule", func() { r.maps["M2"] = &listMap{r.lists.Get("1").Snapshot(), ""} }},
		{"services", func() { r.SetServices(Services{PreservePort: []string{"1"}}) }},
	} {
		v := r.Publish()
		if c.change(); r.Publish() == v {
			t.Errorf("%s: the same view", c.name)
		}
	}
}
