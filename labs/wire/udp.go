package wire

import (
	"fmt"
	"net"
	"strconv"
)

// dialUDP opens the socket of a UDP wire. It is connected: what does not come
// from the other end is not for us.
func dialUDP(s Spec) (*net.UDPConn, error) {
	peer, err := net.ResolveUDPAddr("udp", net.JoinHostPort(s.Host, strconv.Itoa(int(s.RemotePort))))
	if err != nil {
		return nil, fmt.Errorf("wire %v: there is no host %s: want an address, or a name that resolves", s, s.Host)
	}
	c, err := net.DialUDP("udp", &net.UDPAddr{Port: int(s.LocalPort)}, peer)
	if err != nil {
		if portTaken(err) {
			return nil, fmt.Errorf("wire %v: UDP port %d is in use: want another one", s, s.LocalPort)
		}
		return nil, refused(s, "open the UDP socket", err)
	}
	// Where the system allows less it says so by taking what it allows.
	c.SetReadBuffer(socketBuffer)
	c.SetWriteBuffer(socketBuffer)
	return c, nil
}

// socketBuffer is what may wait in the kernel, in bytes.
const socketBuffer = 4 << 20
