package ios

import "testing"

// manyRoutes has networks of each class, subnets of one length and of several,
// two ways to one network, and routes larger than a network.
const manyRoutes = `interface FastEthernet0/0
 ip address 12.12.12.1 255.255.255.0
interface Loopback0
 ip address 10.1.1.1 255.255.255.0
interface Loopback1
 ip address 172.16.1.1 255.255.255.0
interface Loopback2
 ip address 172.16.2.1 255.255.255.0
ip route 0.0.0.0 0.0.0.0 172.16.1.2
ip route 10.1.2.0 255.255.255.128 Null0
ip route 30.0.0.0 255.0.0.0 172.16.1.2
ip route 30.0.0.0 255.0.0.0 172.16.2.2
ip route 192.168.3.0 255.255.255.0 Loopback1 172.16.1.9 200
ip route 192.168.0.0 255.255.0.0 Null0
`

func TestShowIPRoute(t *testing.T) {
	n := loneRouter(t, manyRoutes)
	const routes = `     10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks
C       10.1.1.0/24 is directly connected, Loopback0
S       10.1.2.0/25 is directly connected, Null0
S    30.0.0.0/8 [1/0] via 172.16.1.2
                [1/0] via 172.16.2.2
     172.16.0.0/24 is subnetted, 2 subnets
C       172.16.1.0 is directly connected, Loopback1
C       172.16.2.0 is directly connected, Loopback2
S    192.168.3.0/24 [200/0] via 172.16.1.9, Loopback1
S*   0.0.0.0/0 [1/0] via 172.16.1.2
S    192.168.0.0/16 is directly connected, Null0
`
	for line, want := range map[string]string{
		"show ip route": routeCodes + "\nGateway of last resort is 172.16.1.2 to network 0.0.0.0\n\n" + routes,
		"show ip route connected": `     10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks
C       10.1.1.0/24 is directly connected, Loopback0
     172.16.0.0/24 is subnetted, 2 subnets
C       172.16.1.0 is directly connected, Loopback1
C       172.16.2.0 is directly connected, Loopback2
`,
		"show ip route static": `     10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks
S       10.1.2.0/25 is directly connected, Null0
S    30.0.0.0/8 [1/0] via 172.16.1.2
                [1/0] via 172.16.2.2
S    192.168.3.0/24 [200/0] via 172.16.1.9, Loopback1
S*   0.0.0.0/0 [1/0] via 172.16.1.2
S    192.168.0.0/16 is directly connected, Null0
`,
		"show ip route 192.168.0.0 255.255.0.0 longer-prefixes": routeCodes + `
Gateway of last resort is 172.16.1.2 to network 0.0.0.0

S    192.168.3.0/24 [200/0] via 172.16.1.9, Loopback1
S    192.168.0.0/16 is directly connected, Null0
`,
		"show ip route 10.1.1.77": `Routing entry for 10.1.1.0/24
  Known via "connected", distance 0, metric 0 (connected, via interface)
  Routing Descriptor Blocks:
  * directly connected, via Loopback0
      Route metric is 0, traffic share count is 1
`,
		"show ip route 10.0.0.0": `Routing entry for 10.0.0.0/8, 2 known subnets
  Attached (1 connections)
  Variably subnetted with 2 masks

C       10.1.1.0/24 is directly connected, Loopback0
S       10.1.2.0/25 is directly connected, Null0
`,
		"show ip route 172.16.0.0": `Routing entry for 172.16.0.0/24, 2 known subnets
  Attached (2 connections)

C       172.16.1.0 is directly connected, Loopback1
C       172.16.2.0 is directly connected, Loopback2
`,
		"show ip route 30.1.1.1": `Routing entry for 30.0.0.0/8
  Known via "static", distance 1, metric 0
  Routing Descriptor Blocks:
  * 172.16.1.2
      Route metric is 0, traffic share count is 1
    172.16.2.2
      Route metric is 0, traffic share count is 1
`,
		"show ip route 192.168.3.0 255.255.255.0": `Routing entry for 192.168.3.0/24
  Known via "static", distance 200, metric 0
  Routing Descriptor Blocks:
  * 172.16.1.9, via Loopback1
      Route metric is 0, traffic share count is 1
`,
		"show ip route 192.168.99.1": `Routing entry for 192.168.0.0/16, supernet
  Known via "static", distance 1, metric 0 (connected)
  Routing Descriptor Blocks:
  * directly connected, via Null0
      Route metric is 0, traffic share count is 1
`,
		"show ip route 0.0.0.0": `Routing entry for 0.0.0.0/0, supernet
  Known via "static", distance 1, metric 0, candidate default path
  Routing Descriptor Blocks:
  * 172.16.1.2
      Route metric is 0, traffic share count is 1
`,
		"show ip route 8.8.8.8":                      "% Network not in table\n",
		"show ip route 10.9.9.9":                     "% Subnet not in table\n",
		"show ip route 10.1.1.0 255.255.0.0":         "% Subnet not in table\n",
		"show ip route 10.1.1.0 255.0.255.0":         "%Inconsistent address and mask\n",
		"show ip route 10.1.1.0 255.0.255.0 longer-": "%Inconsistent address and mask\n",
		"show ip route summary": `IP routing table name is Default-IP-Routing-Table(0)
IP routing table maximum-paths is 16
Route Source    Networks    Subnets     Overhead    Memory (bytes)
connected       0           3           216         408
static          4           1           360         680
internal        2                                   2312
Total           6           4           576         3400
`,
	} {
		equalText(t, line, n.do(line), want)
	}
}

func TestShowIPRouteWithoutDefault(t *testing.T) {
	n := loneRouter(t, "")
	equalText(t, "empty", n.do("show ip route"), routeCodes+"\nGateway of last resort is not set\n\n")
	n.configure("ip route 0.0.0.0 0.0.0.0 Null0")
	equalText(t, "by an interface", n.do("show ip route"), routeCodes+
		"\nGateway of last resort is 0.0.0.0 to network 0.0.0.0\n\nS*   0.0.0.0/0 is directly connected, Null0\n")
}
