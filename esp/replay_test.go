package esp

import "testing"

func TestWindow(t *testing.T) {
	tests := []struct {
		name string
		seen []uint32
		seq  uint32
		want bool
	}{
		{"the first", nil, 1, true},
		{"zero", nil, 0, false},
		{"far ahead", nil, 1<<32 - 1, true},
		{"again", []uint32{5}, 5, false},
		{"earlier, not seen", []uint32{5}, 4, true},
		{"earlier, seen", []uint32{4, 5}, 4, false},
		{"last of the window", []uint32{64}, 1, true},
		{"just out of the window", []uint32{65}, 1, false},
		{"jump of the window's size", []uint32{1, 65}, 2, true},
		{"jump past all", []uint32{1, 1 << 31}, 1<<31 - 63, true},
		{"zero after some", []uint32{3}, 0, false},
	}
	for _, test := range tests {
		var w Window
		for _, s := range test.seen {
			if !w.Allows(s) {
				t.Fatalf("%s: %d refused", test.name, s)
			}
			w.Mark(s)
		}
		if got := w.Allows(test.seq); got != test.want {
			t.Errorf("%s: %d allowed: %v", test.name, test.seq, got)
		}
	}
}

// slowWindow remembers every number.
type slowWindow struct {
	seen map[uint32]bool
	top  uint32
}

func (s *slowWindow) take(seq uint32) bool {
	if seq == 0 || s.seen[seq] || int64(seq) <= int64(s.top)-WindowSize {
		return false
	}
	s.seen[seq] = true
	s.top = max(s.top, seq)
	return true
}

func FuzzWindow(f *testing.F) {
	f.Add([]byte{1, 2, 3, 3, 255, 254, 128, 0, 64})
	f.Add([]byte{255, 255, 255, 192, 193, 191, 255})
	f.Fuzz(func(t *testing.T, steps []byte) {
		var w Window
		slow := slowWindow{seen: map[uint32]bool{}}
		at := uint32(100)
		for i, b := range steps {
			// Small steps both ways, and now and then a large one forward.
			if b == 255 {
				at += 1 << 29
			} else {
				at += uint32(int32(b) - 100)
			}
			got := w.Allows(at)
			if got {
				w.Mark(at)
			}
			if want := slow.take(at); got != want || w.Top() != slow.top {
				t.Fatalf("step %d, number %d: %v, want %v; top %d, want %d", i, at, got, want, w.Top(), slow.top)
			}
		}
	})
}
