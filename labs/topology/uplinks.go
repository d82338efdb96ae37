package topology

import (
	"fmt"

	"github.com/ioslab/ioslab/labs/wire"
)

// hostNode is what containerlab calls the host itself among the endpoints.
const hostNode = "host"

// toHost understands a link to the host, which comes in three forms: an endpoint
// host:NAME, the type host with its host-interface, or a wire with one endpoint. What
// containerlab would make a veth pair of is a TAP device here, unless a wire says
// otherwise.
func (r *reader) toHost(raw *rawLink, l *Link) error {
	if raw.kind == "host" {
		if len(raw.endpoints) != 1 || raw.host == "" {
			return r.wrong(raw.line, "the link of type host is not complete").Want("endpoint and host-interface")
		}
		raw.endpoints = append(raw.endpoints, rawEndpoint{raw.line, hostNode, raw.host})
	} else if raw.host != "" {
		return r.wrong(raw.line, "the link has a host-interface and is not of type host").Want("type: host")
	}
	if raw.wire != nil && len(raw.endpoints) == 1 && raw.endpoints[0].node != hostNode {
		raw.endpoints = append(raw.endpoints, rawEndpoint{raw.wireLine, hostNode, wireEnd(raw.wire)})
	}
	if len(raw.endpoints) != 2 {
		return nil // links says so
	}
	if raw.endpoints[0].node == hostNode {
		raw.endpoints[0], raw.endpoints[1] = raw.endpoints[1], raw.endpoints[0]
	}
	end := raw.endpoints[1]
	switch {
	case raw.endpoints[0].node == hostNode:
		return r.wrong(raw.line, "both ends of the link are on the host").Want("a node of the lab at one")
	case end.node != hostNode && raw.wire != nil:
		return r.wrong(raw.wireLine, "the link joins two nodes and has a wire to the host besides").Want(`one endpoint, or "host:NAME" as the other`)
	case end.node != hostNode:
		return nil
	case raw.wire == nil:
		if err := wire.CheckDeviceName(end.port); err != nil {
			return r.wrong(end.line, "host:%s: %v", end.port, err)
		}
		l.Wire = &wire.Spec{Kind: wire.TAP, Device: end.port}
	case end.port != wireEnd(raw.wire):
		want := fmt.Sprintf("endpoints with %s:%s alone", raw.endpoints[0].node, raw.endpoints[0].port)
		if raw.wire.Kind != wire.UDP {
			want = "host:" + raw.wire.Device
		}
		return r.wrong(end.line, "host:%s is not where the wire %v ends", end.port, raw.wire).Want("%s", want)
	}
	return nil
}

// wireEnd is the name of a wire's end on the host.
func wireEnd(s *wire.Spec) string {
	if s.Kind == wire.UDP {
		return s.String()
	}
	return s.Device
}

// misfit reports whether a link is a serial line whose wire carries Ethernet.
func (f *File) misfit(l *Link) bool {
	return f.Serial(l) && (l.Wire.Kind == wire.TAP || l.Wire.Kind == wire.Eth)
}

// serialTakes is what would be right then.
const serialTakes = "an Ethernet interface, or tun: or udp:"

// wireFits checks that a node can have such a wire.
func (r *reader) wireFits(l *Link) error {
	end, k := l.Ends[0], l.Wire.Kind
	switch {
	case r.file.misfit(l):
		return r.wrong(l.Line, "%v is serial, and %v carries Ethernet", end, l.Wire).Want("%s", serialTakes)
	case r.file.Node(end.Node).Kind == Bridge && k == wire.TUN:
		return r.wrong(l.Line, "%s is a switch, and %v carries no Ethernet", end.Node, l.Wire).Want("tap:%s", l.Wire.Device)
	}
	return nil
}
