package acl

// withCode marks a table value that names a code as well as a type.
const withCode = 0x8000

func typeAndCode(typ, code uint8) uint16 {
	// ICMP types with named codes are small, so seven bits hold them; a larger
	// type with a code has no name and must not collide with one.
	if typ > 0x7e {
		typ = 0x7f
	}
	return withCode | uint16(typ)<<8 | uint16(code)
}

// message turns a table value back into a condition.
func message(value uint16) Message {
	if value&withCode == 0 {
		return Message{Type: Some(uint8(value))}
	}
	return Message{Type: Some(uint8(value >> 8 & 0x7f)), Code: Some(uint8(value))}
}

// ICMPMessages are the ICMP types, and types with a code, that have a name.
// Value is a type, or what typeAndCode makes of a type and a code.
var ICMPMessages = []Name{
	{"administratively-prohibited", typeAndCode(3, 13), "Unreachable: forbidden by a filter"},
	{"alternate-address", 6, "Alternate address"},
	{"conversion-error", 31, "Datagram conversion error"},
	{"dod-host-prohibited", typeAndCode(3, 10), "Unreachable: host forbidden"},
	{"dod-net-prohibited", typeAndCode(3, 9), "Unreachable: net forbidden"},
	{"echo", 8, "Echo request (ping)"},
	{"echo-reply", 0, "Echo reply"},
	{"general-parameter-problem", typeAndCode(12, 0), "Parameter problem: pointer given"},
	{"host-isolated", typeAndCode(3, 8), "Unreachable: source host isolated"},
	{"host-precedence-unreachable", typeAndCode(3, 14), "Unreachable: precedence violation"},
	{"host-redirect", typeAndCode(5, 1), "Redirect for the host"},
	{"host-tos-redirect", typeAndCode(5, 3), "Redirect for the host and type of service"},
	{"host-tos-unreachable", typeAndCode(3, 12), "Unreachable: host, for this type of service"},
	{"host-unknown", typeAndCode(3, 7), "Unreachable: host unknown"},
	{"host-unreachable", typeAndCode(3, 1), "Unreachable: host"},
	{"information-reply", 16, "Information reply"},
	{"information-request", 15, "Information request"},
	{"mask-reply", 18, "Address mask reply"},
	{"mask-request", 17, "Address mask request"},
	{"mobile-redirect", 32, "Mobile host redirect"},
	{"net-redirect", typeAndCode(5, 0), "Redirect for the net"},
	{"net-tos-redirect", typeAndCode(5, 2), "Redirect for the net and type of service"},
	{"net-tos-unreachable", typeAndCode(3, 11), "Unreachable: net, for this type of service"},
	{"net-unreachable", typeAndCode(3, 0), "Unreachable: net"},
	{"network-unknown", typeAndCode(3, 6), "Unreachable: net unknown"},
	{"no-room-for-option", typeAndCode(12, 2), "Parameter problem: no room for an option"},
	{"option-missing", typeAndCode(12, 1), "Parameter problem: option missing"},
	{"packet-too-big", typeAndCode(3, 4), "Unreachable: fragmentation needed but forbidden"},
	{"parameter-problem", 12, "Every parameter problem"},
	{"port-unreachable", typeAndCode(3, 3), "Unreachable: port"},
	{"precedence-unreachable", typeAndCode(3, 15), "Unreachable: precedence cut-off"},
	{"protocol-unreachable", typeAndCode(3, 2), "Unreachable: protocol"},
	{"reassembly-timeout", typeAndCode(11, 1), "Time exceeded in reassembly"},
	{"redirect", 5, "Every redirect"},
	{"router-advertisement", 9, "Router advertisement"},
	{"router-solicitation", 10, "Router solicitation"},
	{"source-quench", 4, "Source quench"},
	{"source-route-failed", typeAndCode(3, 5), "Unreachable: source route failed"},
	{"time-exceeded", 11, "Every time exceeded"},
	{"timestamp-reply", 14, "Timestamp reply"},
	{"timestamp-request", 13, "Timestamp request"},
	{"traceroute", 30, "Traceroute"},
	{"ttl-exceeded", typeAndCode(11, 0), "Time exceeded in transit"},
	{"unreachable", 3, "Every unreachable"},
}

// IGMPMessages are the IGMP types that have a name.
var IGMPMessages = []Name{
	{"dvmrp", 3, "Distance vector multicast routing"},
	{"host-query", 1, "Host query"},
	{"host-report", 2, "Host report"},
	{"pim", 4, "PIM version 1"},
	{"trace", 5, "Multicast trace"},
}

// messageNames is the table of a protocol, empty for one without messages.
func messageNames(protocol uint8) []Name {
	switch protocol {
	case protoICMP:
		return ICMPMessages
	case protoIGMP:
		return IGMPMessages
	}
	return nil
}
