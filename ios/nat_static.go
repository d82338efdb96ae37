package ios

import (
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// What may follow the addresses of a static: of any, of one of a host, and of one of
// several addresses or from outside.
const (
	staticTail = `
		{ extendable       "Extend this translation when used"
		| no-alias         "Do not create an alias for the global address"
		| no-payload       "No translation of embedded address/port in the payload"
		| redundancy       "NAT redundancy operation"
		  WORD:redundancy  "Redundancy group name"`
	insideTail = staticTail + `
		| route-map        "Specify route-map"
		  WORD:route-map   "Route-map name" }`
	networkTail = staticTail + ` }`
	outsideTail = staticTail + `
		| add-route        "Add a static route for outside local address" }`
)

// staticForms are the forms of statics of a kind: of hosts, of ports and of networks,
// where from and to are the two addresses as help names them.
func staticForms(from, to, tail, networks string) string {
	return `
		( A.B.C.D:from            "` + from + ` IP address"
		  A.B.C.D:to              "` + to + ` IP address"` + tail + `
		| ( tcp                   "Transmission Control Protocol"
		  | udp                   "User Datagram Protocol" )
		  A.B.C.D:from            "` + from + ` IP address"
		  <1-65535>:fromport      "Local UDP/TCP port"
		  A.B.C.D:to              "` + to + ` IP address"
		  <1-65535>:toport        "Global UDP/TCP port"` + tail + `
		| network                 "Subnet translation"
		  A.B.C.D:from            "` + from + ` network address"
		  A.B.C.D:to              "` + to + ` network address"
		  ( MASK:mask             "Network mask"
		  | SLASH:bits            "Prefix length" )` + networks + ` )`
}

// interfaceForms are the statics to the address of an interface.
const interfaceForms = `
		( A.B.C.D:from           "Inside local IP address"
		  interface              "Specify interface for global address"
		  INTERFACE:interface    "Interface"
		| ( tcp                  "Transmission Control Protocol"
		  | udp                  "User Datagram Protocol" )
		  A.B.C.D:from           "Inside local IP address"
		  <1-65535>:fromport     "Local UDP/TCP port"
		  interface              "Specify interface for global address"
		  INTERFACE:interface    "Interface"
		  <1-65535>:toport       "Global UDP/TCP port"
		| esp                    "IPsec ESP (Tunnel mode) support"
		  A.B.C.D:from           "Inside local IP address"
		  interface              "Specify interface for global address"
		  INTERFACE:interface    "Interface" )
		{ extendable             "Extend this translation when used"
		| no-alias               "Do not create an alias for the global address"
		| no-payload             "No translation of embedded address/port in the payload"
		| route-map              "Specify route-map"
		  WORD:route-map         "Route-map name" }`

var natStaticCommands = []cli.Command{
	natStatic(nat.InsideSource, "inside source", staticForms("Inside local", "Inside global", insideTail, networkTail),
		"ip nat inside source static 10.0.0.1 20.0.0.1", "ip nat inside source static 10.0.0.1 20.0.0.1 route-map SERVER",
		"ip nat inside source static tcp 10.0.0.1 80 20.0.0.1 8080 extendable",
		"ip nat inside source static udp 10.0.0.2 53 20.0.0.2 53 route-map DNS extendable no-alias no-payload",
		"ip nat inside source static network 10.0.0.0 20.0.0.0 /24 no-alias",
		"ip nat inside source static 10.0.0.1 20.0.0.1 redundancy HSRP"),
	natStatic(nat.InsideSource, "inside source", interfaceForms,
		"ip nat inside source static 10.0.0.2 interface FastEthernet0/0",
		"ip nat inside source static udp 10.0.0.2 500 interface FastEthernet0/0 500",
		"ip nat inside source static esp 10.0.0.2 interface FastEthernet0/0"),
	natStatic(nat.OutsideSource, "outside source", staticForms("Outside global", "Outside local", outsideTail, outsideTail),
		"ip nat outside source static 192.168.44.4 192.168.1.4 no-alias",
		"ip nat outside source static tcp 192.168.44.4 23 192.168.1.4 2323 add-route extendable",
		"ip nat outside source static network 10.1.1.0 10.200.200.0 /24"),
}

// natStatic is the row of statics of a kind and some forms.
func natStatic(kind nat.Kind, words, forms string, examples ...string) cli.Command {
	static := func(run func(*Router, *cli.Call, nat.Static) error) func(*cli.Call) error {
		return on(func(r *Router, c *cli.Call) error {
			s, err := typedStatic(c, kind)
			if err != nil {
				return err
			}
			return run(r, c, s)
		})
	}
	return cli.Command{
		Modes: []string{modeConfig}, Grammar: "ip nat " + words + ` static "Specify static local->global mapping"` + forms,
		Run: static(addStatic), Unset: static(removeStatic), Examples: examples,
	}
}

// typedStatic is the static of a line: an inside one has its local address first, an
// outside one its global address.
func typedStatic(c *cli.Call, kind nat.Kind) (nat.Static, error) {
	s := nat.Static{
		Kind: kind, Local: c.Addr("from"), Global: c.Addr("to"),
		LocalPort: uint16(c.Int("fromport")), GlobalPort: uint16(c.Int("toport")),
		Extendable: c.Has("extendable"), NoAlias: c.Has("no-alias"), NoPayload: c.Has("no-payload"),
		AddRoute: c.Has("add-route"), RouteMap: c.Str("route-map"), Redundancy: c.Str("redundancy"),
	}
	for _, name := range []string{"from", "to"} {
		if a := c.Addr(name); c.Has(name) && (a.IsUnspecified() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})) {
			return s, cli.InvalidAt(name)
		}
	}
	switch c.Which("tcp", "udp", "esp") {
	case "tcp":
		s.Protocol = packet.ProtoTCP
	case "udp":
		s.Protocol = packet.ProtoUDP
	case "esp":
		s.Protocol = packet.ProtoESP
	}
	if n, ok := c.Value("interface").(forwarding.Name); ok {
		s.Interface = n.String()
	}
	if kind == nat.OutsideSource {
		s.Local, s.Global, s.LocalPort, s.GlobalPort = s.Global, s.Local, s.GlobalPort, s.LocalPort
	}
	switch {
	case c.Has("mask"):
		s.Bits, _ = maskBits(c.Addr("mask"))
	case c.Has("bits"):
		s.Bits = c.Value("bits").(int)
	default:
		// IOS says so of each port with an address by itself.
		s.Extendable = s.Extendable || s.GlobalPort != 0 && s.Interface == ""
		return s, nil
	}
	for _, a := range []netip.Addr{s.Local, s.Global} {
		if p := netip.PrefixFrom(a, s.Bits); p != p.Masked() {
			return s, refusal("%Inconsistent address and mask")
		}
	}
	return s, nil
}

// staticLine is a static as the configuration has it.
func staticLine(s nat.Static) string {
	from, to, fromPort, toPort := s.Local, s.Global, s.LocalPort, s.GlobalPort
	if s.Kind == nat.OutsideSource {
		from, to, fromPort, toPort = to, from, toPort, fromPort
	}
	line := "ip nat " + natKinds[s.Kind] + " static"
	if s.Protocol != 0 {
		line += " " + map[uint8]string{packet.ProtoTCP: "tcp", packet.ProtoUDP: "udp", packet.ProtoESP: "esp"}[s.Protocol]
	}
	if s.Bits != 0 {
		line += " network"
	}
	line += staticEnd(from, fromPort)
	if s.Interface != "" {
		line += " interface " + s.Interface
		if toPort != 0 {
			line += fmt.Sprintf(" %d", toPort)
		}
	} else {
		line += staticEnd(to, toPort)
	}
	if s.Bits != 0 {
		line += fmt.Sprintf(" /%d", s.Bits)
	}
	if s.RouteMap != "" {
		line += " route-map " + s.RouteMap
	}
	if s.Redundancy != "" {
		line += " redundancy " + s.Redundancy
	}
	for _, o := range []struct {
		set  bool
		word string
	}{{s.AddRoute, "add-route"}, {s.Extendable, "extendable"}, {s.NoAlias, "no-alias"}, {s.NoPayload, "no-payload"}} {
		if o.set {
			line += " " + o.word
		}
	}
	return line
}

// staticEnd is an address of a static with its port.
func staticEnd(a netip.Addr, port uint16) string {
	if port == 0 {
		return fmt.Sprintf(" %v", a)
	}
	return fmt.Sprintf(" %v %d", a, port)
}

func addStatic(r *Router, _ *cli.Call, s nat.Static) error {
	r.startNAT()
	if err := r.nat.AddStatic(s); err != nil {
		return r.release.nat.unchanged(err)
	}
	return nil
}

func removeStatic(r *Router, c *cli.Call, s nat.Static) error {
	if r.nat.StaticInUse(s) {
		if agreed, err := r.release.nat.staticInUse.agrees(c); !agreed {
			return err
		}
	}
	if !r.nat.RemoveStatic(s) {
		return refusal(r.release.nat.noStatic)
	}
	return nil
}
