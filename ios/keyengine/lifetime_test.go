package keyengine

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/isakmp"
)

// nearEnd uses a pair's volume up but for a little.
func nearEnd(p *pair) {
	p.sas.Out.Next((4608000 - 200) << 10)
	p.sas.Out.Carried(1)
	p.watch.Check()
}

// TestWhoRenews: the initiator of a pair renews it at once, its responder ten
// seconds later where there is no successor by then.
func TestWhoRenews(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	nearEnd(w.b.all()[0])
	w.Pass(responderLag - time.Millisecond)
	if len(w.b.requests) != 0 {
		t.Error("the responder does not wait")
	}
	w.Pass(2 * time.Millisecond)
	if len(w.b.requests) != 1 {
		t.Error("the responder does not renew")
	}
	nearEnd(w.a.all()[0])
	w.Pass(time.Millisecond)
	if len(w.a.requests) != 2 {
		t.Error("the initiator does not renew")
	}
}

// TestResponderOfALowerAddressWaits, too, though it need not yield.
func TestResponderOfALowerAddressWaits(t *testing.T) {
	w := newWorld(t)
	w.b.Select(w.ifc, ipPacket("20.1.1.1", "10.1.1.1"))
	w.Pass(time.Millisecond)
	negotiate(t, w.b, w.a)
	nearEnd(w.a.all()[0])
	w.Pass(responderLag - time.Millisecond)
	if len(w.a.requests) != 0 {
		t.Error("the responder does not wait")
	}
	w.Pass(2 * time.Millisecond)
	if len(w.a.requests) != 1 {
		t.Error("the responder does not renew")
	}
}

// TestSessionThatNeverWas: a pair that was not confirmed made no session, and ends
// none.
func TestSessionThatNeverWas(t *testing.T) {
	w := newWorld(t)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000))
	w.a.ClearAll()
	if count[SessionUp](w.a) != 0 || count[SessionDown](w.a) != 0 {
		t.Errorf("told %+v", w.a.events)
	}
}

// TestFlowOfAFormerEntry: it is forgotten although the list is still there.
func TestFlowOfAFormerEntry(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.a.ClearAll()
	second, _ := w.a.AddEntry("CMAP", 20)
	second.Peers, second.TransformSets, second.ACL = []netip.Addr{right}, []string{"TS"}, "101"
	w.a.RemoveEntry("CMAP", 10)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	if flows := w.a.bindings[0].flows; len(flows) != 1 || flows[0].entry != second {
		t.Errorf("%d flows", len(flows))
	}
}

// TestWhoYields: where both ends have initiated a pair of the flow that may be
// used, the one with the higher address waits as a responder does.
func TestWhoYields(t *testing.T) {
	for name, tt := range map[string]struct {
		confirmed bool
		lower     bool
		waits     bool
	}{
		"the higher address":              {true, false, true},
		"the lower address":               {true, true, false},
		"the other pair may not be used":  {false, false, false},
		"the lower, the other may not be": {false, true, false},
	} {
		w := newWorld(t)
		own, other, from := w.b, w.a, ipPacket("20.1.1.1", "10.1.1.1")
		if tt.lower {
			own, other, from = w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1")
		}
		own.Select(w.ifc, from)
		w.Pass(time.Millisecond)
		negotiate(t, own, other)
		other.ask(other.bindings[0].flows[0])
		w.Pass(time.Millisecond)
		p := answer(t, other, own) // own is the responder of the second pair
		if tt.confirmed {
			own.EnableOutbound(ike(other.addr), p.InboundSPI)
		}
		if len(own.all()) != 2 {
			t.Fatalf("%s: %d pairs", name, len(own.all()))
		}
		before := len(own.requests)
		if all := own.all(); tt.confirmed { // both near their end, or the other one would do
			all[1].renewing = true
		}
		nearEnd(own.all()[0])
		w.Pass(time.Millisecond)
		if waits := len(own.requests) == before; waits != tt.waits {
			t.Errorf("%s: waits %v", name, waits)
		}
		w.Pass(responderLag)
		if len(own.requests) != before+1 {
			t.Errorf("%s: %d requests after the wait", name, len(own.requests)-before)
		}
	}
}

// TestRenewalLeavesNoTimer: after a renewal that failed nothing is left when the
// pair goes.
func TestRenewalLeavesNoTimer(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.b.ClearAll()
	nearEnd(w.a.all()[0])
	w.Pass(time.Millisecond)
	w.a.RequestFailed(left, right, w.a.requests[1].SPI)
	w.a.ClearAll()
	if !w.idle() {
		t.Error("a timer is left")
	}
}

// TestNothingIsReplacedByItself: a pair that may be used only when it nears its
// end is not its own successor.
func TestNothingIsReplacedByItself(t *testing.T) {
	w := newWorld(t)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000))
	p := w.a.all()[0]
	nearEnd(p)
	if !p.renewing {
		t.Fatal("the pair is not near its end")
	}
	w.a.EnableOutbound(ike(right), 1000)
	if p.replaced {
		t.Error("it is replaced by itself")
	}
	// And one that has been replaced is not once more.
	old := p
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1001))
	w.a.EnableOutbound(ike(right), 1001)
	w.Pass(20 * time.Second)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1002))
	w.a.EnableOutbound(ike(right), 1002)
	w.Pass(11 * time.Second)
	for _, q := range w.a.all() {
		if q == old {
			t.Error("a second successor has lengthened the time of a pair that was replaced")
		}
	}
}

// TestSPIIsGivenBack: an SPI of what was never made, and one of a request that was
// abandoned, are free again.
func TestSPIIsGivenBack(t *testing.T) {
	free := func(d *end, spi uint32) bool {
		octets := string(binary.BigEndian.AppendUint32(nil, spi))
		got, err := d.sas.Reserve(strings.NewReader(octets + "\x7f\x7f\x7f\x7f"))
		if err != nil {
			t.Fatal(err)
		}
		d.sas.Release(got)
		return got == spi
	}
	w := newWorld(t)
	spi := w.a.AllocateSPI(left, right, isakmp.ProtoESP)
	if free(w.a, spi) {
		t.Fatal("an SPI that is reserved is free")
	}
	w.a.RequestFailed(left, right, spi)
	if !free(w.a, spi) {
		t.Error("the SPI of what was not made is not free")
	}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	spi = w.a.requests[0].SPI
	w.a.RequestFailed(left, right, spi)
	if !free(w.a, spi) {
		t.Error("the SPI of a request that failed is not free")
	}
	p := w.agreed(right, lan("10.1.1.0"), lan("20.1.9.0"), 1)
	w.a.InstallSAs(p) // for which there is no entry
	if !free(w.a, p.InboundSPI) {
		t.Error("the SPI of a pair that cannot be made is not free")
	}
}

// TestSAThatIsJustGone: a packet for a pair whose keys are gone is lost.
func TestSAThatIsJustGone(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	tunnel, _ := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	outer, _ := tunnel.Seal(ipPacket("10.1.1.1", "20.1.1.1"))
	w.b.all()[0].sas.In.Zero()
	d := w.b.Engine.Open(w.ifc, outer)
	if d.Why != forwarding.BadIPsec || d.Inner != nil || d.Apply() != forwarding.BadIPsec {
		t.Errorf("why: %v", d.Why)
	}
	if n := w.b.View()[0].Flows[0].Counters.RecvErrors.Load(); n != 1 {
		t.Errorf("%d receive errors", n)
	}
}
