// Package netlab makes small networks of namespaces for the tests that need root:
// namespaces joined by veth pairs, commands in them, ioslab in them.
//
//	func TestPing(t *testing.T) {
//		n := netlab.New(t) // skips without IOSLAB_ROOT=1; with it, what is missing fails
//		a, b := n.Namespace("a"), n.Namespace("b")
//		n.Join(a, "eth1", b, "eth1")
//		a.Address("eth1", "192.0.2.1/24")
//		b.Address("eth1", "192.0.2.2/24")
//		a.Run("ping", "-c1", "192.0.2.2")
//
//		r := b.Ioslab("node", "--config", cfg, "--attach", "FastEthernet0/0=tun:ios0")
//		r.Type("show ip interface brief")
//		r.Expect(`FastEthernet0/0 .* up +up`, 10*time.Second)
//		r.Signal(syscall.SIGTERM)
//		r.Wait(5 * time.Second)
//	}
//
// Everything is taken down when the test ends: processes, namespaces and what is in
// them. What a test left that was killed is taken down by the next one.
package netlab
