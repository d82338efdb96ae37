package wire

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Kind is a way to the host.
type Kind uint8

// The ways to the host.
const (
	TUN Kind = iota // IP packets to and from the host's stack
	TAP             // Ethernet frames to and from the host's stack
	Eth             // the frames of an interface of the host
	UDP             // one frame a datagram
)

var kinds = [...]string{TUN: "tun", TAP: "tap", Eth: "eth", UDP: "udp"}

// String is the word before the colon.
func (k Kind) String() string { return kinds[k] }

// A Spec says what a wire is.
type Spec struct {
	Kind      Kind
	Device    string         // the host's name for it; not of UDP
	Addresses []netip.Prefix // that the host's side gets, of TUN and TAP

	LocalPort  uint16 // of UDP, as the next two
	Host       string
	RemotePort uint16
}

// forms says what would have been right.
const forms = "tun:NAME[,ADDRESS/LENGTH], tap:NAME[,ADDRESS/LENGTH], eth:NAME or udp:PORT:HOST:PORT"

// Parse reads a wire as it is written: tun:ios0,198.51.100.2/24 or
// udp:10000:127.0.0.1:10001.
func Parse(text string) (Spec, error) {
	word, rest, ok := strings.Cut(text, ":")
	if ok {
		for k, name := range kinds {
			if name != word {
				continue
			}
			s := Spec{Kind: Kind(k)}
			if err := s.parse(rest); err != nil {
				return Spec{}, fmt.Errorf("wire %q: %w", text, err)
			}
			return s, nil
		}
	}
	return Spec{}, fmt.Errorf("there is no wire %q: want %s", text, forms)
}

// parse reads what follows the colon.
func (s *Spec) parse(rest string) error {
	if s.Kind == UDP {
		return s.parseUDP(rest)
	}
	name, addresses, more := strings.Cut(rest, ",")
	if err := CheckDeviceName(name); err != nil {
		return err
	}
	s.Device = name
	if !more {
		return nil
	}
	if s.Kind == Eth {
		return fmt.Errorf("the addresses of %s are the host's business: want eth:%s", name, name)
	}
	for _, a := range strings.Split(addresses, ",") {
		p, err := parseAddress(a)
		if err != nil {
			return err
		}
		s.Addresses = append(s.Addresses, p)
	}
	return nil
}

func parseAddress(text string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !p.Addr().Is4():
		return p, fmt.Errorf("%q is not an address with the length of its prefix: want one such as 198.51.100.2/24", text)
	case p.Bits() < 31 && p.Addr() == p.Masked().Addr():
		return p, fmt.Errorf("%v is the network itself: want an address in it, such as %v/%d", p, p.Addr().Next(), p.Bits())
	case p.Addr().IsUnspecified() || p.Addr().IsMulticast() || p.Addr().IsLoopback():
		return p, fmt.Errorf("%v cannot be an interface's address: want one such as 198.51.100.2/24", p.Addr())
	}
	return p, nil
}

// parseUDP reads LPORT:HOST:RPORT; an IPv6 address stands in brackets.
func (s *Spec) parseUDP(rest string) error {
	local, peer, ok := strings.Cut(rest, ":")
	if !ok {
		return fmt.Errorf("it is not complete: want udp:PORT:HOST:PORT, such as udp:10000:127.0.0.1:10001")
	}
	host, remote, err := net.SplitHostPort(peer)
	if err != nil || host == "" || strings.ContainsAny(host, "/ \t,") {
		return fmt.Errorf("%q is not a host and a port: want one such as 127.0.0.1:10001", peer)
	}
	if s.LocalPort, err = parsePort(local); err != nil {
		return err
	}
	if s.RemotePort, err = parsePort(remote); err != nil {
		return err
	}
	s.Host = host
	return nil
}

func parsePort(text string) (uint16, error) {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("%q is no UDP port: want a number from 1 to 65535", text)
	}
	return uint16(n), nil
}

// maxDeviceName is the length of an interface name in Linux (IFNAMSIZ) without its end.
const maxDeviceName = 15

// CheckDeviceName refuses what can be no interface's name on the host.
func CheckDeviceName(name string) error {
	switch {
	case name == "":
		return fmt.Errorf("the device has no name: want one such as ios0")
	case len(name) > maxDeviceName:
		return fmt.Errorf("the name %q has %d characters: want at most %d", name, len(name), maxDeviceName)
	case name == "." || name == "..":
		return fmt.Errorf("%q cannot be a device's name: want one such as ios0", name)
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f || strings.ContainsRune("/:%", c) {
			return fmt.Errorf("%q cannot be a device's name: want letters and digits, such as ios0", name)
		}
	}
	return nil
}

// String writes the wire as Parse reads it.
func (s Spec) String() string {
	if s.Kind == UDP {
		return fmt.Sprintf("udp:%d:%s", s.LocalPort, net.JoinHostPort(s.Host, strconv.Itoa(int(s.RemotePort))))
	}
	text := s.Kind.String() + ":" + s.Device
	for _, a := range s.Addresses {
		text += "," + a.String()
	}
	return text
}
