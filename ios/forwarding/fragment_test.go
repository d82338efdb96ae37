package forwarding

import (
	"bytes"
	"math/rand"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

func random(n int) []byte {
	b := make([]byte, n)
	rand.New(rand.NewSource(int64(n))).Read(b)
	return b
}

func sample(n int, options []byte) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{
		ID: 7, TTL: 9, Protocol: 200, Src: addr("12.12.12.2"), Dst: addr("12.12.12.1"), Options: options,
	}, random(n))
}

// TestFragmentsFit checks fragments against the rules of RFC 791 for many sizes.
func TestFragmentsFit(t *testing.T) {
	for _, mtu := range []int{68, 69, 576, 1300, 1500} {
		for _, n := range []int{0, 1, 40, 48, 49, 556, 1480, 1481, 2960, 3000, 18004} {
			p := sample(n, nil)
			whole := make([]byte, n)
			seen := 0
			pieces := fragments(p, mtu)
			for k, f := range pieces {
				last := k == len(pieces)-1
				if !f.Valid() || len(f) > mtu && len(pieces) > 1 || f.MF() == last || f.TTL() != 9 || f.ID() != 7 {
					t.Fatalf("mtu %d, %d bytes: piece %d is %x", mtu, n, k, f[:20])
				}
				seen += copy(whole[f.FragmentOffset():], f.Payload())
			}
			if seen != n || !bytes.Equal(whole, p.Payload()) {
				t.Errorf("mtu %d, %d bytes: the pieces are not the packet", mtu, n)
			}
		}
	}
}

func TestFragmentOfFragment(t *testing.T) {
	p := sample(4000, nil)
	var twice []packet.IPv4
	for _, f := range fragments(p, 1500) {
		twice = append(twice, fragments(f, 576)...)
	}
	whole := make([]byte, 4000)
	for k, f := range twice {
		copy(whole[f.FragmentOffset():], f.Payload())
		if f.MF() == (k == len(twice)-1) {
			t.Errorf("piece %d: more fragments is %v", k, f.MF())
		}
	}
	if !bytes.Equal(whole, p.Payload()) {
		t.Error("the pieces are not the packet")
	}
}

func TestFragmentOptions(t *testing.T) {
	router := []byte{0x94, 4, 0, 0}          // router alert: copied
	record := []byte{7, 7, 4, 0, 0, 0, 0, 1} // record route, not copied, and a no-op
	pieces := fragments(sample(200, append(record, router...)), 100)
	equal(t, "options of the first", pieces[0].Options(), append(record, router...))
	equal(t, "of the second", pieces[1].Options(), router)
	for _, bad := range [][]byte{{7}, {7, 0, 0, 0}, {7, 99, 0, 0}, {0x94, 1, 0, 0}} {
		equal(t, "options that are none", len(copiedOptions(bad)), 0)
	}
}

// reassembled gives a router fragments in some order and returns what it has
// whole in the end.
func reassembled(t testing.TB, pieces []packet.IPv4) (n *row, whole []packet.IPv4) {
	n = newRow(t)
	n.r1.Handle(200, func(_ *Interface, p packet.IPv4) { whole = append(whole, p) })
	for _, f := range pieces {
		n.r1.arrive(f)
	}
	return n, whole
}

// arrive has a packet come in on the first interface.
func (r *router) arrive(p packet.IPv4) {
	i := r.Interfaces()[0]
	i.Receive(packet.BuildEthernet(i.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, p))
}

func TestReassembly(t *testing.T) {
	p := sample(5000, nil)
	f := fragments(p, 1500)
	other := sample(5000, nil)
	other[5] = 8 // another packet's
	other.UpdateChecksum()
	g := fragments(other, 1500)
	overlap := fragments(p, 1400)
	longer := fragments(sample(9000, nil), 1500)
	empty := packet.BuildIPv4(packet.IPv4Fields{ID: 7, MF: true, Protocol: 200, Src: p.Src(), Dst: p.Dst()}, nil)
	odd := packet.BuildIPv4(packet.IPv4Fields{ID: 7, MF: true, Protocol: 200, Src: p.Src(), Dst: p.Dst()}, random(9))
	huge := packet.BuildIPv4(packet.IPv4Fields{ID: 7, FragmentOffset: 65528, Protocol: 200, Src: p.Src(), Dst: p.Dst()}, random(64))
	type order []packet.IPv4
	for _, c := range []struct {
		name   string
		pieces order
		whole  int
	}{
		{"in order", order{f[0], f[1], f[2], f[3]}, 1},
		{"backwards", order{f[3], f[2], f[1], f[0]}, 1},
		{"mixed", order{f[2], f[0], f[3], f[1]}, 1},
		{"one missing", order{f[0], f[1], f[3]}, 0},
		{"one twice", order{f[0], f[1], f[1], f[0], f[2], f[3]}, 1},
		{"two packets at once", order{f[0], g[0], f[1], g[1], g[2], f[2], f[3], g[3]}, 2},
		{"an overlap", order{f[0], overlap[1], f[1], f[2], f[3]}, 0},
		{"an overlap at the start", order{overlap[0], f[0], f[1], f[2], f[3]}, 0},
		{"two ends", order{f[3], longer[6], f[0], f[1], f[2]}, 0},
		{"beyond the end", order{f[3], longer[4], f[0], f[1], f[2]}, 0},
		{"an empty one", order{empty}, 0},
		{"an odd length", order{odd}, 0},
		{"beyond 65535", order{huge}, 0},
	} {
		n, whole := reassembled(t, c.pieces)
		if len(whole) != c.whole {
			t.Errorf("%s: %d packets", c.name, len(whole))
		}
		for _, w := range whole {
			if !w.Valid() || w.IsFragment() || !bytes.Equal(w.Payload(), p.Payload()) {
				t.Errorf("%s: not the packet that was sent", c.name)
			}
		}
		n.Pass(time.Minute)
		if len(n.r1.reassembly.held) != 0 || n.r1.reassembly.room != 0 {
			t.Errorf("%s: %d packets, %d bytes are still held", c.name, len(n.r1.reassembly.held), n.r1.reassembly.room)
		}
	}
}

func TestReassemblyTimesOut(t *testing.T) {
	f := fragments(sample(5000, nil), 1500)
	for _, c := range []struct {
		name   string
		piece  packet.IPv4
		frames int // ARP request for the sender, which is to be told
	}{{"with the first piece", f[0], 1}, {"without it", f[1], 0}} {
		n, _ := reassembled(t, []packet.IPv4{c.piece})
		n.r1.watch()
		n.Pass(29 * time.Second)
		equal(t, c.name+", too early", n.left.count(packet.EtherTypeARP), 0)
		n.Pass(2 * time.Second)
		equal(t, c.name, n.left.count(packet.EtherTypeARP), c.frames*2)
		equal(t, c.name+", steps", n.r1.steps[0], "reassemble: dropped: the other fragments have not come in time")
	}
}

func TestReassemblyIsBounded(t *testing.T) {
	n := newRow(t)
	for k := range 1000 {
		n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{
			ID: uint16(k), MF: true, TTL: 9, Protocol: 200, Src: addr("12.12.12.2"), Dst: addr("12.12.12.1"),
		}, random(1480)))
	}
	equal(t, "packets held", len(n.r1.reassembly.held), maxReassemblies)
	for k := range 1000 {
		for id := range maxReassemblies {
			n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{
				ID: uint16(id), MF: true, FragmentOffset: (k + 2) * 1480, TTL: 9, Protocol: 200,
				Src: addr("12.12.12.2"), Dst: addr("12.12.12.1"),
			}, make([]byte, 1480)))
		}
	}
	if n.r1.reassembly.room > maxReassemblyRoom || n.r1.reassembly.room < 0 {
		t.Errorf("%d bytes held", n.r1.reassembly.room)
	}
	n.Pass(5 * time.Minute) // the processor has still to work off what came
	equal(t, "held in the end", len(n.r1.reassembly.held)+n.r1.reassembly.room, 0)
}

// FuzzReassembly feeds a router with fragments made of the input and compares
// with a slow model: an array of bytes and which of them have come.
func FuzzReassembly(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3}, uint8(3))
	f.Add([]byte{3, 1, 1, 2, 0}, uint8(1))
	f.Add([]byte{0x80, 0x41, 2}, uint8(9))
	f.Fuzz(func(t *testing.T, order []byte, size uint8) {
		h := &pieces{total: -1}
		var model [256 * 8]bool
		for _, o := range order {
			offset, length := int(o&31)*8, (int(o>>5)+1)*8
			data := bytes.Repeat([]byte{size}, length)
			p := packet.BuildIPv4(packet.IPv4Fields{
				MF: offset+length < int(size), FragmentOffset: offset, TTL: 1, Protocol: 200,
				Src: addr("1.1.1.1"), Dst: addr("2.2.2.2"),
			}, data)
			at, why := h.place(p, maxReassemblyRoom)
			if why != FragmentHeld {
				continue
			}
			h.add(p, at)
			for k := offset; k < offset+length; k++ {
				if model[k] {
					t.Fatalf("byte %d was taken twice", k)
				}
				model[k] = true
			}
		}
		have := 0
		for _, b := range model {
			if b {
				have++
			}
		}
		if have != h.bytes {
			t.Fatalf("%d bytes held, not %d", h.bytes, have)
		}
		if h.total >= 0 && h.bytes == h.total {
			for k := range h.total {
				if !model[k] {
					t.Fatalf("whole without byte %d", k)
				}
			}
		}
	})
}
