package telnet

import (
	"net"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/console"
)

func TestBadAddresses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct{ address, want string }{
		{"5000", "want ADDR:PORT"},
		{"127.0.0.1", "want ADDR:PORT"},
		{"127.0.0.1:", "want ADDR:PORT"},
		{"127.0.0.1:telnet", "want ADDR:PORT"},
		{"127.0.0.1:65536", "want ADDR:PORT"},
		{"127.0.0.1:-1", "want ADDR:PORT"},
		{"::1:5000", "want ADDR:PORT"},
		{"127.0.0.1:65535", "want port 65534 or lower"},
		{"192.0.2.1:5000", "not an address of this host"},
		{taken.Addr().String(), "is taken by another program"},
	} {
		s, err := Listen(c.address, []*console.Line{console.New("R1", nil), console.New("R2", nil)})
		if err == nil {
			s.Close()
			t.Errorf("%s was taken", c.address)
		} else if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want %q in it", c.address, err, c.want)
		}
	}
}

// TestTakenPortReleasesOthers: where one port is taken none is kept.
func TestTakenPortReleasesOthers(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	before := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port - 1}
	free, err := net.ListenTCP("tcp", before)
	if err != nil {
		t.Skip("the port before is taken, too")
	}
	free.Close()
	if _, err := Listen(before.String(), []*console.Line{console.New("R1", nil), console.New("R2", nil)}); err == nil || !strings.Contains(err.Error(), "R2") {
		t.Errorf("error %v, want one about R2", err)
	}
	if again, err := net.ListenTCP("tcp", before); err != nil {
		t.Errorf("R1's port is kept: %v", err)
	} else {
		again.Close()
	}
}
