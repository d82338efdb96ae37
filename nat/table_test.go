package nat

import (
	"math/rand"
	"sync"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

func entryOf(host, id uint32) *Entry {
	return &Entry{
		protocol: packet.ProtoUDP, il: host, ig: 7, ol: 9, og: 9, ilID: id, igID: host<<16 | id, olID: 80, ogID: 80, origin: new(mapping),
	}
}

// TestTable compares the table with a map, while it grows and shrinks.
func TestTable(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	table := newTable(5)
	known := make(map[[2]uint32]*Entry)
	for step := range 200_000 {
		k := [2]uint32{uint32(random.Intn(300)), uint32(random.Intn(300))}
		grow := step/40_000%2 == 0
		switch e := known[k]; {
		case e == nil && (grow || random.Intn(4) == 0):
			e = entryOf(k[0], k[1])
			table.insert(e)
			known[k] = e
		case e != nil && (!grow || random.Intn(4) == 0):
			table.remove(e)
			delete(known, k)
		}
		k = [2]uint32{uint32(random.Intn(300)), uint32(random.Intn(300))}
		probe := entryOf(k[0], k[1])
		for _, by := range probe.keys() {
			if got := table.find(probe.key(by)); got != known[k] {
				t.Fatalf("step %d: %v is %v", step, k, got)
			}
		}
	}
	seen := 0
	table.each(func(e *Entry) {
		if seen++; known[[2]uint32{e.il, e.ilID}] != e {
			t.Error("an entry that is not there")
		}
	})
	if seen != len(known) || table.entries != seen || table.nodes != 2*seen {
		t.Errorf("%d entries of %d, counted %d with %d nodes", seen, len(known), table.entries, table.nodes)
	}
}

// TestTableKeepsTheOrderOfOneKey: statics with an address in common are found in the order
// in which they came.
func TestTableKeepsTheOrderOfOneKey(t *testing.T) {
	table := newTable(5)
	var all []*Entry
	for i := range uint32(5) {
		e := &Entry{shape: simple, il: 1, ig: i}
		table.insert(e)
		all = append(all, e)
	}
	table.remove(all[2])
	all = append(all[:2], all[3:]...)
	k := key{by: byInsideLocal, a: 1}
	e := table.find(k)
	for _, want := range all {
		if e != want {
			t.Fatal("another order")
		}
		e = table.after(e, k)
	}
	if e != nil {
		t.Error("one too many")
	}
}

// TestTableUnderReaders: while the loop makes and deletes conversations, workers always find
// those that stay, never take a packet for one that it is not of, and touch what they use.
// It is worth running with -race.
func TestTableUnderReaders(t *testing.T) {
	r := patRig(t)
	const first, stay, come = 2000, 200, 5000
	for i := range uint32(stay) {
		r.Outbound(udp(1, first+i), Way{}).Apply()
	}
	r.quiet = true
	view := r.Publish()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for w := range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			random := rand.New(rand.NewSource(int64(w)))
			for {
				select {
				case <-done:
					return
				default:
				}
				host, id := uint32(1+random.Intn(2)), first+uint32(random.Intn(stay+come))
				p := udp(host, id)
				seen := acl.Examine(p)
				e, answer := view.Outbound(p, &seen, Way{}, noHits{})
				settled := host == 1 && id < first+stay
				switch {
				case settled && answer != Translate:
					t.Error("one that stays is not found")
					return
				case answer == Translate:
					if e.il != number(seen.Src) || e.ilID != uint32(seen.SrcPort) {
						t.Error("an entry of another conversation")
						return
					}
					view.Touch(e)
				}
			}
		}()
	}
	random := rand.New(rand.NewSource(1))
	for range 30_000 {
		r.Outbound(udp(2, first+uint32(random.Intn(stay+come))), Way{}).Apply()
		if random.Intn(3000) == 0 {
			r.Clear(Selector{InsideLocal: Endpoint{Addr: addr("10.0.0.2")}})
		}
		r.Publish()
	}
	close(done)
	readers.Wait()
}

func udp(host, id uint32) packet.IPv4 {
	src := addrPort(address(10<<24+host), id)
	dst := addrPort(addr("20.1.1.1"), 5000)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()}, packet.BuildUDP(src, dst, nil))
}

type noHits struct{}

func (noHits) Hit(*acl.Rule) bool { return true }
