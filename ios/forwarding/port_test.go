package forwarding

import "testing"

func TestPortOutlivesItsStack(t *testing.T) {
	var sent int
	var signals []bool
	p := NewPort(name(t, "fa1/0"), func([]byte) { sent++ })
	p.SetCarrier(true)
	p.OnSignal(func(on bool) { signals = append(signals, on) })
	p.Receive([]byte("a frame for a machine that is off"))
	p.Overrun(1)
	for range 2 {
		n := newRow(t)
		i := p.PlugInto(n.r1.Stack)
		if !i.Carrier() || i != n.r1.Interface(p.Name()) {
			t.Fatal("the interface is not the port's")
		}
		p.Overrun(1)
		equal(t, "drops", i.Counters().InDrops, 1)
		n.Pass(0)
		p.Unplug()
	}
	if len(signals) != 2 {
		t.Errorf("signals %v, want one a stack", signals)
	}
}
