//go:build linux

package interop

import (
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// A tap is a packet socket on an interface: it sees what passes there in either
// direction, and can send frames.
type tap struct {
	fd    int
	index int
}

func newTap(t testing.TB, ns *netlab.Namespace, name string) *tap {
	t.Helper()
	p := &tap{}
	if err := ns.Inside(func() error {
		ifc, err := net.InterfaceByName(name)
		if err != nil {
			return err
		}
		all := uint16(unix.ETH_P_ALL)<<8 | unix.ETH_P_ALL>>8 // in the order of the net
		p.index = ifc.Index
		if p.fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, int(all)); err != nil {
			return err
		}
		return unix.Bind(p.fd, &unix.SockaddrLinklayer{Protocol: all, Ifindex: ifc.Index})
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(p.fd) })
	// What the test does not look at for a while must not be lost.
	if err := unix.SetsockoptInt(p.fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 64<<20); err != nil {
		t.Fatal(err)
	}
	return p
}

// frames are those that carry ESP, up to when none has come for that long.
func (p *tap) frames(t testing.TB, quiet time.Duration) [][]byte {
	t.Helper()
	wait := unix.NsecToTimeval(quiet.Nanoseconds())
	if err := unix.SetsockoptTimeval(p.fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &wait); err != nil {
		t.Fatal(err)
	}
	var list [][]byte
	buffer := make([]byte, 1<<16)
	for {
		n, _, err := unix.Recvfrom(p.fd, buffer, 0)
		switch {
		case err == unix.EAGAIN:
			return list
		case err == unix.EINTR:
			continue
		case err != nil:
			t.Fatal(err)
		}
		ip := packet.IPv4(buffer[etherHeader:max(n, etherHeader)])
		if ip.Valid() && ip.Protocol() == packet.ProtoESP {
			list = append(list, append([]byte(nil), buffer[:n]...))
		}
	}
}

const etherHeader = 14

func (p *tap) send(t testing.TB, frame []byte) {
	t.Helper()
	if err := unix.Sendto(p.fd, frame, 0, &unix.SockaddrLinklayer{Ifindex: p.index}); err != nil {
		t.Fatal(err)
	}
}
