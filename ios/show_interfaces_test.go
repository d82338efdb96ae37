package ios

import (
	"strings"
	"testing"
	"time"
)

func TestShowInterfaces(t *testing.T) {
	g := warm(newRow(t))
	g.on("R1").configure("interface FastEthernet0/0", "bandwidth 10000", "delay 7", "duplex half", "speed 10", "keepalive 3", "arp timeout 100", "mtu 1400")
	g.Pass(3 * time.Hour)
	r1 := g.on("R1")
	i := r1.stack.Interface(parseName(t, "fa0/0"))
	mac := i.MAC().String()
	c := i.Counters()
	if c.InPackets == 0 || c.OutPackets == 0 || c.LastInput <= 0 {
		t.Errorf("nothing was counted: %+v", c)
	}
	i.ClearCounters()
	equalText(t, "FastEthernet", r1.do("show interfaces FastEthernet 0/0"), `FastEthernet0/0 is up, line protocol is up 
  Hardware is Gt96k FE, address is `+mac+` (bia `+mac+`)
  Description: to R2
  Internet address is 12.12.12.1/24
  MTU 1400 bytes, BW 10000 Kbit, DLY 70 usec, 
     reliability 255/255, txload 1/255, rxload 1/255
  Encapsulation ARPA, loopback not set
  Keepalive set (3 sec)
  Half-duplex, 10Mb/s, 100BaseTX/FX
  ARP type: ARPA, ARP Timeout 00:01:40
  Last input `+r1.ago(c.LastInput)+`, output `+r1.ago(c.LastOutput)+`, output hang never
  Last clearing of "show interface" counters 00:00:00
  Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0
  Queueing strategy: fifo
  Output queue: 0/40 (size/max)
  5 minute input rate 0 bits/sec, 0 packets/sec
  5 minute output rate 0 bits/sec, 0 packets/sec
     0 packets input, 0 bytes, 0 no buffer
     Received 0 broadcasts (0 IP multicasts)
     0 runts, 0 giants, 0 throttles
     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
     0 watchdog
     0 input packets with dribble condition detected
     0 packets output, 0 bytes, 0 underruns
     0 output errors, 0 collisions, 0 interface resets
     0 babbles, 0 late collision, 0 deferred
     0 lost carrier, 0 no carrier
     0 output buffer failures, 0 output buffers swapped out
`)
	equalText(t, "Loopback", r1.do("show int lo0"), `Loopback0 is up, line protocol is up 
  Hardware is Loopback
  Internet address is 10.1.1.1/24
  MTU 1514 bytes, BW 8000000 Kbit, DLY 5000 usec, 
     reliability 255/255, txload 1/255, rxload 1/255
  Encapsulation LOOPBACK, loopback not set
  Last input never, output never, output hang never
  Last clearing of "show interface" counters never
  Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0
  Queueing strategy: fifo
  Output queue: 0/0 (size/max)
  5 minute input rate 0 bits/sec, 0 packets/sec
  5 minute output rate 0 bits/sec, 0 packets/sec
     0 packets input, 0 bytes, 0 no buffer
     Received 0 broadcasts (0 IP multicasts)
     0 runts, 0 giants, 0 throttles
     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort
     0 packets output, 0 bytes, 0 underruns
     0 output errors, 0 collisions, 0 interface resets
     0 output buffer failures, 0 output buffers swapped out
`)
}

func TestShowSerial(t *testing.T) {
	n := loneRouter(t, "interface Serial0/0\n no keepalive\n")
	got := n.do("show interfaces Serial0/0")
	for _, want := range []string{
		"Serial0/0 is up, line protocol is down \n  Hardware is GT96K Serial\n",
		"  MTU 1500 bytes, BW 1544 Kbit, DLY 20000 usec, \n",
		"  Encapsulation HDLC, loopback not set\n  Keepalive not set\n  Last input never",
		"     0 carrier transitions\n     DCD=down  DSR=down  DTR=down  RTS=down  CTS=down\n\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("without %q:\n%s", want, got)
		}
	}
}

func TestShowInterfacesDescription(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/0\n description the way out\n shutdown\ninterface Loopback0\n")
	const header = "Interface                      Status         Protocol Description\n"
	const out = "Fa0/0                          admin down     down     the way out\n"
	equalText(t, "all", n.do("show interfaces description"), header+out+
		"Se0/0                          up             down     \n"+
		"Fa0/1                          up             down     \n"+
		"Lo0                            up             up       \n")
	equalText(t, "one", n.do("show interfaces fa0/0 description"), header+out)
}

func TestShowIPInterfaceBrief(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\n shutdown\ninterface FastEthernet0/1\n no ip address\n")
	n.configure("interface Loopback0", "ip address 10.1.1.1 255.255.255.255", "interface Loopback2147483647")
	const header = "Interface                  IP-Address      OK? Method Status                Protocol\n"
	equalText(t, "all", n.do("show ip interface brief"), header+
		"FastEthernet0/0            12.12.12.1      YES NVRAM  administratively down down    \n"+
		"Serial0/0                  unassigned      YES unset  up                    down    \n"+
		"FastEthernet0/1            unassigned      YES NVRAM  up                    down    \n"+
		"Loopback0                  10.1.1.1        YES manual up                    up      \n"+
		"Loopback2147483647         unassigned      YES unset  up                    up      \n")
	equalText(t, "one", n.do("sh ip int lo0 br"), header+"Loopback0                  10.1.1.1        YES manual up                    up      \n")
}

func TestShowIPInterface(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\n")
	for _, test := range []struct{ line, want string }{
		{"", "FastEthernet0/0 is up, line protocol is down\n  Internet address is 12.12.12.1/24\n  Broadcast address is 255.255.255.255\n" +
			"  Address determined by non-volatile memory\n  MTU is 1500 bytes\n  Helper address is not set\n" +
			"  Directed broadcast forwarding is disabled\n  Outgoing access list is not set\n  Inbound  access list is not set\n" +
			"  Proxy ARP is enabled\n  Local Proxy ARP is disabled\n"},
		{"ip address 13.13.13.1 255.255.255.0 secondary", "disabled\n  Secondary address 13.13.13.1/24\n  Outgoing"},
		{"ip address 14.14.14.1 255.255.255.0", "  Internet address is 14.14.14.1/24\n  Broadcast address is 255.255.255.255\n  Address determined by setup command\n"},
		{"ip mtu 1400", "  MTU is 1400 bytes\n"},
		{"ip access-group 101 in", "  Inbound  access list is 101\n"},
		{"ip access-group OUT out", "  Outgoing access list is OUT\n"},
		{"ip directed-broadcast", "  Directed broadcast forwarding is enabled\n"},
		{"no ip proxy-arp", "  Proxy ARP is disabled\n"},
		{"no ip redirects", "  ICMP redirects are never sent\n"},
		{"no ip unreachables", "  ICMP unreachables are never sent\n"},
		{"no ip address", "FastEthernet0/0 is up, line protocol is down\n  Internet protocol processing disabled\n"},
	} {
		if test.line != "" {
			n.configure("interface FastEthernet0/0", test.line)
		}
		if got := n.do("show ip interface FastEthernet0/0"); !strings.Contains(got, test.want) {
			t.Errorf("after %q without %q:\n%s", test.line, test.want, got)
		}
	}
}

func TestClearCounters(t *testing.T) {
	g := warm(newRow(t))
	r1, r2 := g.on("R1"), g.on("R2")
	equalText(t, "asked", r2.transcript("clear counters FastEthernet0/0", "n"),
		"R2#clear counters FastEthernet0/0\nClear \"show interface\" counters on this interface [confirm]n\n")
	count := func(n *rigNode, name string) uint64 {
		return n.stack.Interface(parseName(t, name)).Counters().InPackets
	}
	if count(r2, "fa0/0") == 0 {
		t.Error("cleared though the answer was no")
	}
	r2.do("clear counters FastEthernet0/0", "")
	if count(r2, "fa0/0") != 0 || count(r2, "fa0/1") == 0 {
		t.Error("not cleared, or too much")
	}
	if !r2.logged("%CLEAR-5-COUNTERS: Clear counter on interface FastEthernet0/0 by console") {
		t.Errorf("logged: %q", r2.logs)
	}
	r1.do("clear counters", "y")
	if count(r1, "fa0/0") != 0 || !r1.logged("%CLEAR-5-COUNTERS: Clear counter on all interfaces by console") {
		t.Errorf("not all cleared; logged: %q", r1.logs)
	}
}

func TestShowARP(t *testing.T) {
	g := warm(newRow(t))
	r1 := g.on("R1")
	r1.do("ping 12.12.12.9 repeat 1")
	own, neighbour := r1.stack.Interfaces()[0].MAC().String(), g.on("R2").stack.Interfaces()[0].MAC().String()
	const header = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n"
	one := "Internet  12.12.12.2              0   " + neighbour + "  ARPA   FastEthernet0/0\n"
	all := header + "Internet  12.12.12.1              -   " + own + "  ARPA   FastEthernet0/0\n" + one +
		"Internet  12.12.12.9              0   Incomplete      ARPA   \n"
	for line, want := range map[string]string{
		"show arp":                        all,
		"show ip arp":                     all,
		"show ip arp 12.12.12.2":          header + one,
		"show ip arp " + neighbour:        header + one,
		"show ip arp fa0/0":               all,
		"show ip arp lo0":                 header,
		"show ip arp 99.9.9.9":            header,
		"show ip arp 12.12.12.2 | inc Fa": one,
	} {
		equalText(t, line, r1.do(line), want)
	}
	g.Pass(5*time.Minute + time.Second)
	equalText(t, "later", r1.do("show ip arp 12.12.12.2"), header+"Internet  12.12.12.2              5   "+neighbour+"  ARPA   FastEthernet0/0\n")
	r1.do("clear arp-cache")
	g.Pass(time.Second)
	equalText(t, "asked for anew", r1.do("show ip arp 12.12.12.2"), header+one)
}

func TestAge(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0:                                       "00:00:00",
		59*time.Minute + 7*time.Second:          "00:59:07",
		day - time.Second:                       "23:59:59",
		day + 2*time.Hour:                       "1d02h",
		6*day + 23*time.Hour:                    "6d23h",
		7 * day:                                 "1w0d",
		51*7*day + 6*day:                        "51w6d",
		52*7*day + 16*7*day:                     "1y16w",
		3*52*7*day + 16*7*day + 100*time.Second: "3y16w",
	} {
		if got := ageText(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
