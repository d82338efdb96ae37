package ios

import "testing"

// newRow is R1 - R2 - R3 with loopbacks at the ends, as in the bundled lab, and
// no IPsec. R2 knows only what it is connected to and the two loopbacks.
func newRow(t testing.TB) *rig {
	t.Helper()
	return newRig(t, map[string]string{
		"R1": `hostname R1
interface Loopback0
 ip address 10.1.1.1 255.255.255.0
interface FastEthernet0/0
 description to R2
 ip address 12.12.12.1 255.255.255.0
ip route 0.0.0.0 0.0.0.0 12.12.12.2
`,
		"R2": `hostname R2
interface FastEthernet0/0
 ip address 12.12.12.2 255.255.255.0
interface FastEthernet0/1
 ip address 23.23.23.2 255.255.255.0
ip route 10.1.1.0 255.255.255.0 12.12.12.1
ip route 20.1.1.0 255.255.255.0 23.23.23.3
`,
		"R3": `hostname R3
interface Loopback0
 ip address 20.1.1.1 255.255.255.0
interface FastEthernet0/0
 ip address 23.23.23.3 255.255.255.0
ip route 0.0.0.0 0.0.0.0 23.23.23.2
`,
	}, "R1:Fa0/0 R2:Fa0/0", "R2:Fa0/1 R3:Fa0/0")
}

// warm fills the ARP caches along the row.
func warm(g *rig) *rig {
	g.on("R1").do("ping 20.1.1.1 source 10.1.1.1")
	return g
}
