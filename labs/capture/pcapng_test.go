package capture

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"

	"github.com/ioslab/ioslab/labs/storage"
)

var start = time.Date(2002, time.March, 1, 0, 0, 5, 123456789, time.UTC)

func written(t *testing.T, w *Writer, i Interface) int {
	t.Helper()
	n, err := w.Add(i)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestReadBack: what pcapgo reads is what was written.
func TestReadBack(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	a := written(t, w, Interface{Name: "R1:FastEthernet0/0", Description: "to R2:FastEthernet0/0", LinkType: Ethernet})
	var want [][]byte
	for n := range 5 { // every length of padding
		frame := bytes.Repeat([]byte{byte(n + 1)}, 60+n)
		want = append(want, frame)
		w.Packet(a, start.Add(time.Duration(n)), n%2 == 0, frame)
	}
	b := written(t, w, Interface{Name: "R3:FastEthernet0/0", LinkType: Ethernet})
	w.Packet(b, start, true, []byte{})
	want = append(want, []byte{})
	if out.Len() > 0 {
		t.Error("written before Flush")
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	r, err := pcapgo.NewNgReader(&out, pcapgo.DefaultNgReaderOptions)
	if err != nil {
		t.Fatal(err)
	}
	for n, frame := range want {
		data, info, err := r.ReadPacketData()
		if err != nil {
			t.Fatalf("packet %d: %v", n, err)
		}
		number, at := a, start.Add(time.Duration(n))
		if n == 5 {
			number, at = b, start
		}
		if !bytes.Equal(data, frame) || info.InterfaceIndex != number || !info.Timestamp.Equal(at) || info.Length != len(frame) {
			t.Errorf("packet %d: %x %+v", n, data, info)
		}
	}
	if _, _, err := r.ReadPacketData(); err != io.EOF {
		t.Errorf("after the last: %v", err)
	}
	for number, name := range []string{"R1:FastEthernet0/0", "R3:FastEthernet0/0"} {
		i, err := r.Interface(number)
		if err != nil || i.Name != name || i.LinkType != layers.LinkTypeEthernet || i.SnapLength != snapLength {
			t.Errorf("interface %d: %+v, %v", number, i, err)
		}
	}
	if w.Frames(a) != 5 || w.Frames(b) != 1 {
		t.Errorf("counted %d and %d", w.Frames(a), w.Frames(b))
	}
}

func TestOneLinkTypeAFile(t *testing.T) {
	w := NewWriter(io.Discard)
	written(t, w, Interface{Name: "a", LinkType: HDLC})
	written(t, w, Interface{Name: "b", LinkType: HDLC})
	if _, err := w.Add(Interface{Name: "c", LinkType: Ethernet}); err != ErrLinkType {
		t.Errorf("error %v", err)
	}
}

// fickle takes so many bytes and no more.
type fickle struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("full")

func (f *fickle) Write(b []byte) (int, error) {
	if len(b) > f.room {
		n, _ := f.Buffer.Write(b[:f.room])
		f.room = 0
		return n, errFull
	}
	f.room -= len(b)
	return f.Buffer.Write(b)
}

func TestErrorEndsIt(t *testing.T) {
	out := &fickle{room: 300}
	w := NewWriter(out)
	a := written(t, w, Interface{Name: "a", LinkType: Ethernet})
	w.Packet(a, start, true, make([]byte, 60))
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	whole := out.Len()
	w.Packet(a, start, true, make([]byte, 100))
	if err := w.Flush(); err != errFull {
		t.Fatalf("error %v", err)
	}
	w.Packet(a, start, true, make([]byte, 60))
	if err := w.Flush(); err != errFull || w.Whole() != int64(whole) || out.Len() != 300 {
		t.Errorf("error %v; %d whole, %d written", err, w.Whole(), out.Len())
	}
}

// TestManyAtOnce: what is pending has a bound.
func TestManyAtOnce(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	a := written(t, w, Interface{Name: "a", LinkType: Ethernet})
	for range 1000 {
		w.Packet(a, start, true, make([]byte, 1500))
	}
	if out.Len() < 1000*1500-2*maxPending {
		t.Errorf("%d bytes written, the rest is kept", out.Len())
	}
}

func TestFile(t *testing.T) {
	s := storage.NewFolder(t.TempDir())
	if _, err := Create(s, "no/file"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
	if _, err := Create(s, "."); err == nil {
		t.Error("a directory was taken")
	}
	for begin, want := range map[string]error{
		"":                                    nil,
		"\x0a\x0d\x0d\x0a and what follows":   nil,
		"\xd4\xc3\xb2\xa1 of another program": nil,
		"\xa1\xb2\x3c\x4d":                    nil,
		"ssh-rsa AAAA":                        storage.ErrForeign,
		"\x0a":                                storage.ErrForeign,
		strings.Repeat("\x00", 10000):         storage.ErrForeign,
	} {
		if err := s.Replace("a.pcapng", []byte(begin), storage.Public); err != nil {
			t.Fatal(err)
		}
		f, err := Create(s, "a.pcapng")
		if !errors.Is(err, want) {
			t.Errorf("in place of %.20q: %v", begin, err)
		}
		if err != nil {
			if text, err := fs.ReadFile(s, "a.pcapng"); string(text) != begin || err != nil {
				t.Errorf("of %.20q there is %.20q left, %v", begin, text, err)
			}
			continue
		}
		written(t, f.Writer, Interface{Name: "a", LinkType: Ethernet})
		f.Packet(0, start, false, []byte("frame"))
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if info, err := s.Stat("a.pcapng"); err != nil || info.Size() != f.Whole() {
			t.Errorf("%v, %v: want %d bytes", info.Size(), err, f.Whole())
		}
	}
}

func TestSteadyCaptureCostsNoAllocation(t *testing.T) {
	w := NewWriter(io.Discard)
	a := written(t, w, Interface{Name: "a", LinkType: Ethernet})
	frame := make([]byte, 1490)
	once := func() {
		w.Packet(a, start, true, frame)
		w.Flush()
	}
	once()
	if n := testing.AllocsPerRun(100, once); n > 0 {
		t.Errorf("%v allocations a packet", n)
	}
}
