package ios

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// barrage sends an echo through the tunnel from R1 every 100 ms, for d, and returns
// which of them were answered within a second.
func (g *rig) barrage(d time.Duration) (answered []bool) {
	const interval = 100 * time.Millisecond
	var pings []*forwarding.Ping
	for range d / interval {
		pings = append(pings, g.on("R1").stack.StartPing(forwarding.PingParams{
			Dst: netip.MustParseAddr("10.2.1.1"), Src: netip.MustParseAddr("10.1.1.1"), Count: 1, Timeout: time.Second,
		}))
		g.Pass(interval)
	}
	g.Pass(time.Second)
	for _, p := range pings {
		r, ok := p.Next()
		answered = append(answered, ok && r.Mark == '!')
	}
	return answered
}

// lost counts the echoes before the first that was answered.
func lost(answered []bool) int {
	for i, ok := range answered {
		if ok {
			return i
		}
	}
	return len(answered)
}

// mistakes are made on one of two routers, and put right.
var mistakes = []struct {
	name       string
	make, mend []string
	most       int  // echoes lost afterwards, where R1 was wrong
	phase1     bool // it is phase 1 that fails
}{
	{
		name: "transform set", most: 2,
		make: []string{"crypto ipsec transform-set TS esp-3des esp-sha-hmac"},
		mend: []string{"crypto ipsec transform-set TS esp-des esp-md5-hmac"},
	},
	{
		name: "another transform set", most: 2,
		make: []string{"crypto ipsec transform-set OTHER esp-aes esp-sha-hmac", "crypto map CMAP 10 ipsec-isakmp", "set transform-set OTHER"},
		mend: []string{"crypto map CMAP 10 ipsec-isakmp", "set transform-set TS"},
	},
	{
		name: "no transform set", most: 2,
		make: []string{"crypto map CMAP 10 ipsec-isakmp", "no set transform-set"},
		mend: []string{"crypto map CMAP 10 ipsec-isakmp", "set transform-set TS"},
	},
	{
		name: "list", most: 2,
		make: []string{"no access-list 101", "access-list 101 permit ip 10.0.0.0 0.255.255.255 10.0.0.0 0.255.255.255"},
		mend: []string{"no access-list 101", "access-list 101 permit ip 10.1.1.0 0.0.0.255 10.2.1.0 0.0.0.255"},
	},
	{
		name: "peer", most: 8, phase1: true,
		make: []string{"crypto map CMAP 10 ipsec-isakmp", "no set peer 12.12.12.2", "set peer 12.12.12.9"},
		mend: []string{"crypto map CMAP 10 ipsec-isakmp", "no set peer 12.12.12.9", "set peer 12.12.12.2"},
	},
	{
		name: "key", most: 8, phase1: true,
		make: []string{"no crypto isakmp key cisco address 0.0.0.0 0.0.0.0", "crypto isakmp key wrong address 0.0.0.0 0.0.0.0"},
		mend: []string{"no crypto isakmp key wrong address 0.0.0.0 0.0.0.0", "crypto isakmp key cisco address 0.0.0.0 0.0.0.0"},
	},
	{
		name: "no key", most: 8, phase1: true,
		make: []string{"no crypto isakmp key cisco address 0.0.0.0 0.0.0.0"},
		mend: []string{"crypto isakmp key cisco address 0.0.0.0 0.0.0.0"},
	},
}

// TestMistakePutRightHere: under a host that sends ten packets a second the tunnel
// comes up at once when the router that they pass is put right: two are lost, or as
// many as phase 1 takes.
func TestMistakePutRightHere(t *testing.T) {
	for _, m := range mistakes {
		for _, after := range []time.Duration{2 * time.Second, 29900 * time.Millisecond, 65 * time.Second} {
			t.Run(fmt.Sprintf("%s after %v", m.name, after), func(t *testing.T) {
				g := tunnel(t)
				r1 := g.on("R1")
				r1.configure(m.make...)
				r1.do("clear crypto sa")
				if m.phase1 {
					r1.do("clear crypto isakmp")
				}
				g.Pass(5 * time.Second)
				if n := lost(g.barrage(after)); n != int(after/(100*time.Millisecond)) {
					t.Fatalf("up after %d echoes with the mistake", n)
				}
				r1.configure(m.mend...)
				if n := lost(g.barrage(5 * time.Second)); n > m.most {
					t.Errorf("%d echoes lost", n)
				}
			})
		}
	}
}

// TestMistakePutRightThere: when it is the other router, the key engine's next
// attempt finds it so, within 30 s.
func TestMistakePutRightThere(t *testing.T) {
	for _, m := range mistakes[:2] {
		for _, after := range []time.Duration{2 * time.Second, 29900 * time.Millisecond, 65 * time.Second} {
			t.Run(fmt.Sprintf("%s after %v", m.name, after), func(t *testing.T) {
				g := tunnel(t)
				r1, r2 := g.on("R1"), g.on("R2")
				r2.configure(m.make...)
				r1.do("clear crypto sa")
				g.Pass(5 * time.Second)
				g.barrage(after)
				r2.configure(m.mend...)
				if n := lost(g.barrage(40 * time.Second)); n > 302 {
					t.Errorf("up after %d echoes", n)
				}
			})
		}
	}
}

// TestHeldRequestIsRepeated: without another packet, too, the key engine asks once
// more.
func TestHeldRequestIsRepeated(t *testing.T) {
	g := tunnel(t)
	r1, r2 := g.on("R1"), g.on("R2")
	r2.configure(mistakes[0].make...)
	r1.do("clear crypto sa")
	g.Pass(time.Second)
	g.barrage(200 * time.Millisecond)
	r2.configure(mistakes[0].mend...)
	g.Pass(31 * time.Second)
	if _, _, pairs := r1.state(); pairs != 1 {
		t.Errorf("%d pairs", pairs)
	}
}

// TestClearDropsTheHeldRequest: so does each form of it that can be meant.
func TestClearDropsTheHeldRequest(t *testing.T) {
	for _, line := range []string{"clear crypto sa", "clear crypto sa peer 12.12.12.2", "clear crypto sa map CMAP", "clear crypto isakmp", "clear crypto session"} {
		t.Run(line, func(t *testing.T) {
			g := tunnel(t)
			r1, r2 := g.on("R1"), g.on("R2")
			r2.configure(mistakes[0].make...)
			r1.do("clear crypto sa")
			g.Pass(time.Second)
			g.barrage(200 * time.Millisecond)
			r2.configure(mistakes[0].mend...)
			if n := lost(g.barrage(time.Second)); n != 10 {
				t.Fatalf("up after %d echoes", n)
			}
			r1.do(line)
			g.Pass(time.Second)
			if n := lost(g.barrage(5 * time.Second)); n > 8 {
				t.Errorf("%d echoes lost", n)
			}
		})
	}
}
