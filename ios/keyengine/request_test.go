package keyengine

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/isakmp"
)

// lan is a network of 24 bits as quick mode names it.
func lan(addr string) isakmp.Proxy {
	return isakmp.Proxy{Addr: netip.MustParseAddr(addr), Mask: netip.MustParseAddr("255.255.255.0")}
}

// only returns the events of one type, in order.
func only[E any](d *end) (list []E) {
	for _, e := range d.events {
		if x, is := e.(E); is {
			list = append(list, x)
		}
	}
	return list
}

// TestWhatIsAskedFor: a request has what the entry says, and what is global where
// it says nothing; sets that are not configured are passed over.
func TestWhatIsAskedFor(t *testing.T) {
	strong := esp.Transform{Cipher: esp.AES, KeyBits: 256, Auth: esp.SHA1}
	for _, tt := range []struct {
		name   string
		change func(*end, *Entry)
		want   func(*isakmp.SARequest)
	}{
		{"as it comes", func(*end, *Entry) {}, func(*isakmp.SARequest) {}},
		{"lifetimes of the router",
			func(d *end, _ *Entry) { d.Lifetime = isakmp.Lifetime{Seconds: 1200, Kilobytes: 9000} },
			func(r *isakmp.SARequest) { r.Seconds, r.Kilobytes = 1200, 9000 }},
		{"seconds of the entry",
			func(_ *end, e *Entry) { e.Lifetime.Seconds = 1300 },
			func(r *isakmp.SARequest) { r.Seconds = 1300 }},
		{"kilobytes of the entry",
			func(_ *end, e *Entry) { e.Lifetime.Kilobytes = 8000 },
			func(r *isakmp.SARequest) { r.Kilobytes = 8000 }},
		{"PFS",
			func(_ *end, e *Entry) { e.PFS = 5 },
			func(r *isakmp.SARequest) { r.PFS = 5 }},
		{"two sets and one that is not there",
			func(d *end, e *Entry) {
				d.SetTransformSet(TransformSet{"STRONG", strong})
				e.TransformSets = []string{"STRONG", "NONE", "TS"}
			},
			func(r *isakmp.SARequest) { r.Proposals = []isakmp.Proposal{proposal(strong), proposal(desMD5)} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			tt.change(w.a, w.a.Map("CMAP").Entry(10))
			w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
			w.Pass(time.Millisecond)
			if len(w.a.requests) != 1 {
				t.Fatalf("%d requests", len(w.a.requests))
			}
			got := w.a.requests[0]
			want := isakmp.SARequest{
				Local: left, Remote: right, LocalProxy: lan("10.1.1.0"), RemoteProxy: lan("20.1.1.0"),
				Proposals: []isakmp.Proposal{proposal(desMD5)}, Seconds: 3600, Kilobytes: 4608000, SPI: got.SPI,
			}
			tt.want(&want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("asked for\n\t%+v\nwant\n\t%+v", got, want)
			}
			if got.SPI < 256 {
				t.Errorf("SPI %d is reserved", got.SPI)
			}
			told := only[SARequested](w.a)
			for i, e := range told {
				flow := FlowRef{left, right, want.LocalProxy, want.RemoteProxy}
				life := isakmp.Lifetime{Seconds: want.Seconds, Kilobytes: want.Kilobytes}
				if e != (SARequested{Flow: flow, Proposal: want.Proposals[i], Lifetime: life, PFS: want.PFS, SPI: got.SPI}) {
					t.Errorf("told %+v", e)
				}
			}
		})
	}
}

// TestNothingToAskFor: without a transform set, or without an address of its own,
// a flow asks for nothing, holds no SPI, and asks as soon as it can.
func TestNothingToAskFor(t *testing.T) {
	for name, change := range map[string]struct{ away, back func(*end) }{
		"no transform set": {
			func(d *end) { d.RemoveTransformSet("TS") },
			func(d *end) { d.SetTransformSet(TransformSet{"TS", desMD5}) },
		},
		"no address": {
			func(d *end) { d.bindings[0].Local = func() (netip.Addr, bool) { return left, false } },
			func(d *end) { d.bindings[0].Local = func() (netip.Addr, bool) { return left, true } },
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			change.away(w.a)
			if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1")); verdict != forwarding.Drop {
				t.Errorf("verdict %v: the packet must not pass in clear", verdict)
			}
			w.Pass(time.Minute)
			if len(w.a.requests) != 0 || len(w.a.asking) != 0 || !w.idle() || w.a.View()[0].Flows[0].Requesting {
				t.Errorf("%d requests, %d waiting, no timer left: %v", len(w.a.requests), len(w.a.asking), w.idle())
			}
			change.back(w.a)
			w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
			w.Pass(time.Millisecond)
			if len(w.a.requests) != 1 || !w.a.View()[0].Flows[0].Requesting {
				t.Error("the next packet does not ask")
			}
		})
	}
}

// TestOneRequestOfAFlow: packets that come while a request is under way make no
// other.
func TestOneRequestOfAFlow(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	}
	if len(w.a.asking) != 1 || count[SARequested](w.a) != 1 {
		t.Errorf("%d requests, told of %d", len(w.a.asking), count[SARequested](w.a))
	}
}

// TestAnsweredRequestIsOver: its timer is off, its flow waits no longer, and its
// SPI belongs to the SA.
func TestAnsweredRequestIsOver(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	if len(w.a.asking) != 0 || w.a.View()[0].Flows[0].Requesting {
		t.Error("the request is still under way")
	}
	w.Pass(10 * time.Minute)
	if n := count[RequestTimedOut](w.a); n != 0 || len(w.a.requests) != 1 {
		t.Errorf("%d timeouts, %d requests", n, len(w.a.requests))
	}
	w.a.RequestFailed(left, right, w.a.requests[0].SPI) // too late to be true
	if len(w.a.all()) != 1 {
		t.Error("a failure of what has succeeded ended the pair")
	}
}

// TestRequestIsGivenUp: how a request that nobody answers ends.
func TestRequestIsGivenUp(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(requestTimeout)
	if len(w.a.requests) != 2 || !reflect.DeepEqual(w.a.requests[0], w.a.requests[1]) {
		t.Errorf("asked for %+v", w.a.requests)
	}
	w.Pass(requestTimeout)
	want := isakmp.DeleteRequest{Local: left, Remote: right, Protocol: isakmp.ProtoESP, SPIs: []uint32{w.a.requests[0].SPI}}
	if len(w.a.deleted) != 1 || !reflect.DeepEqual(w.a.deleted[0], want) {
		t.Errorf("told %+v, want %+v", w.a.deleted, want)
	}
	if len(w.a.asking) != 0 || w.a.View()[0].Flows[0].Requesting || !w.idle() {
		t.Error("it is still under way")
	}
	flow := FlowRef{left, right, lan("10.1.1.0"), lan("20.1.1.0")}
	if got := only[RequestTimedOut](w.a); !slices.Equal(got, []RequestTimedOut{{flow, 1}, {flow, 2}}) {
		t.Errorf("told of %+v", got)
	}
}

// TestAbandonedRequestIsNotPassedOn: what is abandoned in the same moment does not
// reach ISAKMP.
func TestAbandonedRequestIsNotPassedOn(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.a.Remove(outside)
	w.Pass(time.Hour)
	if len(w.a.requests) != 0 || len(w.a.asking) != 0 || count[RequestTimedOut](w.a) != 0 {
		t.Errorf("%d requests, %d waiting", len(w.a.requests), len(w.a.asking))
	}
}

// TestFailedRequest: it is not under way any more, and its SPI is free; nothing is
// tried again where there is a pair that does not near its end.
func TestFailedRequest(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	w.a.RequestFailed(left, right, w.a.requests[0].SPI)
	if len(w.a.asking) != 0 || w.a.View()[0].Flows[0].Requesting {
		t.Error("the request is still under way")
	}
	w.a.DropHeld()
	w.up(t)
	w.a.ask(w.a.bindings[0].flows[0])
	w.Pass(time.Millisecond)
	n := len(w.a.requests)
	w.a.RequestFailed(left, right, w.a.requests[n-1].SPI)
	w.Pass(10 * time.Minute)
	if len(w.a.requests) != n {
		t.Error("tried again although nothing nears its end")
	}
}

// TestFailedRenewalWaits: a renewal that has failed is tried again after
// renewalRetry, and not before.
func TestFailedRenewalWaits(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(3571*time.Second - w.Now())
	if len(w.a.requests) != 2 {
		t.Fatalf("%d requests", len(w.a.requests))
	}
	w.a.RequestFailed(left, right, w.a.requests[1].SPI)
	w.Pass(renewalRetry - time.Millisecond)
	if len(w.a.requests) != 2 {
		t.Error("tried again too early")
	}
	w.Pass(2 * time.Millisecond)
	if len(w.a.requests) != 3 {
		t.Error("not tried again")
	}
}

// TestReplacedPairEndsOnce: one whose successor the peer has deleted may be sending
// still when a request fails; it ends at its time, and once.
func TestReplacedPairEndsOnce(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(3571*time.Second - w.Now())
	f := w.a.bindings[0].flows[0]
	old := f.pairs[0]
	negotiate(t, w.a, w.b) // the renewal
	if !old.replaced {
		t.Fatal("not replaced")
	}
	w.a.PeerDeleted(f.pairs[1].agreed.Remote, 3, []uint32{f.pairs[1].agreed.OutboundSPI})
	w.a.ask(f)
	w.Pass(0)
	r := w.a.requests[len(w.a.requests)-1]
	w.a.RequestFailed(left, right, r.SPI)
	w.a.ClearAll()
	released := w.a.released
	w.Pass(time.Minute)
	if w.a.released != released {
		t.Errorf("released %d times more after its end", w.a.released-released)
	}
}

// TestOfferIsToldOf: what a peer offers, why it is refused, and which SPI is
// reserved for it.
func TestOfferIsToldOf(t *testing.T) {
	w := newWorld(t)
	offer := isakmp.ProposalRequest{
		Local: right, Remote: left, LocalProxy: lan("20.1.1.0"), RemoteProxy: lan("10.1.1.0"),
		Number: 3, Proposal: proposal(desMD5), PFS: 2,
	}
	flow := FlowRef{right, left, offer.LocalProxy, offer.RemoteProxy}
	life, err := w.b.ValidateProposal(offer)
	if err != nil || life != (isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}) {
		t.Errorf("%+v, %v", life, err)
	}
	w.b.Map("CMAP").Entry(10).Lifetime = isakmp.Lifetime{Seconds: 900, Kilobytes: 5000}
	if life, _ := w.b.ValidateProposal(offer); life != (isakmp.Lifetime{Seconds: 900, Kilobytes: 5000}) {
		t.Errorf("the entry's own lifetime: %+v", life)
	}
	other := offer
	other.Local = left
	w.b.ValidateProposal(other)
	other = offer
	other.LocalProxy = lan("20.1.2.0")
	w.b.ValidateProposal(other)
	other = offer
	other.Proposal.Auth = isakmp.AuthHMACSHA
	w.b.ValidateProposal(other)
	if got := only[ProposalOffered](w.b); len(got) != 5 || got[0] != (ProposalOffered{flow, 3, offer.Proposal, 2}) {
		t.Errorf("told of %+v", got)
	}
	refused := only[ProposalRefused](w.b)
	if len(refused) != 3 || refused[0].Reason != UnknownAddress || refused[1].Reason != UnknownProxies ||
		refused[2] != (ProposalRefused{flow, other.Proposal, UnknownTransform}) {
		t.Errorf("told of %+v", refused)
	}
	spi := w.b.AllocateSPI(right, left, isakmp.ProtoESP)
	if got := only[SPIReserved](w.b); len(got) != 1 || got[0] != (SPIReserved{right, left, isakmp.ProtoESP, spi}) {
		t.Errorf("told of %+v", got)
	}
}

// TestOwnOfferIsComparedWithItsEntry: the answer to a request of ours is held
// against the entry that asked, and one that nobody waits for is refused.
func TestOwnOfferIsComparedWithItsEntry(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	r := w.a.requests[0]
	answer := isakmp.ProposalRequest{
		Local: left, Remote: right, LocalProxy: r.LocalProxy, RemoteProxy: r.RemoteProxy,
		Proposal: r.Proposals[0], Initiator: true, SPI: r.SPI,
	}
	if _, err := w.a.ValidateProposal(answer); err != nil {
		t.Errorf("what was asked for: %v", err)
	}
	other := answer
	other.Proposal.Transform = isakmp.ESP3DES
	if _, err := w.a.ValidateProposal(other); err != isakmp.ErrTransformProposal {
		t.Errorf("another transform: %v", err)
	}
	other = answer
	other.SPI++
	if _, err := w.a.ValidateProposal(other); err != isakmp.ErrProxyIdentities {
		t.Errorf("another SPI: %v", err)
	}
}

// TestWithoutRandomness: a source that fails is a fault of the lab, and no SPI is
// made up.
func TestWithoutRandomness(t *testing.T) {
	w := newWorld(t)
	w.a.env.Rand = strings.NewReader("")
	defer func() {
		if recover() == nil {
			t.Error("an SPI without randomness")
		}
	}()
	w.a.AllocateSPI(left, right, isakmp.ProtoESP)
}
