package ios

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// TestAQuestionAssumesReflexiveEntries asks about a packet that would make an entry, and
// then about its answer, which passes only where the entry is assumed. None is made.
func TestAQuestionAssumesReflexiveEntries(t *testing.T) {
	g := newRig(t, map[string]string{
		"R1": "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\n",
		"R2": "interface Loopback0\n ip address 10.9.9.1 255.255.255.0\n" +
			"interface FastEthernet0/0\n ip address 12.12.12.2 255.255.255.0\n ip access-group IN in\n ip access-group OUT out\n" +
			"ip access-list extended OUT\n permit udp any any reflect MIRROR\nip access-list extended IN\n evaluate MIRROR\n",
	}, "R1:Fa0/0 R2:Fa0/0")
	r2 := g.on("R2")
	r2.do("ping 12.12.12.1 repeat 2") // so that the neighbour is known
	inside, outside := interfaceOf(t, r2, "Loopback0"), interfaceOf(t, r2, "FastEthernet0/0")
	ask := func(assumed *forwarding.Assumed, in *forwarding.Interface, stage forwarding.Stage, p packet.IPv4) (step *forwarding.ListStep, passed bool) {
		r2.stack.Ask(assumed, in, p, func(s forwarding.Step) {
			if s.Stage == stage {
				step, passed = s.List, s.Outcome == forwarding.Passed
			}
		})
		return step, passed
	}
	out, in := udpPacket("10.9.9.5", "12.12.12.1", 1000, 53), udpPacket("12.12.12.1", "10.9.9.5", 53, 1000)
	for _, assumed := range []*forwarding.Assumed{nil, {}} {
		step, passed := ask(assumed, inside, forwarding.StageAccessOut, out)
		if step == nil || !passed || step.Makes == nil || step.Makes.List() != "MIRROR" {
			t.Fatalf("out: %v %+v", passed, step)
		}
		if e := step.Makes.Entry(); e.ShowText() != "permit udp host 12.12.12.1 eq domain host 10.9.9.5 eq 1000" {
			t.Errorf("would make %s", e.ShowText())
		}
		step, passed = ask(assumed, outside, forwarding.StageAccessIn, in)
		if passed != (assumed != nil) || passed && (step.Via == nil || step.Via.Sequence != 10) {
			t.Errorf("in: %v %+v", passed, step)
		}
	}
	if got := r2.do("show ip access-lists MIRROR"); strings.Contains(got, "time left") {
		t.Errorf("a question has made an entry:\n%s", got)
	}
}
