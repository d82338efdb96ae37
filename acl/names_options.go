package acl

// HeaderOptions are the options of the IP header that IOS knows by name, but for
// any-options, which is each of them.
var HeaderOptions = []Name{
	{"add-ext", 147, "Address extension"},
	{"com-security", 134, "Commercial security"},
	{"dps", 151, "Dynamic packet state"},
	{"encode", 15, "Encode"},
	{"eool", 0, "End of options"},
	{"ext-ip", 145, "Extended IP"},
	{"ext-security", 133, "Extended security"},
	{"finn", 205, "Experimental flow control"},
	{"imitd", 144, "IMI traffic descriptor"},
	{"lsr", 131, "Loose source route"},
	{"mtup", 11, "MTU probe"},
	{"mtur", 12, "MTU reply"},
	{"no-op", 1, "No operation"},
	{"nsapa", 150, "NSAP address"},
	{"record-route", 7, "Record route"},
	{"router-alert", 148, "Router alert"},
	{"sdb", 149, "Selective directed broadcast"},
	{"security", 130, "Basic security"},
	{"ssr", 137, "Strict source route"},
	{"stream-id", 136, "Stream identifier"},
	{"timestamp", 68, "Timestamp"},
	{"traceroute", 82, "Traceroute"},
	{"ump", 152, "Upstream multicast packet"},
	{"visa", 142, "Experimental access control"},
	{"zsu", 10, "Experimental measurement"},
}

// hasOption reports whether a header's options hold one of that type (RFC 791 §3.1).
func hasOption(options string, typ uint8) bool {
	for at := 0; at < len(options); {
		switch found := options[at]; {
		case found == typ:
			return true
		case found == 0:
			return false
		case found == 1:
			at++
		case at+1 < len(options) && options[at+1] >= 2:
			at += int(options[at+1])
		default:
			return false
		}
	}
	return false
}
