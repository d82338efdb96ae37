package isakmp_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestNATScenarios: what both ends say of a NAT, and that they come to terms.
func TestNATScenarios(t *testing.T) {
	floated := []string{
		"port         : 0 ", "sending packet to 23.23.23.3 my_port 4500 peer_port 4500 (I) MM_KEY_EXCH",
		"received packet from 23.23.23.3 dport 4500 sport 4500 Global (I) MM_KEY_EXCH",
		"Setting UDP ENC peer struct", "Trying to insert a peer 10.0.0.1/23.23.23.3/4500/,  and inserted successfully",
		"encaps is 3 (Tunnel-UDP)",
	}
	scenarios := []scenario{
		{
			name: "nat-initiator-inside", up: true,
			initiator: append([]string{
				"ISAKMP:received payload type 20", "NAT found, the node inside NAT",
				"ISAKMP:received payload type 20", "My hash no match -  this node inside NAT",
			}, floated...),
			responder: []string{
				"received packet from 12.12.12.1 dport 500 sport 40001 Global (N) NEW SA",
				"ISAKMP:received payload type 20", "His hash no match - this node outside NAT",
				"ISAKMP:received payload type 20", "His hash no match - this node outside NAT",
				"received packet from 12.12.12.1 dport 4500 sport 40002 Global (R) MM_KEY_EXCH",
				"SA has been authenticated with 12.12.12.1",
				"Detected port floating to port = 40002",
				"Trying to find existing peer 23.23.23.3/12.12.12.1/40002/",
				"Process initial contact,\nbring down existing phase 1 and 2 SA's with local 23.23.23.3 remote 12.12.12.1 remote port 40002",
				"Setting UDP ENC peer struct", "Trying to insert a peer 23.23.23.3/12.12.12.1/40002/,  and inserted successfully",
				"sending packet to 12.12.12.1 my_port 4500 peer_port 40002 (R) MM_KEY_EXCH",
				"encaps is 3 (Tunnel-UDP)",
			},
		},
		{
			name: "nat-responder-inside", up: true,
			setup: func(w *world) {
				w.nat = nil
				w.a.addr, w.b.addr = netip.MustParseAddrPort("12.12.12.1:500"), netip.MustParseAddrPort("10.0.0.3:500")
				w.behindNAT("23.23.23.3", w.b).opened(w.b)
			},
			initiator: []string{
				"His hash no match - this node outside NAT", "His hash no match - this node outside NAT",
				"sending packet to 23.23.23.3 my_port 4500 peer_port 4500 (I) MM_KEY_EXCH",
				"Trying to insert a peer 12.12.12.1/23.23.23.3/4500/",
			},
			responder: []string{
				"NAT found, the node inside NAT", "My hash no match -  this node inside NAT",
				"received packet from 12.12.12.1 dport 4500 sport 4500 Global (R) MM_KEY_EXCH",
				"Detected port floating to port = 4500",
				"Trying to insert a peer 10.0.0.3/12.12.12.1/4500/",
			},
		},
		{
			name: "nat-both-inside", up: true,
			setup: func(w *world) {
				w.b.addr = netip.MustParseAddrPort("10.0.0.3:500")
				w.behindNAT("23.23.23.3", w.b).opened(w.b)
			},
			initiator: []string{
				"NAT found, the node inside NAT", "NAT found, the node inside NAT",
				"sending packet to 23.23.23.3 my_port 4500 peer_port 4500 (I) MM_KEY_EXCH",
			},
			responder: []string{
				"NAT found, the node inside NAT", "NAT found, the node inside NAT",
				"Detected port floating to port = 40002", "Trying to insert a peer 10.0.0.3/12.12.12.1/40002/",
			},
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			setup := s.setup
			s.setup = func(w *world) {
				w.a.addr = netip.MustParseAddrPort("10.0.0.1:500")
				w.behindNAT("12.12.12.1", w.a)
				if setup != nil {
					setup(w)
				}
			}
			s.test(t)
		})
	}
}

// both lets a tunnel through a NAT come up and reports whether it has, in UDP.
func (w *world) throughNAT(t *testing.T) {
	t.Helper()
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Fatalf("not up; R1 said:\n%s\nR3 said:\n%s", w.a.log.String(), w.b.log.String())
	}
	for _, r := range []*router{w.a, w.b} {
		for _, p := range r.ipsec.pairs {
			if !p.Proposal.IsInUDP() || p.Local.Port() != 4500 {
				t.Errorf("%s: %v to %v, encapsulation %d", r.name, p.Local, p.Remote, p.Proposal.Encapsulation)
			}
		}
		if sas := r.engine.SAs(); len(sas) != 1 || sas[0].Capabilities != "N" {
			t.Errorf("%s: %+v", r.name, sas)
		}
	}
}

// TestNATMovesPeer: when the NAT has forgotten the initiator, its next message
// comes from another port, and everything goes there from then on.
func TestNATMovesPeer(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	w.nat.forget()
	w.a.engine.AreYouThere(1, 7)
	w.run(time.Second)
	inOrder(t, "R1", w.a.take(), []string{"DPD/R_U_THERE_ACK received from peer 23.23.23.3"})
	moved := netip.MustParseAddrPort("12.12.12.1:40003")
	for _, p := range w.b.ipsec.pairs {
		if p.Remote != moved {
			t.Errorf("R3's pair is with %v", p.Remote)
		}
	}
	if p := w.b.engine.Peers(); len(p) != 1 || p[0].Remote != moved {
		t.Errorf("R3's peers: %+v", p)
	}
	w.b.want() // the responder's own quick mode goes to the mapped port
	w.run(3 * time.Second)
	if len(w.a.ipsec.pairs) != 2 || len(w.b.ipsec.pairs) != 2 {
		t.Errorf("%d and %d pairs", len(w.a.ipsec.pairs), len(w.b.ipsec.pairs))
	}
	for _, in := range w.b.ipsec.order {
		w.b.ipsec.drop(in)
	}
	w.b.engine.ClearAll()
	w.run(2 * time.Minute)
	if n := len(w.b.engine.Peers()); n != 0 {
		t.Errorf("%d peers left", n)
	}
}

// TestResponderReachesMappedPort: when phase 1 is over, and the pair is left, the
// responder begins a new phase 1 at 4500, through the mapping (RFC 3947 §4).
func TestResponderReachesMappedPort(t *testing.T) {
	w := natWorld(t)
	onBoth(func(p *isakmp.Policy) { p.Lifetime = time.Minute })(w)
	w.throughNAT(t)
	w.run(3 * time.Minute)
	if n := len(w.b.engine.SAs()); n != 0 {
		t.Fatalf("%d SAs of phase 1 left", n)
	}
	w.b.take()
	f := w.b.ipsec.flows[0]
	w.b.engine.RequestSA(isakmp.SARequest{
		Local: w.b.addr.Addr(), Remote: netip.MustParseAddr("12.12.12.1"), RemotePort: 40002,
		LocalProxy: f.local, RemoteProxy: f.remote, Proposals: f.proposals, Seconds: 3600, Kilobytes: 4608000, SPI: w.b.ipsec.newSPI(),
	})
	w.run(5 * time.Second)
	inOrder(t, "R3", w.b.take(), []string{
		"Found a peer struct for 12.12.12.1, peer port 40002", "local port 4500, remote port 40002",
		"sending packet to 12.12.12.1 my_port 4500 peer_port 40002 (I) MM_NO_STATE", "encaps is 3 (Tunnel-UDP)",
	})
	if len(w.a.ipsec.pairs) != 2 || len(w.b.ipsec.pairs) != 2 {
		t.Errorf("%d and %d pairs", len(w.a.ipsec.pairs), len(w.b.ipsec.pairs))
	}
}

// TestOneNATTwoPeers: two routers behind one NAT have a tunnel each, and what one
// of them says does nothing to the other.
func TestOneNATTwoPeers(t *testing.T) {
	w := natWorld(t)
	c := w.router("R2", "10.0.0.2")
	c.config.Keys = w.a.config.Keys
	policy, _ := w.a.config.Policy(10)
	c.config.SetPolicy(policy)
	c.ipsec.flows = []*flowConfig{newFlow("10.2.2.0", "20.1.1.0")}
	w.b.ipsec.flows = append(w.b.ipsec.flows, newFlow("20.1.1.0", "10.2.2.0"))
	w.nat.inside = append(w.nat.inside, c)
	w.throughNAT(t)
	f := c.ipsec.flows[0]
	c.engine.RequestSA(isakmp.SARequest{
		Local: c.addr.Addr(), Remote: w.b.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
		Proposals: f.proposals, Seconds: 3600, Kilobytes: 4608000, SPI: c.ipsec.newSPI(),
	})
	w.run(3 * time.Second)
	if len(w.b.ipsec.pairs) != 2 || len(c.ipsec.pairs) != 1 || len(w.b.engine.Peers()) != 2 || !w.up() {
		t.Fatalf("R3 has %d pairs, %d peers", len(w.b.ipsec.pairs), len(w.b.engine.Peers()))
	}
	c.ipsec.expire(c.ipsec.order[0])
	c.engine.ClearAll()
	w.run(3 * time.Second)
	if len(w.b.ipsec.pairs) != 1 || len(w.b.engine.Peers()) != 1 || !w.up() {
		t.Errorf("R3 has %d pairs, %d peers", len(w.b.ipsec.pairs), len(w.b.engine.Peers()))
	}
}

// TestRequestsShareNewPhase1: requests that come while the initiator has not gone to
// port 4500 again wait for the SA that will.
func TestRequestsShareNewPhase1(t *testing.T) {
	w := natWorld(t)
	onBoth(func(p *isakmp.Policy) { p.Lifetime = time.Minute })(w)
	w.throughNAT(t)
	w.run(3 * time.Minute)
	f := w.a.ipsec.flows[0]
	for range 3 {
		w.a.engine.RequestSA(isakmp.SARequest{
			Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), RemotePort: 4500, LocalProxy: f.local, RemoteProxy: f.remote,
			Proposals: f.proposals, Seconds: 3600, Kilobytes: 4608000, SPI: w.a.ipsec.newSPI(),
		})
	}
	if n := len(w.a.engine.SAs()); n != 1 {
		t.Errorf("%d SAs of phase 1", n)
	}
	w.run(5 * time.Second)
	if n := len(w.a.ipsec.pairs); n != 2 || w.b.ipsec.contact != 1 { // of three requests for one flow, one
		t.Errorf("%d pairs, %d initial contacts", n, w.b.ipsec.contact)
	}
}
