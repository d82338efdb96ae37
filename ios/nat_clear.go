package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// The ends of a translation that is to be cleared, without and with ports.
const (
	natInsideEnds = `
			inside               "Inside addresses (and ports)"
			A.B.C.D:insideglobal "Global IP address"
			A.B.C.D:insidelocal  "Local IP address"`
	natOutsideEnds = `
			outside               "Outside addresses (and ports)"
			A.B.C.D:outsidelocal  "Local IP address"
			A.B.C.D:outsideglobal "Global IP address"`
	natInsidePorts = `
			inside                        "Inside addresses (and ports)"
			A.B.C.D:insideglobal          "Global IP address"
			<1-65535>:insideglobalport    "Global port"
			A.B.C.D:insidelocal           "Local IP address"
			<1-65535>:insidelocalport     "Local port"`
	natOutsidePorts = `
			outside                       "Outside addresses (and ports)"
			A.B.C.D:outsidelocal          "Local IP address"
			<1-65535>:outsidelocalport    "Local port"
			A.B.C.D:outsideglobal         "Global IP address"
			<1-65535>:outsideglobalport   "Global port"`
	natForced = `[ forced "Delete even if in use" ]`
)

var clearNATCommands = []cli.Command{
	privileged(`clear ip nat
		translation  "Clear dynamic translation"
		( *          "Delete all dynamic translations" `+natForced+`
		| forced     "Delete all dynamic translations, even those in use"
		| esp        "ESP translations"
		| `+natInsideEnds+` [ `+natOutsideEnds+` ] `+natForced+`
		| `+natOutsideEnds+natForced+`
		| ( tcp      "Transmission Control Protocol"
		  | udp      "User Datagram Protocol" )
		  `+natInsidePorts+` [ `+natOutsidePorts+` ] `+natForced+` )`, clearTranslations),
	privileged(`clear ip nat statistics "Clear translation statistics"`,
		func(r *Router, _ *cli.Call) error { r.nat.ClearStatistics(); return nil }),
}

func clearTranslations(r *Router, c *cli.Call) error {
	end := func(name string) nat.Endpoint {
		return nat.Endpoint{Addr: c.Addr(name), ID: uint32(c.Int(name + "port"))}
	}
	s := nat.Selector{
		ESP: c.Has("esp"), InsideGlobal: end("insideglobal"), InsideLocal: end("insidelocal"),
		OutsideLocal: end("outsidelocal"), OutsideGlobal: end("outsideglobal"),
	}
	switch {
	case c.Has("tcp"):
		s.Protocol = packet.ProtoTCP
	case c.Has("udp"):
		s.Protocol = packet.ProtoUDP
	case !s.ESP && !c.Has("inside") && !c.Has("outside"):
		s.All = true
	}
	switch r.nat.Clear(s) {
	case nat.NotFound:
		return refusal(r.release.nat.noEntry)
	case nat.NotDynamic:
		return refusal(r.release.nat.staticEntry)
	}
	return nil
}
