package bufcap

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"

	"github.com/ioslab/ioslab/ios/packet"
)

var start = time.Date(2002, time.March, 1, 0, 0, 7, 11e6, time.UTC)

// filled puts packets of the lengths into a buffer, ten a second, and returns how
// many of them it took before it was done.
func filled(b *Buffer, lengths ...int) (took int) {
	for i, n := range lengths {
		p := packet.IPv4(bytes.Repeat([]byte{byte(i + 1)}, n))
		if b.Put(Element{At: start.Add(time.Duration(i) * 100 * time.Millisecond)}, p) {
			return i + 1
		}
	}
	return len(lengths)
}

// firsts are the first bytes of a buffer's packets: which ones they are.
func firsts(b *Buffer) (list []int) {
	for _, e := range b.Elements() {
		list = append(list, int(e.Data[0]))
	}
	return list
}

func TestWhatABufferKeeps(t *testing.T) {
	hundreds := slices.Repeat([]int{100}, 12)
	tests := []struct {
		name    string
		change  func(b *Buffer)
		lengths []int
		want    []int
		took    int
	}{
		{"linear, with room", func(*Buffer) {}, []int{50, 60}, []int{1, 2}, 2},
		{"linear, full", func(b *Buffer) { b.Size = 250 }, hundreds, []int{1, 2, 3}, 4},
		{"circular", func(b *Buffer) { b.Size, b.Circular = 250, true }, hundreds, []int{10, 11, 12}, 12},
		{"whole packets", func(b *Buffer) { b.Size, b.MaxElement = 250, 1500 }, hundreds, []int{1, 2}, 3},
		{"circular, and a packet larger than it", func(b *Buffer) { b.Size, b.Circular = 20, true }, []int{10, 100, 10}, []int{1, 3}, 3},
		{"every third", func(b *Buffer) { b.Limits.EveryNth = 3 }, hundreds, []int{1, 4, 7, 10}, 12},
		{"so many", func(b *Buffer) { b.Limits.Packets = 2 }, hundreds, []int{1, 2}, 2},
		{"so many a second", func(b *Buffer) { b.Limits.PerSecond = 2 }, hundreds, []int{1, 2, 11, 12}, 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := NewBuffer("B")
			tt.change(b)
			took := filled(b, tt.lengths...)
			if got := firsts(b); !slices.Equal(got, tt.want) || took != tt.took {
				t.Errorf("keeps %v after %d, want %v after %d", got, took, tt.want, tt.took)
			}
			used := 0
			for _, e := range b.Elements() {
				if used += len(e.Data); len(e.Data) > b.MaxElement {
					t.Errorf("%d bytes of a packet", len(e.Data))
				}
			}
			if used > b.Size || used != b.used {
				t.Errorf("%d bytes of %d, counted as %d", used, b.Size, b.used)
			}
			if b.Clear(); len(b.Elements()) > 0 || b.used != 0 {
				t.Error("not empty after Clear")
			}
		})
	}
}

func TestWhatAPointSees(t *testing.T) {
	places := []Seen{{CEF, In, "A"}, {CEF, Out, "A"}, {CEF, In, "B"}, {Process, In, "A"}, {Process, FromUs, "B"}}
	for _, tt := range []struct {
		point Point
		want  string // a 1 for each place that it sees
	}{
		{Point{Path: CEF}, "11100"},
		{Point{Path: CEF, Interface: "A"}, "11000"},
		{Point{Path: CEF, Direction: In}, "10100"},
		{Point{Path: CEF, Direction: Out}, "01000"},
		{Point{Path: Process}, "00011"},
		{Point{Path: Process, Direction: In}, "00010"},
		{Point{Path: Process, Direction: Out}, "00001"},
		{Point{Path: Process, Direction: FromUs}, "00001"},
	} {
		got := ""
		for _, s := range places {
			if tt.point.Sees(s) {
				t.Errorf("%s sees while it is not active", tt.point.Config())
			}
			p := tt.point
			p.Active = true
			got += map[bool]string{true: "1", false: "0"}[p.Sees(s)]
		}
		if got != tt.want {
			t.Errorf("%s sees %s, want %s", tt.point.Config(), got, tt.want)
		}
	}
}

// TestDump: the dump has the layout of IOS, from which scripts make packets again.
func TestDump(t *testing.T) {
	b := NewBuffer("B")
	b.MaxElement = 22
	p := packet.IPv4("E\x00\x00\x64\x00\x00\xb6\x93\x01\x02\x03\x04ABCDEFGHIJKLMNOP")
	b.Put(Element{At: start, Path: CEF, In: "Fa0/0"}, p)
	b.Put(Element{At: start, Path: Process, Out: "Fa0/1"}, p[:3])
	const want = `00:00:07.011 UTC Mar 1 2002 : IPv4 LES CEF    : Fa0/0 None

66A00000: 45000064 0000B693 01020304 41424344  E..d..6.....ABCD
66A00010: 45464748 494A                        EFGHIJ          

00:00:07.011 UTC Mar 1 2002 : IPv4 Process    : None Fa0/1

66A00020: 450000                               E..             

`
	if got := b.Dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestPCAP: pcapgo reads what was written.
func TestPCAP(t *testing.T) {
	b := NewBuffer("B")
	filled(b, 40, 1500)
	file, err := b.PCAP()
	if err != nil {
		t.Fatal(err)
	}
	r, err := pcapgo.NewReader(bytes.NewReader(file))
	if err != nil || r.LinkType() != layers.LinkTypeRaw {
		t.Fatal(err, r.LinkType())
	}
	for i, e := range b.Elements() {
		data, info, err := r.ReadPacketData()
		if err != nil || !bytes.Equal(data, e.Data) || info.Length != []int{40, 1500}[i] || !info.Timestamp.Equal(e.At) {
			t.Errorf("packet %d: %v %+v", i, err, info)
		}
	}
	if _, _, err := r.ReadPacketData(); err != io.EOF {
		t.Errorf("after the last: %v", err)
	}
}

func TestConfiguration(t *testing.T) {
	b := NewBuffer("B")
	p := &Point{Name: "P", Buffer: b}
	if got := strings.Join(b.config(nil), "\n"); got != "monitor capture buffer B" {
		t.Errorf("a new one: %s", got)
	}
	b.Size, b.MaxElement, b.Circular, b.Filter = 2<<20, 1518, true, "F"
	b.Limits = Limits{EveryNth: 2, Duration: 3, Packets: 4, PerSecond: 5}
	want := `monitor capture buffer B size 2048 max-size 1518 circular
monitor capture point associate P B
monitor capture buffer B filter access-list F
monitor capture buffer B limit allow-nth-pak 2
monitor capture buffer B limit duration 3
monitor capture buffer B limit packet-count 4
monitor capture buffer B limit packets-per-sec 5`
	if got := strings.Join(b.config([]*Point{p}), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := fmt.Sprint(p.Config()); got != "monitor capture point ip cef P all both" {
		t.Errorf("the point: %s", got)
	}
}
