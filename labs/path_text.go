package labs

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// pathText prints the steps of a path as lines.
type pathText struct {
	lab   *Lab
	words *pathWords
	print func(text string)
	asked bool // nothing has really happened

	number uint64 // of the last packet
}

// stageWidth is the width of the column of stages, on the screen.
const stageWidth = 27

func (p *pathText) step(s pathStep) {
	switch {
	case s.Begins() && s.In != nil:
		p.printf(p.words.comesIn, s.node.Name, p.lab.nameOf(s.node, s.In), p.words.describe(s.Packet))
	case s.Begins():
		p.printf(p.words.made, s.node.Name, p.words.describe(s.Packet))
	case s.Number != p.number:
		p.printf(p.words.madeOf, p.words.describe(s.Packet))
	}
	p.number = s.Number
	if s.Reason == forwarding.NoReason {
		return
	}
	name := p.words.texts.Stage(s.Stage)
	text := p.words.texts.Reason(s.Reason)
	if s.Outcome == forwarding.Dropped {
		text = p.words.texts.Outcome(s.Outcome) + p.words.colon + text
	}
	switch {
	case s.back:
		text = p.words.back
	case p.asks(s):
		text = fmt.Sprintf(p.words.askARP, s.NextHop)
	}
	p.printf("    %s%s%s", name, strings.Repeat(" ", max(1, stageWidth-columns(name))), text)
	for _, found := range p.details(s) {
		p.printf("    %s%s", strings.Repeat(" ", stageWidth), found)
	}
}

func (p *pathText) printf(format string, args ...any) { p.print(fmt.Sprintf(format, args...) + "\n") }

// end is called when there are no more steps.
func (p *pathText) end(ended bool) {
	if !ended {
		p.printf("%s", p.words.circle)
	}
}

// asks reports whether the node would ask for a hardware address first.
func (p *pathText) asks(s pathStep) bool { return p.asked && s.asksARP() }

// asksARP reports whether the packet goes on only once a neighbour has told its hardware
// address.
func (s pathStep) asksARP() bool {
	return s.Stage == forwarding.StageTransmit && s.Reason != forwarding.Sent && leaves(s.Reason)
}

// details is what else the stage has found.
func (p *pathText) details(s pathStep) (list []string) {
	w := p.words
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	switch {
	case s.List != nil:
		list = w.listed(s.List, p.asked)
	case s.Route != nil && s.Out != nil && s.NextHop != s.Packet.Dst():
		add(w.route, s.Route.Prefix, s.NextHop, p.lab.nameOf(s.node, s.Out))
	case s.Route != nil && s.Out != nil:
		add(w.attached, s.Route.Prefix, p.lab.nameOf(s.node, s.Out))
	case s.Map != nil && s.Map.Sequence != 0:
		add(w.entry, s.Map.Name, s.Map.Sequence, s.Map.Peer)
		if s.Map.Rule != nil {
			add("%s", w.lineText(s.Map.List, s.Map.Rule))
		}
	case s.Map != nil:
		add("%s", s.Map.Name)
	}
	if s.NAT != nil {
		for _, a := range s.NAT.Asked {
			add("%s", w.asked(a))
		}
	}
	if s.Policy != nil && s.Policy.Matched {
		add("%s %d", s.Policy.Map, s.Policy.Sequence)
	}
	if s.Reason == forwarding.PolicyRouted && s.Out != nil {
		add(w.by, p.lab.nameOf(s.node, s.Out), s.NextHop)
	}
	if s.Reason == forwarding.Translated && s.NAT != nil {
		add(w.becomes, ends(s.NAT.Before), ends(s.Packet))
		use := w.uses
		if s.NAT.Makes && p.asked {
			use = w.wouldUse
		}
		add(use, s.NAT.Entry.String())
	}
	if s.Reason == forwarding.NoTunnel && p.asked && s.Map != nil {
		add(w.wouldIKE, s.Map.Peer)
	}
	if s.Stage == forwarding.StageTransmit && s.Out != nil {
		if !p.asks(s) {
			add(w.by, p.lab.nameOf(s.node, s.Out), s.NextHop)
		}
		switch {
		case s.wire:
			add(w.leaves, p.lab.nameOf(s.node, s.Out))
		case len(s.toward) == 0 && (p.asks(s) || s.Reason == forwarding.Sent):
			add(w.nowhere, s.NextHop)
		}
	}
	if s.Answer != nil {
		add(w.answer, w.describe(s.Answer))
	}
	return list
}

// lineText is the line of a list that has decided; nil where none matches.
func (w *pathWords) lineText(list string, rule *acl.Rule) string {
	if rule == nil {
		return fmt.Sprintf(w.noLine, list)
	}
	return fmt.Sprintf(w.line, list, rule.Sequence, rule.ShowText())
}

// asked is what a list or a route-map has told NAT.
func (w *pathWords) asked(a nat.Asked) string {
	if a.RouteMap == "" {
		return w.lineText(a.List, a.Rule)
	}
	format := map[bool]string{true: w.permits, false: w.denies}[a.Permits]
	if a.Unmatched {
		format = w.noEntry
	}
	text := fmt.Sprintf(format, a.RouteMap)
	if a.Rule != nil {
		text += w.colon + a.Rule.ShowText()
	}
	return text
}

// nameOf is the name of an interface as the lab has it, such as eth1 on a host.
func (l *Lab) nameOf(n *Node, ifc *forwarding.Interface) string {
	if end, ok := l.endOf(n, ifc); ok {
		return end.Interface
	}
	return ifc.String()
}

// describe describes a packet in a few words.
func (w *pathWords) describe(p packet.IPv4) string {
	return fmt.Sprintf(w.packet, w.kind(p), len(p))
}

func (w *pathWords) kind(p packet.IPv4) string {
	b := p.Payload()
	if p.FragmentOffset() == 0 {
		switch {
		case p.Protocol() == packet.ProtoICMP && packet.ICMP(b).Valid():
			return w.icmp(p, packet.ICMP(b))
		case p.Protocol() == packet.ProtoTCP && packet.TCP(b).Valid():
			return "TCP " + ends(p) + flagNames(packet.TCP(b).Flags())
		case p.Protocol() == packet.ProtoUDP:
			if e, ok := forwarding.ESPOf(p); ok && packet.UDP(b).DstPort() == 4500 && e.SPI() != 0 {
				return fmt.Sprintf("UDP %s, ESP 0x%08X", ends(p), e.SPI())
			}
			return "UDP " + ends(p)
		case p.Protocol() == packet.ProtoESP && packet.ESP(b).Valid():
			return fmt.Sprintf("ESP %v -> %v, SPI 0x%08X", p.Src(), p.Dst(), packet.ESP(b).SPI())
		}
	}
	return fmt.Sprintf("IP %d %v -> %v", p.Protocol(), p.Src(), p.Dst())
}

func (w *pathWords) icmp(p packet.IPv4, m packet.ICMP) string {
	switch m.Type() {
	case packet.ICMPEcho:
		return fmt.Sprintf(w.echo, p.Src(), p.Dst())
	case packet.ICMPEchoReply:
		return fmt.Sprintf(w.echoReply, p.Src(), p.Dst())
	case packet.ICMPUnreachable:
		return fmt.Sprintf(w.unreachable, m.Code(), p.Src(), p.Dst())
	case packet.ICMPTimeExceeded:
		return fmt.Sprintf(w.exceeded, p.Src(), p.Dst())
	}
	return fmt.Sprintf(w.otherICMP, m.Type(), p.Src(), p.Dst())
}

// ends are the addresses of a packet, with ports or an ICMP identifier where it shows
// them.
func ends(p packet.IPv4) string {
	b := p.Payload()
	if p.FragmentOffset() == 0 {
		switch {
		case p.Protocol() == packet.ProtoTCP && packet.TCP(b).Valid():
			return fmt.Sprintf("%v:%d -> %v:%d", p.Src(), packet.TCP(b).SrcPort(), p.Dst(), packet.TCP(b).DstPort())
		case p.Protocol() == packet.ProtoUDP && len(b) >= packet.UDPHeader:
			return fmt.Sprintf("%v:%d -> %v:%d", p.Src(), packet.UDP(b).SrcPort(), p.Dst(), packet.UDP(b).DstPort())
		}
	}
	return fmt.Sprintf("%v -> %v", p.Src(), p.Dst())
}

// flagNames are the names of TCP flags, with a blank before each.
func flagNames(flags uint8) (names string) {
	for _, f := range []struct {
		bit  uint8
		name string
	}{{packet.TCPSyn, " SYN"}, {packet.TCPAck, " ACK"}, {packet.TCPFin, " FIN"}, {packet.TCPRst, " RST"}} {
		if flags&f.bit != 0 {
			names += f.name
		}
	}
	return names
}

// columns is how wide a text is on the screen.
func columns(text string) (n int) {
	for _, r := range text {
		n += cli.Columns(r)
	}
	return n
}
