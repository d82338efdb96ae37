package telnet

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// parseAddress splits ADDR:PORT and sees that n ports from there on exist. Port 0
// stands for any free ones.
func parseAddress(address string, n int) (host string, port int, err error) {
	const want = "want ADDR:PORT, such as 127.0.0.1:5000"
	host, digits, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("%q is not an address for telnet: %s", address, want)
	}
	number, err := strconv.ParseUint(digits, 10, 16)
	if err != nil {
		return "", 0, fmt.Errorf("%q is not a port for telnet: %s", digits, want)
	}
	port = int(number)
	if last := port + n - 1; last > 65535 {
		return "", 0, fmt.Errorf("%d consoles from port %d on do not fit: want port %d or lower", n, port, 65536-n)
	}
	return host, port, nil
}

// cannotListen says what is wrong with a port, and what to do.
func cannotListen(console, address string, err error) error {
	var bad *net.AddrError
	var unknown *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("telnet to %s: %s is taken by another program: want another port", console, address)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("telnet to %s: only root may take %s: want a port from 1024 on", console, address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		hint := ": want one that `ip address` shows"
		if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().IsLoopback() {
			hint = ": is the loopback up? want `ip link set lo up`"
		}
		return fmt.Errorf("telnet to %s: %s is not an address of this host%s", console, address, hint)
	case errors.As(err, &unknown), errors.As(err, &bad):
		return fmt.Errorf("telnet to %s: there is no host of the name in %s", console, address)
	}
	return fmt.Errorf("telnet to %s: %w", console, err)
}
