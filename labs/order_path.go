package labs

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/topology"
)

var pathRow = orderRow{
	name:  "path",
	form:  "R1 FROM TO [icmp|tcp PORT|udp PORT] [size=N] [df] [in=FastEthernet0/0] [lang=zh] [json] [for-real]",
	help:  "show what each stage would do with a packet and its answer; changes nothing without for-real",
	waits: true,
	parse: parsePath,
}

// showPath is the order to show the way of a packet.
type showPath struct {
	node     string
	src, dst netip.Addr
	protocol uint8
	port     uint16
	size     int // of the packet; 0: not given
	df       bool
	in       string // the interface that it comes in on; "" for where its source is
	words    *pathWords
	json     bool
	forReal  bool
}

const (
	pathSize = 100   // of an echo, as of IOS's ping
	pathPort = 50000 // that the packet comes from
	pathWait = 5 * time.Second
	maxPath  = 18024 // the longest packet that IOS's ping sends
)

func parsePath(p *orderParser) (action, error) {
	o := showPath{protocol: packet.ProtoICMP, words: &englishPath}
	var err error
	if o.node, err = p.node(topology.Router, topology.Host); err != nil {
		return nil, err
	}
	for _, a := range []*netip.Addr{&o.src, &o.dst} {
		w := p.word()
		if *a, err = netip.ParseAddr(w); err != nil || !a.Is4() {
			return nil, p.wrong("does not know the address %q", w)
		}
	}
	for w := p.word(); w != ""; w = p.word() {
		if !o.option(p, w) {
			return nil, p.wrong("does not know %q", w)
		}
	}
	if least := o.least(); o.size != 0 && (o.size < least || o.size > maxPath) {
		return nil, p.wrong("size %d: such a packet has %d to %d bytes", o.size, least, maxPath)
	}
	return o, nil
}

// option reads an option, and reports whether there is such a one.
func (o *showPath) option(p *orderParser, w string) bool {
	name, value, _ := strings.Cut(w, "=")
	switch {
	case w == "icmp":
		o.protocol = packet.ProtoICMP
	case w == "tcp" || w == "udp":
		o.protocol = map[string]uint8{"tcp": packet.ProtoTCP, "udp": packet.ProtoUDP}[w]
		port, err := strconv.ParseUint(p.word(), 10, 16)
		o.port = uint16(port)
		return err == nil && port > 0
	case w == "size" || name == "size" && value != "":
		if value == "" {
			value = p.word()
		}
		var err error
		o.size, err = strconv.Atoi(value)
		return err == nil && o.size > 0
	case w == "df":
		o.df = true
	case name == "in" && value != "":
		o.in = value
		if full, err := topology.InterfaceName(value); err == nil && p.lab.Node(o.node).Kind == topology.Router {
			o.in = full
		}
	case name == "lang":
		o.words = pathLanguages[value]
		return o.words != nil
	case w == "json":
		o.json = true
	case w == "for-real":
		o.forReal = true
	default:
		return false
	}
	return true
}

// least is the length of the packet without any data.
func (o showPath) least() int {
	switch o.protocol {
	case packet.ProtoTCP:
		return packet.MinIPv4Header + packet.MinTCPHeader
	}
	return packet.MinIPv4Header + packet.ICMPHeader // and that of UDP
}

// probe makes the packet.
func (o showPath) probe() packet.IPv4 {
	size := o.size
	if size == 0 {
		size = o.least()
		if o.protocol == packet.ProtoICMP {
			size = pathSize
		}
	}
	data := make([]byte, size-o.least())
	var body []byte
	switch o.protocol {
	case packet.ProtoICMP:
		body = packet.BuildICMP(packet.ICMPEcho, 0, 1<<16|1, data)
	case packet.ProtoTCP:
		body = packet.BuildTCP(o.src, o.dst, packet.TCPFields{SrcPort: pathPort, DstPort: o.port, Flags: packet.TCPSyn, Window: 4128}, data)
	case packet.ProtoUDP:
		body = packet.BuildUDP(netip.AddrPortFrom(o.src, pathPort), netip.AddrPortFrom(o.dst, o.port), data)
	}
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 255, ID: 1, DF: o.df, Protocol: o.protocol, Src: o.src, Dst: o.dst}, body)
}

func (o showPath) do(i *issue) (Pause, error) {
	n := i.lab.Node(o.node)
	if n.device.stack() == nil {
		return Pause{}, fmt.Errorf("%s is switched off", o.node)
	}
	first := leg{node: n, packet: o.probe()}
	var err error
	if first.in, err = o.entrance(i.lab, n); err != nil {
		return Pause{}, err
	}
	report, end := o.reporter(i)
	if o.forReal {
		i.lab.trace(first, pathWait, report, end)
		return Pause{Time: pathWait}, nil
	}
	ended := i.lab.follow(first, report)
	end(ended)
	return Pause{}, nil
}

// entrance is the interface that the packet comes in on, nil where the node makes it.
func (o showPath) entrance(l *Lab, n *Node) (*forwarding.Interface, error) {
	if o.in != "" {
		at := slices.IndexFunc(n.device.stack().Interfaces(), func(i *forwarding.Interface) bool { return l.nameOf(n, i) == o.in })
		if at < 0 {
			return nil, fmt.Errorf("%s has no interface %s", n.Name, o.in)
		}
		return n.device.stack().Interfaces()[at], nil
	}
	in, ok := n.entrance(o.src)
	if !ok {
		return nil, fmt.Errorf("%s has no route to %v, so that it is not known where its packet comes in: want in=INTERFACE", n.Name, o.src)
	}
	return in, nil
}

// reporter returns what takes the steps of the order, and what is called at their end.
func (o showPath) reporter(i *issue) (report func(pathStep), end func(ended bool)) {
	if o.json {
		var steps []jsonStep
		report = func(s pathStep) {
			if s.Reason != forwarding.NoReason {
				steps = append(steps, s.json(i.lab, !o.forReal))
			}
		}
		return report, func(bool) { i.print(jsonText(steps)) }
	}
	t := &pathText{lab: i.lab, words: o.words, print: i.print, asked: !o.forReal}
	return t.step, t.end
}
