package acl

// TCPPorts are the TCP ports that IOS knows by name.
var TCPPorts = []Name{
	{"bgp", 179, "Border gateway protocol"},
	{"chargen", 19, "Character generator"},
	{"cmd", 514, "Remote commands (rsh)"},
	{"daytime", 13, "Daytime"},
	{"discard", 9, "Discard"},
	{"domain", 53, "Domain names (DNS)"},
	{"drip", 3949, "Dynamic routing information"},
	{"echo", 7, "Echo"},
	{"exec", 512, "Remote execution"},
	{"finger", 79, "Finger"},
	{"ftp", 21, "File transfer, control"},
	{"ftp-data", 20, "File transfer, data"},
	{"gopher", 70, "Gopher"},
	{"hostname", 101, "NIC host names"},
	{"ident", 113, "Ident"},
	{"irc", 194, "Internet relay chat"},
	{"klogin", 543, "Kerberos login"},
	{"kshell", 544, "Kerberos shell"},
	{"login", 513, "Remote login"},
	{"lpd", 515, "Printer service"},
	{"nntp", 119, "Network news"},
	{"pim-auto-rp", 496, "PIM auto-RP"},
	{"pop2", 109, "Post office v2"},
	{"pop3", 110, "Post office v3"},
	{"smtp", 25, "Mail transfer"},
	{"sunrpc", 111, "Sun remote procedure call"},
	{"syslog", 514, "Syslog"},
	{"tacacs", 49, "TACACS"},
	{"talk", 517, "Talk"},
	{"telnet", 23, "Telnet"},
	{"time", 37, "Time"},
	{"uucp", 540, "Unix-to-Unix copy"},
	{"whois", 43, "Whois"},
	{"www", 80, "World wide web (HTTP)"},
}

// UDPPorts are the UDP ports that IOS knows by name.
var UDPPorts = []Name{
	{"biff", 512, "Mail notification"},
	{"bootpc", 68, "Bootstrap client"},
	{"bootps", 67, "Bootstrap server"},
	{"discard", 9, "Discard"},
	{"dnsix", 195, "DNSIX auditing"},
	{"domain", 53, "Domain names (DNS)"},
	{"echo", 7, "Echo"},
	{"isakmp", 500, "Key exchange (ISAKMP)"},
	{"mobile-ip", 434, "Mobile IP registration"},
	{"nameserver", 42, "IEN 116 names"},
	{"netbios-dgm", 138, "NetBIOS datagrams"},
	{"netbios-ns", 137, "NetBIOS names"},
	{"netbios-ss", 139, "NetBIOS sessions"},
	{"non500-isakmp", 4500, "Key exchange through NAT"},
	{"ntp", 123, "Network time"},
	{"pim-auto-rp", 496, "PIM auto-RP"},
	{"rip", 520, "RIP routing protocol"},
	{"snmp", 161, "Network management"},
	{"snmptrap", 162, "Network management traps"},
	{"sunrpc", 111, "Sun remote procedure call"},
	{"syslog", 514, "Syslog"},
	{"tacacs", 49, "TACACS"},
	{"talk", 517, "Talk"},
	{"tftp", 69, "Trivial file transfer"},
	{"time", 37, "Time"},
	{"who", 513, "Who is logged in"},
	{"xdmcp", 177, "X display manager"},
}

// portNames is the table of a protocol, empty for one without ports.
func portNames(protocol uint8) []Name {
	switch protocol {
	case protoTCP:
		return TCPPorts
	case protoUDP:
		return UDPPorts
	}
	return nil
}
