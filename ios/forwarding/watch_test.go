package forwarding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestManyWatch: each of any number of watchers is told of everything, until it is
// removed, also while it is told.
func TestManyWatch(t *testing.T) {
	n := newRow(t)
	counts := make([]int, 3)
	var removes []func()
	for i := range counts {
		removes = append(removes, n.r1.AddWatch(func(Step) {
			if counts[i]++; i == 1 {
				removes[1]()
			}
		}))
	}
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	if counts[0] < 3 || counts[1] != 1 || counts[2] != counts[0] {
		t.Errorf("told %v times", counts)
	}
	if n.r1.Publish() != nil {
		t.Error("packets pass beside the loop while it is watched")
	}
	removes[0]()
	removes[2]()
	removes[2]()
	if n.r1.Publish() == nil {
		t.Error("packets may not pass beside the loop, though no one watches")
	}
	before := slices.Clone(counts)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	if !slices.Equal(counts, before) {
		t.Errorf("told after the end: %v", counts)
	}
}

// TestFrames: a frame names the packet in it, and what it is because of.
func TestFrames(t *testing.T) {
	n := newRow(t)
	n.r2.ClearARP()
	n.Pass(0)
	var seen []string
	first := n.r2.lastNumber
	n.r2.AddFrameWatch(func(f Frame) {
		way := "in"
		if f.Sent {
			way = "out"
		}
		parent := f.Parent
		if parent != 0 {
			parent -= first
		}
		what := "ARP"
		if e := packet.Ethernet(f.Bytes); e.Type() == packet.EtherTypeIPv4 {
			what = fmt.Sprint(packet.IPv4(e.Payload()).Dst())
		}
		seen = append(seen, fmt.Sprintf("%d<%d %s %v %s", f.Number-first, parent, way, f.Interface.Name().Short(), what))
	})
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	want := []string{
		"1<0 in Fa0/0 ARP", "2<1 out Fa0/0 ARP",
		"3<0 in Fa0/0 23.23.23.3", "4<3 out Fa0/1 ARP", "5<0 in Fa0/1 ARP",
		"6<0 in Fa0/0 23.23.23.3", "6<0 out Fa0/1 23.23.23.3",
		"7<0 in Fa0/1 12.12.12.1", "7<0 out Fa0/0 12.12.12.1",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
}
