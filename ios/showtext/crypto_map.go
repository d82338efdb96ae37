package showtext

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

// Map is a crypto map.
type Map struct {
	Name           string
	LocalInterface string // of `crypto map … local-address`, "" for none
	Local          netip.Addr
	Interfaces     []string // that the map is on
}

// MapEntry is an entry of a crypto map.
type MapEntry struct {
	*keyengine.Entry
	Map       string
	Complete  bool                     // it can be used
	Rules     []string                 // of the list that the entry names
	Effective isakmp.Lifetime          // the entry's own, or the global one
	Sets      []keyengine.TransformSet // that the entry names
}

var cryptoMap124 = Layout[Map]{
	{"local address", func(m Map) string {
		if m.LocalInterface == "" {
			return ""
		}
		return fmt.Sprintf("Crypto Map: \"%s\" idb: %s local address: %s\n\n", m.Name, m.LocalInterface, Address(m.Local))
	}},
}

var cryptoMapEntry124 = Layout[MapEntry]{
	{"name", func(e MapEntry) string { return fmt.Sprintf("Crypto Map \"%s\" %d ipsec-isakmp\n", e.Map, e.Seq) }},
	{"description", func(e MapEntry) string {
		if e.Description == "" {
			return ""
		}
		return fmt.Sprintf("\tDescription: %s\n", e.Description)
	}},
	{"incomplete", func(e MapEntry) string {
		if e.Complete {
			return ""
		}
		return "\tWARNING: This crypto map is in an incomplete state!\n\t\t(missing peer or access-list definitions)\n"
	}},
	{"peers", func(e MapEntry) string {
		var text strings.Builder
		for _, p := range e.Peers {
			fmt.Fprintf(&text, "\tPeer = %s\n", p)
		}
		return text.String()
	}},
	{"list", func(e MapEntry) string {
		if e.ACL == "" {
			return "\tNo matching address list set.\n"
		}
		var text strings.Builder
		fmt.Fprintf(&text, "\tExtended IP access list %s\n", e.ACL)
		for _, rule := range e.Rules {
			fmt.Fprintf(&text, "\t    access-list %s %s\n", e.ACL, rule)
		}
		return text.String()
	}},
	{"current peer", func(e MapEntry) string {
		if p := e.Peer(); p.IsValid() {
			return fmt.Sprintf("\tCurrent peer: %s\n", p)
		}
		return ""
	}},
	{"lifetime", func(e MapEntry) string {
		return fmt.Sprintf("\tSecurity association lifetime: %s\n", Lifetime(e.Effective))
	}},
	{"pfs", func(e MapEntry) string {
		if e.PFS == 0 {
			return "\tPFS (Y/N): N\n"
		}
		return fmt.Sprintf("\tPFS (Y/N): Y\n\tDH group:  group%d\n", e.PFS)
	}},
	{"transform sets", func(e MapEntry) string {
		var text strings.Builder
		text.WriteString("\tTransform sets={ \n")
		for _, s := range e.Sets {
			fmt.Fprintf(&text, "\t\t%s, \n", s.Name)
		}
		return text.String() + "\t}\n"
	}},
}

var cryptoMapUsers124 = Layout[Map]{
	{"interfaces", func(m Map) string {
		text := fmt.Sprintf("\tInterfaces using crypto map %s:\n", m.Name)
		for _, name := range m.Interfaces {
			text += fmt.Sprintf("\t\t%s\n", name)
		}
		return text + "\n"
	}},
}
