package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// A ping or a traceroute may come from an address of the router, or from that of
// one of its interfaces.
const sourceGrammar = `source       "Source of the packets"
			  ( A.B.C.D:sourceaddress      "Source address"
			  | INTERFACE:sourceinterface  "Interface" )`

// The refusals of a source.
const (
	errSourceAddress   = refusal("% Invalid source address- IP address not on any of our up interfaces")
	errSourceInterface = refusal("% Invalid source interface - IP not enabled or interface is down")
	errSourceAnswer    = refusal("% Invalid source. Must use IP address or full interface name without spaces (e.g. Serial0/1)")
)

// typedSource is what follows `source`; not valid where that was not typed.
func (r *Router) typedSource(c *cli.Call) (netip.Addr, error) {
	switch {
	case c.Has("sourceaddress"):
		return r.upAddress(c.Addr("sourceaddress"))
	case c.Has("sourceinterface"):
		return addressOf(r.namedInterface(c, "sourceinterface"))
	}
	return netip.Addr{}, nil
}

// answeredSource reads the source that was given to the extended command.
func (r *Router) answeredSource(answer string) (netip.Addr, error) {
	if a, err := netip.ParseAddr(answer); err == nil && a.Is4() {
		return r.upAddress(a)
	}
	n, err := forwarding.ParseName(answer)
	if err != nil || r.stack.Interface(n) == nil {
		return netip.Addr{}, errSourceAnswer
	}
	return addressOf(r.stack.Interface(n))
}

func (r *Router) upAddress(a netip.Addr) (netip.Addr, error) {
	if r.stack.Table().Local(a) == nil {
		return netip.Addr{}, errSourceAddress
	}
	return a, nil
}

func addressOf(i *forwarding.Interface) (netip.Addr, error) {
	if i == nil || !i.ProtocolUp() || !i.Address().IsValid() {
		return netip.Addr{}, errSourceInterface
	}
	return i.Address().Addr(), nil
}
