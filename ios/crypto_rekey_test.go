package ios

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// isIKE tells an ISAKMP message from everything else on a link.
func isIKE(frame []byte) bool {
	eth := packet.Ethernet(frame)
	if !eth.Valid() || eth.Type() != packet.EtherTypeIPv4 {
		return false
	}
	ip := packet.IPv4(eth.Payload())
	return ip.Valid() && ip.Protocol() == packet.ProtoUDP
}

// pinged sends one echo through the tunnel, and reports whether it came back.
func (g *rig) pinged(from string) bool {
	line := "ping 10.2.1.1 source 10.1.1.1 repeat 1 timeout 1"
	if from == "R2" {
		line = "ping 10.1.1.1 source 10.2.1.1 repeat 1 timeout 1"
	}
	return strings.Contains(g.on(from).do(line), "(1/1)")
}

// state is how many SAs a router has: of phase 1 that live, of phase 1 in all,
// pairs of phase 2.
func (n *rigNode) state() (live, listed, pairs int) {
	for _, sa := range n.isakmp.SAs() {
		listed++
		if !sa.Deleted {
			live++
		}
	}
	for _, b := range n.keys.View() {
		for _, f := range b.Flows {
			pairs += len(f.Pairs)
		}
	}
	return live, listed, pairs
}

// shortLived has SAs of both phases end often, and at other times on each side.
func (g *rig) shortLived() {
	g.on("R1").configure("crypto isakmp policy 10", "lifetime 300", "crypto ipsec security-association lifetime seconds 120")
	g.on("R2").configure("crypto isakmp policy 10", "lifetime 170", "crypto ipsec security-association lifetime seconds 150")
}

// TestRenewalsLoseNothing: with traffic from one side or both, SAs of both
// phases come and go for two hours, and every echo is answered.
func TestRenewalsLoseNothing(t *testing.T) {
	for _, from := range [][]string{{"R1"}, {"R2"}, {"R1", "R2"}} {
		t.Run(strings.Join(from, " and "), func(t *testing.T) {
			g := tunnel(t)
			g.shortLived()
			for _, n := range g.nodes {
				n.do("clear crypto session")
			}
			g.Pass(10 * time.Second)
			g.pinged(from[0])
			g.Pass(30 * time.Second)
			lost := 0
			for end := g.Now() + 2*time.Hour; g.Now() < end; g.Pass(3 * time.Second) {
				for _, name := range from {
					if !g.pinged(name) {
						lost++
					}
				}
			}
			if lost > 0 {
				t.Errorf("%d echoes lost", lost)
			}
			g.settledWithin(t, 3, 4)
		})
	}
}

// settledWithin checks that nothing has accumulated.
func (g *rig) settledWithin(t *testing.T, maxLive, maxPairs int) {
	t.Helper()
	for _, name := range g.names() {
		live, listed, pairs := g.on(name).state()
		if live > maxLive || listed > maxLive+4 || pairs > maxPairs {
			t.Errorf("%s has %d SAs of phase 1, %d of them alive, and %d pairs", name, listed, live, pairs)
		}
	}
}

// TestRandomLives: whatever is cleared on either side, reset or lost, the tunnel
// heals, and nothing is left over.
func TestRandomLives(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			g := tunnel(t)
			g.shortLived()
			recovery := []string{"crypto isakmp invalid-spi-recovery", "crypto isakmp keepalive 10 periodic"}[seed%2]
			for _, name := range g.names() {
				n := g.on(name)
				n.configure(recovery)
				n.do("write memory")
				n.wires[0].lose = func(frame []byte) bool { return isIKE(frame) && random.IntN(100) < int(seed)*6 }
			}
			chores := []string{
				"clear crypto sa", "clear crypto isakmp", "clear crypto session", "clear crypto sa peer 12.12.12.1",
				"clear crypto isakmp 1", "clear crypto sa counters",
			}
			for range 60 {
				name := g.names()[random.IntN(2)]
				switch k := random.IntN(10); {
				case k < 3:
					g.on(name).do(chores[random.IntN(len(chores))])
				case k == 3 && seed >= 2:
					if err := g.on(name).Reset(); err != nil {
						t.Fatal(err)
					}
					g.Pass(10 * time.Second)
				}
				for range random.IntN(30) {
					g.pinged(g.names()[random.IntN(2)])
					g.Pass(time.Duration(random.IntN(4000)) * time.Millisecond)
				}
			}
			for _, n := range g.nodes {
				n.wires[0].lose = nil
			}
			healed := g.Now()
			for !g.pinged("R1") || !g.pinged("R2") {
				if g.Now()-healed > 3*time.Minute {
					var said []string
					for _, name := range g.names() {
						said = append(said, name, g.on(name).do("show crypto isakmp sa", "show crypto ipsec sa"))
					}
					t.Fatalf("not healed after three minutes:\n%s", strings.Join(said, "\n"))
				}
				g.Pass(time.Second)
			}
			lost := 0
			for range 400 {
				if !g.pinged("R1") || !g.pinged("R2") {
					lost++
				}
				g.Pass(2 * time.Second)
			}
			if lost > 0 {
				t.Errorf("%d rounds lost after healing", lost)
			}
			g.settledWithin(t, 4, 4)
			for _, n := range g.nodes {
				n.do("clear crypto session")
			}
			g.Pass(5 * time.Minute)
			for _, name := range g.names() {
				n := g.on(name)
				live, listed, pairs := n.state()
				if peers := len(n.isakmp.Peers()); live+listed+pairs+peers > 0 {
					t.Errorf("%s has %d SAs, %d pairs and %d peers left", name, listed, pairs, peers)
				}
			}
			if t.Failed() {
				t.Log(slices.Collect(func(yield func(string) bool) { yield(recovery) }))
			}
		})
	}
}
