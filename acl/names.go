package acl

import "strconv"

// Name is a keyword that stands for a number, with the text that help shows.
type Name struct {
	Word  string
	Value uint16
	Help  string
}

// nameOf returns the word of a value, or nothing. The first row wins where
// two words stand for one value.
func nameOf(names []Name, value uint16) string {
	for _, n := range names {
		if n.Value == value {
			return n.Word
		}
	}
	return ""
}

// ValueText returns a value as a line of the configuration writes it: its name if it has
// one, else the number. It returns "" if no value is set.
func ValueText(o Option, names []Name) string {
	value, ok := o.Get()
	if !ok {
		return ""
	}
	if word := nameOf(names, uint16(value)); word != "" {
		return word
	}
	return strconv.Itoa(int(value))
}

// ProtocolName is a protocol number as IOS prints it.
func ProtocolName(protocol uint8) string {
	if n := nameOf(Protocols, uint16(protocol)); n != "" {
		return n
	}
	return strconv.Itoa(int(protocol))
}

// Numbers of the protocols whose entries take more words than addresses.
const (
	protoICMP = 1
	protoIGMP = 2
	protoTCP  = 6
	protoUDP  = 17
)

// Protocols are the protocols that have a keyword; "ip" is all of them.
var Protocols = []Name{
	{"ahp", 51, "Authentication header"},
	{"eigrp", 88, "EIGRP routing protocol"},
	{"esp", 50, "Encapsulating security payload"},
	{"gre", 47, "Generic routing encapsulation"},
	{"icmp", protoICMP, "Internet control messages"},
	{"igmp", protoIGMP, "Internet group management"},
	{"ip", 0, "Every IP protocol"},
	{"ipinip", 4, "IP carried in IP"},
	{"nos", 94, "IP over IP, KA9Q NOS style"},
	{"ospf", 89, "OSPF routing protocol"},
	{"pcp", 108, "Payload compression"},
	{"pim", 103, "Protocol independent multicast"},
	{"tcp", protoTCP, "Transmission control"},
	{"udp", protoUDP, "User datagrams"},
}

var portOps = []Name{
	{"eq", uint16(PortEq), "Port is one of those listed"},
	{"gt", uint16(PortGt), "Port is greater than"},
	{"lt", uint16(PortLt), "Port is less than"},
	{"neq", uint16(PortNeq), "Port is none of those listed"},
	{"range", uint16(PortRange), "Port lies in a range, ends included"},
}

// Precedences are the names of IP precedence.
var Precedences = []Name{
	{"critical", 5, "Precedence 5"},
	{"flash", 3, "Precedence 3"},
	{"flash-override", 4, "Precedence 4"},
	{"immediate", 2, "Precedence 2"},
	{"internet", 6, "Precedence 6"},
	{"network", 7, "Precedence 7"},
	{"priority", 1, "Precedence 1"},
	{"routine", 0, "Precedence 0"},
}

// ServiceTypes are the names of the four type of service bits (RFC 1349).
var ServiceTypes = []Name{
	{"max-reliability", 2, "Most reliable path (2)"},
	{"max-throughput", 4, "Path of most throughput (4)"},
	{"min-delay", 8, "Path of least delay (8)"},
	{"min-monetary-cost", 1, "Cheapest path (1)"},
	{"normal", 0, "No wish (0)"},
}

// DSCPs are the names of differentiated services code points.
var DSCPs = []Name{
	{"af11", 10, "Assured forwarding class 1, low drop"},
	{"af12", 12, "Assured forwarding class 1, medium drop"},
	{"af13", 14, "Assured forwarding class 1, high drop"},
	{"af21", 18, "Assured forwarding class 2, low drop"},
	{"af22", 20, "Assured forwarding class 2, medium drop"},
	{"af23", 22, "Assured forwarding class 2, high drop"},
	{"af31", 26, "Assured forwarding class 3, low drop"},
	{"af32", 28, "Assured forwarding class 3, medium drop"},
	{"af33", 30, "Assured forwarding class 3, high drop"},
	{"af41", 34, "Assured forwarding class 4, low drop"},
	{"af42", 36, "Assured forwarding class 4, medium drop"},
	{"af43", 38, "Assured forwarding class 4, high drop"},
	{"cs1", 8, "Class selector 1"},
	{"cs2", 16, "Class selector 2"},
	{"cs3", 24, "Class selector 3"},
	{"cs4", 32, "Class selector 4"},
	{"cs5", 40, "Class selector 5"},
	{"cs6", 48, "Class selector 6"},
	{"cs7", 56, "Class selector 7"},
	{"default", 0, "Best effort"},
	{"ef", 46, "Expedited forwarding"},
}

var tcpFlags = []Name{
	{"ack", flagACK, "ACK bit"},
	{"fin", flagFIN, "FIN bit"},
	{"psh", flagPSH, "PSH bit"},
	{"rst", flagRST, "RST bit"},
	{"syn", flagSYN, "SYN bit"},
	{"urg", flagURG, "URG bit"},
}
