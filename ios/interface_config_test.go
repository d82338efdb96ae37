package ios

import "testing"

func TestSmoke(t *testing.T) {
	g := newRig(t, map[string]string{
		"R1": "hostname R1\ninterface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\ninterface Loopback0\n ip address 10.1.1.1 255.255.255.0\n",
		"R2": "hostname R2\ninterface FastEthernet0/0\n ip address 12.12.12.2 255.255.255.0\n",
	}, "R1:Fa0/0 R2:Fa0/0")
	t.Log(g.on("R1").transcript("show run", "conf t", "int fa0/1", "int fa1/0", "int lo", "int lo5", "ip address 10.1.1.3 255.255.255.0", "ip address 11.0.0.0 255.0.0.0", "end"))
	t.Log(g.on("R1").help("show running-config interface "))
	t.Log(g.on("R1").help("show running-config interface fa"))
	t.Log(g.on("R1").help("show running-config interface fa "))
}
