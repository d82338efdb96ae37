package wire

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

func TestPack(t *testing.T) {
	many := slices.Repeat([]int{100}, 100)
	for _, tt := range []struct {
		name  string
		sizes []int
		below int
		want  []int
	}{
		{"equal", []int{100, 100, 100}, maxBundleSize, []int{3}},
		{"the last is shorter", []int{100, 100, 40, 40}, maxBundleSize, []int{3, 1}},
		{"longer", []int{40, 100, 100}, maxBundleSize, []int{1, 2}},
		{"empty", []int{0, 0, 5, 0}, maxBundleSize, []int{1, 1, 1, 1}},
		{"as many as are cut", many, maxBundleSize, []int{64}},
		{"as long as a datagram", []int{30000, 30000, 30000}, maxBundleSize, []int{2, 1}},
		{"refused", []int{1500, 1500, 90, 90}, 1500, []int{1, 1, 2}},
		{"never", []int{90, 90}, 0, []int{1, 1}},
		{"one", []int{90}, maxBundleSize, []int{1}},
	} {
		b := newBundles()
		b.below = tt.below
		var bufs [][]byte
		for _, size := range tt.sizes {
			bufs = append(bufs, make([]byte, Headroom+size))
		}
		b.pack(bufs, Headroom)
		if got := b.inside[:b.count]; !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		for i := range b.count {
			if with := b.messages[i].header.Control != nil; with != (b.inside[i] > 1) {
				t.Errorf("%s: message %d: the kernel is told to cut: %v", tt.name, i, with)
			}
		}
	}
}

// TestSmaller: what the kernel does not cut is not asked of it again.
func TestSmaller(t *testing.T) {
	for _, tt := range []struct {
		err   error
		sizes []int
		again bool
		below int
	}{
		{unix.EMSGSIZE, []int{1500, 1500}, true, 1500},
		{unix.EINVAL, []int{1500, 1500}, true, 1500},
		{unix.EIO, []int{1500, 1500}, true, 0},
		{unix.EMSGSIZE, []int{1500}, false, maxBundleSize},
		{unix.ECONNREFUSED, []int{1500, 1500}, false, maxBundleSize},
	} {
		b := newBundles()
		b.pack(buffersOf(tt.sizes...), Headroom)
		b.err = tt.err
		if again := b.smaller(); again != tt.again || b.below != tt.below {
			t.Errorf("%v of %v: again %v, below %d", tt.err, tt.sizes, again, b.below)
		}
	}
}

func buffersOf(sizes ...int) (list [][]byte) {
	for _, size := range sizes {
		list = append(list, make([]byte, Headroom+size))
	}
	return list
}

// TestBundlesKeepFrames: frames of any sizes come out one by one, as they went in.
func TestBundlesKeepFrames(t *testing.T) {
	a, b := pair(t)
	random := rand.New(rand.NewPCG(1, 2))
	in, sizes := buffers(16, 9000), make([]int, 16)
	for range 50 {
		var sent [][]byte
		for len(sent) < 40 {
			size := 1 + random.IntN(8999)
			for range 1 + random.IntN(20) {
				f := make([]byte, Headroom+size)
				for i := range f {
					f[i] = byte(random.Uint32())
				}
				sent = append(sent, f)
			}
		}
		if n, err := a.Write(sent, Headroom); n != len(sent) || err != nil {
			t.Fatalf("wrote %d of %d, %v", n, len(sent), err)
		}
		for got := 0; got < len(sent); {
			n, err := b.Read(in, sizes, Headroom)
			if err != nil {
				t.Fatal(err)
			}
			for i := range n {
				if !bytes.Equal(in[i][Headroom:][:sizes[i]], sent[got][Headroom:]) {
					t.Fatalf("frame %d came out wrong", got)
				}
				got++
			}
		}
	}
}

// TestWriteAllocates nothing, however the frames lie.
func TestWriteAllocates(t *testing.T) {
	a, _ := pair(t)
	bufs := buffersOf(slices.Repeat([]int{1000, 1000, 60}, 20)...)
	if n := testing.AllocsPerRun(20, func() { a.Write(bufs, Headroom) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
