package ios

import (
	"testing"
	"time"
)

func TestSmoke(t *testing.T) {
	g := newRig(t, map[string]string{
		"R1": "hostname R1\ninterface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\ninterface Loopback0\n ip address 10.1.1.1 255.255.255.0\nip route 0.0.0.0 0.0.0.0 12.12.12.2\nip route 10.1.2.0 255.255.255.128 Null0\n",
		"R2": "hostname R2\ninterface FastEthernet0/0\n ip address 12.12.12.2 255.255.255.0\n ip address 192.168.4.1 255.255.255.0 secondary\ninterface Fa0/1\n ip address 23.23.23.2 255.255.255.0\nip route 10.0.0.0 255.0.0.0 12.12.12.1\nip route 20.0.0.0 255.0.0.0 23.23.23.3\ninterface Serial1/0\n",
		"R3": "hostname R3\ninterface FastEthernet0/0\n ip address 23.23.23.3 255.255.255.0\ninterface Loopback0\n ip address 20.1.1.1 255.255.255.0\nip route 0.0.0.0 0.0.0.0 23.23.23.2\n",
	}, "R1:Fa0/0 R2:Fa0/0", "R2:Fa0/1 R3:Fa0/0")
	r1 := g.on("R1")
	t.Log(r1.transcript("show ip route", "show ip route static", "show ip route 10.1.1.1", "show ip route 10.0.0.0", "show ip route 0.0.0.0", "show ip route 9.9.9.9", "show ip route summary", "ping 20.1.1.1 source 10.1.1.1", "ping 20.1.1.1 so lo0 re 100", "traceroute 20.1.1.1", "traceroute 99.1.1.1 source 12.12.12.1 ttl 1 4", "ping foo", "ping 12.12.12.255", "ping 1.1.1.1 source 2.2.2.2", "show arp", "show interfaces", "show ip int brief", "show int desc", "show ip int fa0/0"))
	t.Log(r1.transcript("ping", "", "20.1.1.1", "2", "", "", "y", "loopback0", "", "yes", "", "0x1234", "v", "", "y", "1450", "1550", "50"))
	t.Log(r1.transcript("traceroute", "", "20.1.1.1", "", "", "", "1", "", "", "", ""))
	r1.start("ping 77.7.7.7 repeat 1000 timeout 1")
	g.run(10 * time.Second)
	t.Log(r1.interrupt())
	t.Log(r1.transcript("clear counters", "", "show int lo0", "show ip arp 12.12.12.2"))
	t.Log(g.on("R2").transcript("show int ser 1/0", "show run"))
}
