package ios

import "testing"

// loneHardware makes the interfaces of a router on its own.
const loneHardware = "interface FastEthernet0/0\ninterface FastEthernet0/1\ninterface Serial0/0\n"

// loneRouter is R1 with a startup configuration, a few interfaces and nobody at
// the other end of their links.
func loneRouter(t testing.TB, startup string) *rigNode {
	t.Helper()
	return newRig(t, map[string]string{"R1": loneHardware + startup}).on("R1")
}

// enter loads lines of a configuration, none of which may be refused.
func enter(t testing.TB, n *rigNode, text string) {
	t.Helper()
	for _, p := range n.load(text) {
		t.Fatalf("%q: %s at %d", p.Text, p.Message, p.Column)
	}
}
