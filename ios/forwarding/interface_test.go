package forwarding

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestInterfaceLog(t *testing.T) {
	n := newRow(t)
	i := n.r1.Interfaces()[0]
	r := n.r1
	for _, step := range []struct {
		name string
		do   func()
		log  string
	}{
		{"shutdown", func() { i.SetShutdown(true) },
			"2s FastEthernet0/0 is shut down\n" +
				"3s protocol of FastEthernet0/0 up: false"},
		{"no shutdown", func() { i.SetShutdown(false) },
			"2s FastEthernet0/0 is up\n" +
				"3s protocol of FastEthernet0/0 up: true"},
		{"the other end is shut down", func() { n.r2.Interfaces()[0].SetShutdown(true) },
			"1s protocol of FastEthernet0/0 up: false"},
		{"and comes back", func() { n.r2.Interfaces()[0].SetShutdown(false) },
			"1s protocol of FastEthernet0/0 up: true"},
		{"there and back at once", func() { i.SetShutdown(true); i.SetShutdown(false) }, ""},
		{"a new loopback", func() { r.AddInterface(name(t, "lo7")) },
			"1s protocol of Loopback7 up: true"},
		{"and gone", func() { r.RemoveInterface(name(t, "lo7")) }, ""},
		{"no cable", func() { r.AddInterface(name(t, "fa1/0")).SetShutdown(false) },
			"2s FastEthernet1/0 is up"},
	} {
		at := n.Now()
		r.logs = nil
		r.Reset()
		step.do()
		n.Pass(10 * time.Second)
		var lines []string
		for _, l := range r.logs {
			stamp, text, _ := strings.Cut(l, " ")
			d, _ := time.ParseDuration(stamp)
			lines = append(lines, (d-at).Round(100*time.Millisecond).String()+" "+text)
		}
		equal(t, step.name, strings.Join(lines, "\n"), step.log)
	}
}

func TestInterfaceStates(t *testing.T) {
	w := newWorld()
	r := w.router("R1")
	i := r.AddInterface(name(t, "fa0/0"))
	state := func() string {
		return i.Status().String() + "/" + map[bool]string{true: "up", false: "down"}[i.ProtocolUp()]
	}
	equal(t, "new", state(), "administratively down/down")
	i.SetShutdown(false)
	equal(t, "without a link", state(), "up/down")
	i.SetCarrier(true)
	equal(t, "with a link", state(), "up/up")
	equal(t, "loopback", r.AddInterface(name(t, "lo0")).ProtocolUp(), true)
}

func TestHardwareAddresses(t *testing.T) {
	w := newWorld()
	a, b := w.router("R1"), w.router("R2")
	seen := map[packet.MAC]Name{}
	for _, r := range []*router{a, b} {
		for _, s := range []string{"fa0/0", "fa0/1", "fa1/0", "gi0/0", "e0", "te0/0/0", "gi0/0/0", "fa15/200", "fa16/0"} {
			i := r.AddInterface(name(t, s))
			if was, double := seen[i.MAC()]; double || i.MAC().Group() {
				t.Errorf("%v and %v both have %v", was, i, i.MAC())
			}
			seen[i.MAC()] = i.Name()
		}
	}
	if mac := a.Interface(name(t, "fa0/1")).MAC(); mac[4] != 0 || mac[5] != 1 || mac[0] != 0xc2 {
		t.Errorf("FastEthernet0/1 has %v", mac)
	}
	again := w.router("R1").AddInterface(name(t, "fa0/0"))
	equal(t, "after a restart", again.MAC(), a.Interface(name(t, "fa0/0")).MAC())
}

func TestAddressOverlap(t *testing.T) {
	n := newRow(t)
	err := n.r1.AddInterface(name(t, "fa0/1")).SetAddress(prefix("12.12.12.200/25"))
	equal(t, "error", err, "% 12.12.12.128 overlaps with FastEthernet0/0")
	err = n.r1.Interfaces()[0].AddSecondary(prefix("10.1.1.7/24"))
	equal(t, "secondary", err, "% 10.1.1.0 overlaps with Loopback0")
	if err := n.r1.Interfaces()[0].SetAddress(prefix("12.12.12.7/25")); err != nil {
		t.Error("an interface overlaps with itself: ", err)
	}
	ethernet, other := n.r1.Interfaces()[0], n.r1.Interface(name(t, "fa0/1"))
	equal(t, "free again", other.SetAddress(prefix("12.12.12.200/25")), nil)
	equal(t, "of one that is shut down", ethernet.AddSecondary(prefix("12.12.12.129/25")), "% 12.12.12.128 overlaps with FastEthernet0/1")
	equal(t, "two in one subnet", ethernet.AddSecondary(prefix("12.12.12.8/25")), nil)
	ethernet.RemoveSecondary(prefix("12.12.12.8/25"))
	equal(t, "one of two", other.SetAddress(prefix("12.12.12.1/24")), "% 12.12.12.0 overlaps with FastEthernet0/0")
	n.r1.RemoveInterface(name(t, "Loopback0"))
	equal(t, "of one that is gone", ethernet.AddSecondary(prefix("10.1.1.7/24")), nil)
	ethernet.SetAddress(netip.Prefix{})
	equal(t, "of one without addresses", other.SetAddress(prefix("0.0.0.1/0")), nil)
}

func TestSecondaryAddress(t *testing.T) {
	n := newRow(t)
	a, b := n.r1.Interfaces()[0], n.r2.Interfaces()[0]
	a.AddSecondary(prefix("50.0.0.1/24"))
	b.AddSecondary(prefix("50.0.0.2/24"))
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("50.0.0.2"), Count: 3})
	equal(t, "marks", marks, ".!!")
	if !a.RemoveSecondary(prefix("50.0.0.1/24")) || a.RemoveSecondary(prefix("50.0.0.1/24")) {
		t.Error("the secondary address was not there once")
	}
	if n.r1.Table().Local(addr("50.0.0.1")) != nil || strings.Contains(n.r1.arp(), "50.0.0") {
		t.Error("it left something behind")
	}
	a.SetAddress(netip.Prefix{})
	if len(n.r1.Table().Routes()) != 1 { // the loopback's
		t.Errorf("routes %v", n.r1.Table().Routes())
	}
}

func TestCounters(t *testing.T) {
	n := newRow(t)
	i := n.r1.Interfaces()[0]
	i.ClearCounters()
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 5})
	c := i.Counters()
	// A request out, a reply in, both padded; four echoes each way; one echo lost.
	equal(t, "packets and bytes", []uint64{c.OutPackets, c.OutBytes, c.InPackets, c.InBytes, c.OutDrops},
		[]uint64{5, 60 + 4*114, 5, 60 + 4*114, 0})
	if c.LastInput <= c.LastClear || c.LastOutput > n.Now() {
		t.Errorf("times %v %v %v", c.LastClear, c.LastInput, c.LastOutput)
	}
	mac := i.MAC()
	bad := []struct {
		name  string
		frame []byte
		got   func(c Counters) uint64
	}{
		{"runt", []byte{1, 2, 3}, func(c Counters) uint64 { return c.Runts }},
		{"giant", packet.BuildEthernet(mac, mac, packet.EtherTypeIPv4, make([]byte, 1501)), func(c Counters) uint64 { return c.Giants }},
		{"unknown", packet.BuildEthernet(mac, mac, 0x86dd, make([]byte, 50)), func(c Counters) uint64 { return c.UnknownProtocols }},
		{"bad header", packet.BuildEthernet(mac, mac, packet.EtherTypeIPv4, make([]byte, 50)), func(c Counters) uint64 { return c.InErrors }},
		{"bad ARP", packet.BuildEthernet(mac, mac, packet.EtherTypeARP, make([]byte, 50)), func(c Counters) uint64 { return c.InErrors }},
	}
	for _, b := range bad {
		i.ClearCounters()
		i.Receive(b.frame)
		equal(t, b.name, b.got(i.Counters()), 1)
	}
	i.ClearCounters()
	i.Receive(packet.BuildEthernet(packet.MAC{2}, mac, packet.EtherTypeIPv4, make([]byte, 50)))
	equal(t, "for another station", i.Counters().InPackets, 0)
}

func TestRates(t *testing.T) {
	var m meter
	for s := range 30 * 60 { // half an hour of 1000 bit/s in one packet a second
		m.add(time.Duration(s)*time.Second, 1, 125)
	}
	bits, packets := m.read(30 * time.Minute)
	if bits < 990 || bits > 1001 || packets != 1 {
		t.Errorf("steady: %d bit/s, %d packets/s", bits, packets)
	}
	bits, _ = m.read(35 * time.Minute)
	if bits < 360 || bits > 376 { // 1000/e
		t.Errorf("five minutes later: %d bit/s", bits)
	}
	if bits, packets = m.read(26 * time.Hour); bits != 0 || packets != 0 {
		t.Errorf("a day later: %d bit/s, %d packets/s", bits, packets)
	}
}

func TestSerial(t *testing.T) {
	w := newWorld()
	a, b := w.router("R1"), w.router("R2")
	l := w.join(a.up(t, "s0/0", "10.0.0.1/30"), b.up(t, "s0/0", "10.0.0.2/30"))
	marks, _ := a.ping(t, PingParams{Dst: addr("10.0.0.2"), Count: 3})
	equal(t, "nothing to resolve on a serial line", marks, "!!!")
	h := packet.HDLC(l.seen[0])
	equal(t, "encapsulation", []any{a.Interfaces()[0].Encapsulation(), h.Valid(), h.Type()}, []any{"HDLC", true, 0x800})
	equal(t, "ARP", len(a.ARP()), 0)
}

func TestClosedStackIsSilent(t *testing.T) {
	n := newRow(t)
	n.r1.logs = nil
	n.r1.StartPing(PingParams{Dst: addr("12.12.12.2"), Count: 100})
	n.Pass(time.Second)
	n.left.seen = nil
	n.r1.Interfaces()[0].SetShutdown(true)
	n.r1.Close()
	n.r1.send(packet.BuildIPv4(packet.IPv4Fields{Src: addr("12.12.12.1"), Dst: addr("12.12.12.2")}, nil))
	n.Pass(time.Minute)
	for _, f := range n.left.seen {
		if packet.Ethernet(f).Src() == n.r1.Interfaces()[0].MAC() {
			t.Fatal("a closed stack sends")
		}
	}
	if len(n.r1.logs) > 0 {
		t.Errorf("a closed stack logs %q", n.r1.logs)
	}
}

func TestInterfaceSettings(t *testing.T) {
	n := newRow(t)
	i := n.r1.Interfaces()[0]
	i.SetMTU(1400)
	i.SetIPMTU(1450)
	equal(t, "an IP MTU above the MTU", []int{i.MTU(), i.IPMTU()}, []int{1400, 1400})
	i.SetMTU(0)
	equal(t, "the MTU as it was", []int{i.MTU(), i.IPMTU()}, []int{1500, 1450})
	i.SetIPMTU(0)
	equal(t, "the IP MTU as it was", i.IPMTU(), 1500)
	i.AddSecondary(prefix("50.0.0.1/24"))
	equal(t, "addresses", []any{i.Address(), i.Secondary()}, "[12.12.12.1/24 [50.0.0.1/24]]")
	equal(t, "states", []bool{i.Shutdown(), i.Carrier()}, []bool{false, true})
	lo := n.r1.Interface(name(t, "lo0"))
	equal(t, "loopback", []any{lo.MTU(), lo.Encapsulation(), lo.Bandwidth, lo.Delay}, "[1514 LOOPBACK 8000000 5000]")
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2000})
	if r := i.Rates(); r.InBits < 1000 || r.OutBits < 1000 || r.InPackets < 1 || r.OutPackets < 1 {
		t.Errorf("rates %+v", r)
	}
	if n.r1.Interface(name(t, "fa9/9")) != nil {
		t.Error("an interface that was never made")
	}
}
