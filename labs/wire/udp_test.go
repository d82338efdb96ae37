package wire

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// pair opens both ends of a UDP wire.
func pair(t *testing.T) (a, b Device) {
	t.Helper()
	p := netlab.FreePorts(t, 2)
	a = open(t, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[0], p[1]))
	b = open(t, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[1], p[0]))
	return a, b
}

func open(t *testing.T, text string) Device {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// buffers are n of them, of that size behind the headroom.
func buffers(n, size int) [][]byte {
	list := make([][]byte, n)
	for i := range list {
		list[i] = make([]byte, Headroom+size)
	}
	return list
}

func TestUDPCarriesFrames(t *testing.T) {
	a, b := pair(t)
	const count = 150 // more than a batch
	sent := buffers(count, 0)
	for i := range sent {
		sent[i] = append(sent[i], bytes.Repeat([]byte{byte(i)}, 60+i)...)
	}
	if n, err := a.Write(sent, Headroom); n != count || err != nil {
		t.Fatalf("wrote %d, %v", n, err)
	}
	got := 0
	in, sizes := buffers(16, 2000), make([]int, 16)
	for got < count {
		n, err := b.Read(in, sizes, Headroom)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if want := sent[got][Headroom:]; !bytes.Equal(in[i][Headroom:Headroom+sizes[i]], want) {
				t.Fatalf("frame %d came out as %x", got, in[i][Headroom:Headroom+sizes[i]])
			}
			got++
		}
	}
}

// TestUDPNobodyThere: the other end may come later; until then frames are lost.
func TestUDPNobodyThere(t *testing.T) {
	p := netlab.FreePorts(t, 2)
	a := open(t, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[0], p[1]))
	frame := buffers(1, 60)
	for range 5 {
		if _, err := a.Write(frame, Headroom); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, fmt.Sprintf("udp:%d:127.0.0.1:%d", p[1], p[0]))
	b.Write(frame, Headroom)
	in, sizes := buffers(1, 100), make([]int, 1)
	if n, err := a.Read(in, sizes, Headroom); n != 1 || sizes[0] != 60 || err != nil {
		t.Errorf("read %d frames, %v", n, err)
	}
}

func TestUDPFrameTooLong(t *testing.T) {
	a, b := pair(t)
	a.Write(buffers(1, 300), Headroom)
	a.Write(buffers(1, 100), Headroom)
	in, sizes := buffers(1, 200), make([]int, 1)
	n, err := b.Read(in, sizes, Headroom)
	if n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if sizes[0] == 100 && b.Dropped() != 1 {
		t.Errorf("%d dropped", b.Dropped())
	}
}

func TestCloseEndsRead(t *testing.T) {
	a, _ := pair(t)
	ended := make(chan error)
	go func() {
		_, err := a.Read(buffers(1, 100), make([]int, 1), Headroom)
		ended <- err
	}()
	a.Close()
	if err := <-ended; !errors.Is(err, os.ErrClosed) {
		t.Errorf("the Read under way ended by %v", err)
	}
	if _, err := a.Write(buffers(1, 100), Headroom); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a Write afterwards: %v", err)
	}
}

func TestUDPRefusals(t *testing.T) {
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, w := range []struct{ text, want string }{
		{fmt.Sprintf("udp:%d:127.0.0.1:9", c.LocalAddr().(*net.UDPAddr).Port), "is in use"},
		{"udp:40000:no host at all.invalid:9", ""},
	} {
		s, err := Parse(w.text)
		if err == nil {
			_, err = Open(s)
		}
		if err == nil || !strings.Contains(err.Error(), w.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", w.text, err)
		}
	}
}
