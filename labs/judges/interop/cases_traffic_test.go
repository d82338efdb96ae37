//go:build linux

package interop

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// tunMTU is the MTU of kernel-libipsec's device. It truncates longer packets.
const tunMTU = 1400

// transferSize is 100 MB.
const transferSize = 100_000_000

// tcp sends 100 MB from one side to the other.
func tcp(t *testing.T, lead side) {
	s := newSite(t, usual.gateway(), usual.peer())
	s.up(t, lead)
	s.transfer(t, lead, transferSize)
}

// everySize pings with every size that fits the tunnel.
func everySize(t *testing.T, lead side) {
	s := newSite(t, usual.gateway(), usual.peer())
	s.up(t, lead)
	from, to, space := leftHost, rightInside, s.space
	if lead == strongSwan {
		from, to, space = to, from, s.right
	}
	echo(t, space, from, to, sizes(0, tunMTU-ipHeader-icmpHeader))
}

const (
	ipHeader   = 20
	icmpHeader = 8
)

func sizes(from, to int) []int {
	var list []int
	for n := from; n <= to; n++ {
		list = append(list, n)
	}
	return list
}

// transfer sends so many bytes over TCP from the lead's side, and compares what
// arrives by its hash.
func (s *site) transfer(t testing.TB, from side, size int64) {
	t.Helper()
	source, sink, address := s.space, s.right, rightInside
	if from == strongSwan {
		source, sink, address = s.right, s.space, leftHost
	}
	transfer(t, source, sink, address, size)
}

func transfer(t testing.TB, source, sink *netlab.Namespace, address string, size int64) {
	t.Helper()
	var listener net.Listener
	if err := sink.Inside(func() (err error) {
		listener, err = net.Listen("tcp4", address+":0")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var c net.Conn
	if err := source.Inside(func() (err error) {
		c, err = net.DialTimeout("tcp4", listener.Addr().String(), patience)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sum := sha256.New()
	sent := make(chan error, 1)
	go func() {
		c.SetDeadline(time.Now().Add(8 * patience))
		_, err := io.Copy(io.MultiWriter(c, sum), io.LimitReader(rand.NewChaCha8([32]byte{7}), size))
		c.Close()
		sent <- err
	}()
	in, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	in.SetDeadline(time.Now().Add(8 * patience))
	got := sha256.New()
	n, err := io.Copy(got, in)
	if err != nil || n != size {
		t.Fatalf("%d bytes of %d arrived: %v", n, size, err)
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Sum(nil), sum.Sum(nil)) {
		t.Fatal("other bytes arrived than were sent")
	}
}

// echo sends an ICMP echo of each size, which must come back as it is.
func echo(t testing.TB, space *netlab.Namespace, from, to string, sizes []int) {
	t.Helper()
	var c *net.IPConn
	if err := space.Inside(func() (err error) {
		c, err = net.ListenIP("ip4:icmp", &net.IPAddr{IP: net.ParseIP(from)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	noDF(t, c)
	rnd := rand.New(rand.NewPCG(3, 4))
	buffer := make([]byte, 1<<16)
	for sequence, n := range sizes {
		request := make([]byte, icmpHeader+n)
		request[0] = 8 // echo
		binary.BigEndian.PutUint16(request[4:], 0x1057)
		binary.BigEndian.PutUint16(request[6:], uint16(sequence))
		copy(request[icmpHeader:], randomBytes(rnd, n))
		binary.BigEndian.PutUint16(request[2:], ^onesSum(request))
		if _, err := c.WriteTo(request, &net.IPAddr{IP: net.ParseIP(to)}); err != nil {
			t.Fatalf("echo of %d: %v", n, err)
		}
		c.SetReadDeadline(time.Now().Add(2 * time.Second))
		for {
			m, _, err := c.ReadFrom(buffer)
			if err != nil {
				t.Fatalf("echo of %d: %v", n, err)
			}
			reply := buffer[:m]
			if len(reply) < icmpHeader || reply[0] != 0 || !bytes.Equal(reply[4:icmpHeader], request[4:icmpHeader]) {
				continue // a request, or somebody else's
			}
			if !bytes.Equal(reply[icmpHeader:], request[icmpHeader:]) {
				t.Fatalf("echo of %d came back as %d other bytes", n, len(reply)-icmpHeader)
			}
			break
		}
	}
}

// noDF has the gateways fragment.
func noDF(t testing.TB, c *net.IPConn) {
	t.Helper()
	raw, err := c.SyscallConn()
	if err == nil {
		err = errors.Join(raw.Control(func(fd uintptr) {
			err = unix.SetsockoptInt(int(fd), unix.IPPROTO_IP, unix.IP_MTU_DISCOVER, unix.IP_PMTUDISC_DONT)
		}), err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// onesSum is the Internet checksum's sum.
func onesSum(b []byte) uint16 {
	var sum uint32
	for i, v := range b {
		sum += uint32(v) << (8 * (1 - i&1))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return uint16(sum)
}
