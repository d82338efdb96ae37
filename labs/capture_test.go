package labs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// A caught is a packet of a capture file.
type caught struct {
	gopacket.CaptureInfo
	data []byte
	name string // of its interface
	link layers.LinkType
}

// readCapture reads a capture with pcapgo.
func readCapture(t *testing.T, in io.Reader) []caught {
	t.Helper()
	r, err := pcapgo.NewNgReader(in, pcapgo.NgReaderOptions{WantMixedLinkType: true})
	if err != nil {
		t.Fatal(err)
	}
	var list []caught
	for {
		data, info, err := r.ReadPacketData()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("packet %d: %v", len(list), err)
		}
		i, err := r.Interface(info.InterfaceIndex)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, caught{info, data, i.Name, i.LinkType})
	}
}

func readCaptureFile(t *testing.T, name string) []caught {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return readCapture(t, bytes.NewReader(b))
}

// TestCaptureIsWhatTheLinkCarries: a capture holds, in order, every frame that the
// interface sent and received, at its time, and gopacket finds no fault with any.
func TestCaptureIsWhatTheLinkCarries(t *testing.T) {
	dir := t.TempDir()
	l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
	end := topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}
	var want []caught
	if _, err := l.Tap(end, func(at time.Duration, _ bool, frame []byte) {
		want = append(want, caught{CaptureInfo: gopacket.CaptureInfo{Timestamp: ios.Epoch.Add(at)}, data: bytes.Clone(frame)})
	}); err != nil {
		t.Fatal(err)
	}
	l.order(t, "!lab capture R1:fa0/0 one.pcapng")
	l.order(t, "!lab link R1:fa0/0 loss=30%")
	l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 30 size 3000", "ping 12.12.12.2")
	l.Loop.RunUntil(l.Loop.Now()) // what happens at this moment
	file := filepath.Join(dir, "one.pcapng")
	got := readCaptureFile(t, file) // while it is still written
	if len(got) != len(want) || len(got) < 50 {
		t.Fatalf("captured %d frames of %d", len(got), len(want))
	}
	for n, p := range got {
		if !bytes.Equal(p.data, want[n].data) || !p.Timestamp.Equal(want[n].Timestamp) || p.name != "R1:FastEthernet0/0" {
			t.Errorf("frame %d differs", n)
		}
		d := gopacket.NewPacket(p.data, p.link, gopacket.Default)
		if e := d.ErrorLayer(); e != nil {
			t.Errorf("frame %d: %v\n%s", n, e.Error(), d)
		}
	}
	told, err := l.stopCapture(end)
	if err != nil || !strings.Contains(told, " frames of R1:FastEthernet0/0 in one.pcapng\n") {
		t.Errorf("told %q, error %v", told, err)
	}
	l.typed(t, "R1", "ping 12.12.12.2")
	if n := len(readCaptureFile(t, file)); n != len(got) {
		t.Errorf("%d frames after the end, %d before", n, len(got))
	}
	if _, err := l.stopCapture(end); err == nil || !strings.Contains(err.Error(), "is not captured") {
		t.Errorf("stopped twice: %v", err)
	}
}

// TestCapturesIntoOneFile: several interfaces share a file; each of them ends alone.
func TestCapturesIntoOneFile(t *testing.T) {
	dir := t.TempDir()
	l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
	l.order(t, "!lab capture R1:fa0/0 all.pcapng")
	l.order(t, "!lab after 1s capture R3:fa0/0 "+filepath.Join(dir, ".", "all.pcapng"))
	l.Loop.RunUntil(l.Loop.Now() + 2*time.Second)
	l.typed(t, "R1", "ping 23.23.23.3")
	l.order(t, "!lab capture R1:fa0/0 stop")
	l.typed(t, "R1", "ping 23.23.23.3 repeat 2")
	l.Close()
	per := map[string]int{}
	for _, p := range readCaptureFile(t, filepath.Join(dir, "all.pcapng")) {
		if d := gopacket.NewPacket(p.data, p.link, gopacket.Default); d.Layer(layers.LayerTypeICMPv4) != nil {
			per[p.name]++
		}
	}
	if per["R1:FastEthernet0/0"] == 0 || per["R3:FastEthernet0/0"] < per["R1:FastEthernet0/0"]+4-2 {
		t.Errorf("ICMP by interface: %v", per)
	}
}

const serialLab = `
name: serial
topology:
  nodes:
    R1: {kind: cisco_iol, startup-config: R1}
    R2: {kind: cisco_iol, startup-config: R2}
  links:
    - endpoints: [R1:Serial1/0, R2:Serial1/0]
    - endpoints: [R1:FastEthernet0/0, R2:FastEthernet0/0]
`

func openSerialLab(t *testing.T) *topology.File {
	t.Helper()
	f, err := topology.Parse("serial.clab.yml", []byte(serialLab), func(name string) ([]byte, error) {
		last := name[len(name)-1:]
		return []byte("hostname " + name + "\ninterface Serial1/0\n ip address 10.0.0." + last + " 255.255.255.0\nend\n"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSerialLinesAreHDLC(t *testing.T) {
	dir := t.TempDir()
	l := startLab(t, openSerialLab(t), Options{Files: storage.NewFolder(dir)})
	l.order(t, "!lab capture R1:s1/0 s.pcapng")
	err := l.capture(topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}, l.opts.Files, "s.pcapng")
	if err == nil || !strings.Contains(err.Error(), "do not go into one file: want another file") {
		t.Errorf("both into one: %v", err)
	}
	l.typed(t, "R1", "ping 10.0.0.2")
	l.Loop.RunUntil(l.Loop.Now())
	got := readCaptureFile(t, filepath.Join(dir, "s.pcapng"))
	if len(got) != 10 {
		t.Errorf("%d frames", len(got))
	}
	for _, p := range got {
		if p.link != layers.LinkTypeC_HDLC || !bytes.HasPrefix(p.data, []byte{0x0f, 0, 8, 0, 0x45}) {
			t.Errorf("link type %v, frame % x", p.link, p.data)
		}
	}
}

func TestCaptureErrors(t *testing.T) {
	dir := t.TempDir()
	l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir)})
	end := topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}
	if err := l.capture(end, l.opts.Files, "a.pcapng"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"no/such/dir.pcapng": "no/such/dir.pcapng cannot be written: ",
		".":                  ". cannot be written: ",
		"a.pcapng":           "is captured into a.pcapng already",
		"-":                  "standard output shows the console: want a file",
	} {
		if err := l.capture(end, l.opts.Files, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if out := l.typed(t, "R1", "!lab capture R1:fa0/0 no/such/dir"); !strings.Contains(out, "% no/such/dir cannot be written") {
		t.Errorf("on the console: %s", out)
	}
	l.order(t, "!lab after 1s capture R1:fa0/0 no/such/dir")
	l.Loop.RunUntil(l.Loop.Now() + 2*time.Second)
	if len(l.Failures) != 1 || !strings.Contains(l.Failures[0].Error(), "no/such/dir cannot be written") {
		t.Errorf("failures: %v", l.Failures)
	}
}

// goneReader is a standard output whose reader goes away.
type goneReader struct {
	bytes.Buffer
	room   int
	closed bool
}

func (g *goneReader) Write(b []byte) (int, error) {
	if g.Len()+len(b) > g.room {
		return 0, errors.New("broken pipe")
	}
	return g.Buffer.Write(b)
}

func (g *goneReader) Close() error {
	g.closed = true
	return nil
}

// TestReaderGoesAway: the lab goes on, the reader's absence is reported once and is
// no failure.
func TestReaderGoesAway(t *testing.T) {
	out := &goneReader{room: 1000}
	l := startLab(t, siteToSite(t), Options{Stdout: out})
	l.order(t, "!lab capture R1:fa0/0 -")
	l.typed(t, "R1", "ping 12.12.12.2 repeat 1") // ARP
	for range 2 {
		if shown := l.typed(t, "R1", "ping 12.12.12.2 repeat 20"); !strings.Contains(shown, "100 percent") {
			t.Errorf("the ping fails:\n%s", shown)
		}
	}
	if len(readCapture(t, &out.Buffer)) == 0 || !out.closed {
		t.Error("nothing was captured, or standard output was left open")
	}
	if want := []string{"the capture to standard output ends: broken pipe"}; !slices.Equal(l.reports, want) || len(l.Failures) > 0 {
		t.Errorf("reports %q, failures %v", l.reports, l.Failures)
	}
}

// fullDisk is a storage whose files do not grow beyond its room.
type fullDisk struct {
	*storage.Memory
	room int
}

func (d *fullDisk) Create(name string, mode fs.FileMode) (storage.File, error) {
	f, err := d.Memory.Create(name, mode)
	return &fullFile{f, d}, err
}

type fullFile struct {
	storage.File
	disk *fullDisk
}

func (f *fullFile) Write(b []byte) (int, error) {
	n, _ := f.File.Write(b[:min(len(b), f.disk.room)])
	if f.disk.room -= n; n < len(b) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

// TestFullDisk: the file ends with the last whole packet, and the lab goes on.
func TestFullDisk(t *testing.T) {
	disk := &fullDisk{storage.NewMemory(), 1000}
	l := startLab(t, siteToSite(t), Options{Files: disk})
	l.order(t, "!lab capture R1:fa0/0 full.pcapng")
	if shown := l.typed(t, "R1", "ping 12.12.12.2"); !strings.Contains(shown, ".!!!!") {
		t.Errorf("the ping fails:\n%s", shown)
	}
	if len(l.Failures) != 1 || !strings.Contains(l.Failures[0].Error(), "full.pcapng: the capture ends: no space left on device") {
		t.Errorf("failures: %v", l.Failures)
	}
	f, err := disk.Open("full.pcapng")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(readCapture(t, f)); n == 0 {
		t.Error("no packet was written whole")
	}
}

// TestFlashFiles: what a router exports lasts where its NVRAM does, else it is in memory.
func TestFlashFiles(t *testing.T) {
	for name, state := range map[string]storage.Storage{"a state": storage.NewFolder(t.TempDir()), "none": nil} {
		dir := t.TempDir()
		l := startLab(t, siteToSite(t), Options{Files: storage.NewFolder(dir), State: state})
		out := l.typed(t, "R1", "enable", "monitor capture buffer C", "monitor capture point ip process-switched C both",
			"monitor capture point associate C C", "monitor capture point start C", "ping 12.12.12.2", "monitor capture buffer C export flash:c.pcap")
		told := "(flash:c.pcap of this router goes with the lab: --state DIR would keep it.)"
		if state != nil {
			told = "is the file " + state.Path("R1.flash/c.pcap")
		}
		if !strings.Contains(out, told) {
			t.Errorf("%s: the place is not told: %s", name, out)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("%s: where orders have their files there are %v, %v", name, entries, err)
		}
		b, err := fs.ReadFile(l.state, "R1.flash/c.pcap")
		if err != nil {
			t.Fatal(err)
		}
		r, err := pcapgo.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for ; ; n++ {
			data, info, err := r.ReadPacketData()
			if err != nil {
				break
			}
			if p := gopacket.NewPacket(data, layers.LayerTypeIPv4, gopacket.Default); p.Layer(layers.LayerTypeICMPv4) == nil || info.Length != 100 {
				t.Errorf("packet %d: %v", n, p)
			}
		}
		if n < 8 {
			t.Errorf("%s: %d packets", name, n)
		}
	}
}
