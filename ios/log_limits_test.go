package ios

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/debugtext"
)

// TestStrangersDoNotFillTheLog: anybody can send what is no IKE; the log says so as
// often as somebody can read it, and counts the rest.
func TestStrangersDoNotFillTheLog(t *testing.T) {
	g := newRig(t, map[string]string{
		"R1": "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\n no shutdown\n",
		"R2": "interface FastEthernet0/0\n ip address 12.12.12.2 255.255.255.0\n no shutdown\n" +
			"crypto isakmp policy 10\n authentication pre-share\ncrypto isakmp key cisco address 12.12.12.1\n" +
			"crypto ipsec transform-set T esp-des\ncrypto map M 1 ipsec-isakmp\n set peer 12.12.12.1\n set transform-set T\n match address 101\n" +
			"access-list 101 permit ip host 2.2.2.2 any\ninterface FastEthernet0/0\n crypto map M\n",
	}, "R1:Fa0/0 R2:Fa0/0")
	r1, r2 := g.on("R1"), g.on("R2")
	r1.do("ping 12.12.12.2")
	flood := func() {
		r2.logs = nil
		for range 100 {
			r1.stack.SendUDP(netip.MustParseAddrPort("12.12.12.1:500"), netip.MustParseAddrPort("12.12.12.2:500"), []byte("no IKE"))
		}
		g.Pass(5 * time.Second)
	}
	for _, want := range []int{provokedAtOnce, 5} {
		flood()
		if len(r2.logs) != want || !r2.logged("IKMP_BAD_MESSAGE") {
			t.Errorf("%d records, want %d", len(r2.logs), want)
		}
		g.Pass(5*provokedEvery - 5*time.Second)
	}
	if got := r2.do("show logging"); !strings.Contains(got, " 175 messages rate-limited") {
		t.Errorf("%.200s", got)
	}
}

// TestMessagesWithAnInterval: a complaint about packets is logged once a minute,
// each kind on its own, and what goes unlogged is not counted.
func TestMessagesWithAnInterval(t *testing.T) {
	var l logLimits
	a, b := debugtext.Message{Mnemonic: "A", Every: time.Minute}, debugtext.Message{Mnemonic: "B", Every: time.Minute}
	for i, step := range []struct {
		m    debugtext.Message
		at   time.Duration
		want bool
	}{{a, 0, true}, {a, 0, false}, {b, time.Second, true}, {a, time.Minute - 1, false}, {a, time.Minute, true}, {b, time.Minute, false}} {
		if got := l.allows(step.m, step.at); got != step.want {
			t.Errorf("step %d: %v", i, got)
		}
	}
	if l.unsaid != 0 {
		t.Errorf("%d counted", l.unsaid)
	}
}
