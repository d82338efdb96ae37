package showtext

import "net/netip"

// An Alias is an address that the router answers for; a dynamic one is NAT's.
type Alias struct {
	Address netip.Addr
	Dynamic bool
}

// aliases124 is `show ip aliases`. The column of ports is for TCP at an address of an
// interface's own port, which there is not.
var aliases124 = Table[Alias]{Columns: []Column[Alias]{
	{"Address Type", -24, func(a Alias) any {
		if a.Dynamic {
			return "Dynamic"
		}
		return "Interface"
	}},
	{"IP Address", -15, func(a Alias) any { return a.Address }},
	{"Port", 0, func(a Alias) any { return "" }},
}}
