package host

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// firstUDPPort is where the ports begin that nc -u sends from.
const firstUDPPort = 40000

// ncUDP sends each line that is typed in a datagram and prints what comes. Without a
// peer it waits for one, which is whoever sends first.
func (h *Host) ncUDP(c *cli.Call, port uint16, peer netip.AddrPort, wait time.Duration, verbose bool) error {
	if port == 0 {
		port = firstUDPPort + h.datagrams%(1<<14)
		h.datagrams++
	}
	if peer.IsValid() {
		if _, ok := h.stack.SourceFor(peer.Addr()); !ok {
			return fmt.Errorf("nc: connect to %v port %d (udp) failed: %w", peer.Addr(), peer.Port(), errNetUnreachable)
		}
	} else if verbose {
		c.Printf("Bound on 0.0.0.0 %d\n", port)
	}
	local := netip.AddrPortFrom(netip.IPv4Unspecified(), port)
	var in []byte
	var wake func()
	h.stack.Listen(port, func(d forwarding.Datagram) {
		if !peer.IsValid() {
			peer, local = d.Remote, d.Local
			if verbose {
				in = fmt.Appendf(in, "Connection received on %v %d\n", peer.Addr(), peer.Port())
			}
		}
		if d.Remote != peer || len(in)+len(d.Payload) > maxUnread {
			return
		}
		if in = append(in, d.Payload...); wake != nil {
			wake()
		}
	})
	defer h.stack.Listen(port, nil)
	for {
		c.Print(shown(in))
		in = nil
		line, typed, idle, err := h.ncWait(c, wait, func(resume func()) func() {
			wake = func() { wake = nil; resume() }
			return func() { wake = nil }
		})
		switch {
		case errors.Is(err, io.EOF): // there is nothing to tell a peer of
		case err != nil || idle:
			return nil
		case typed && peer.IsValid():
			h.stack.SendUDP(local, peer, []byte(line+"\n"))
		}
	}
}
