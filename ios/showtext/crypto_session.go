package showtext

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

// Session is all that is between this router and one peer on one interface. Detail
// is what was asked for, here and below.
type Session struct {
	Interface string
	Status    string // UP-ACTIVE ... DOWN
	Peer      netip.Addr
	Port      uint16 // the peer's
	Phase1ID  string // "" before the peer has proved it
	Detail    bool
}

// SessionSA is a phase 1 SA of a session.
type SessionSA struct {
	isakmp.SAStatus
	Detail bool
}

// SessionFlow is a pair of proxy identities of a session.
type SessionFlow struct {
	keyengine.FlowView
	Detail bool
	Now    time.Duration
}

// detailed is a part that only `detail` prints.
func detailed(detail bool, text string) string {
	if detail {
		return text
	}
	return ""
}

var sessions124 = Layout[bool]{
	{"title", func(bool) string { return "Crypto session current status\n\n" }},
	{"codes", func(detail bool) string {
		return detailed(detail, "Code: C - IKE Configuration mode, D - Dead Peer Detection     \n"+
			"K - Keepalives, N - NAT-traversal, X - IKE Extended Authentication\n\n")
	}},
}

var session124 = Layout[Session]{
	{"interface", func(s Session) string { return fmt.Sprintf("Interface: %s\n", s.Interface) }},
	{"status", func(s Session) string { return fmt.Sprintf("Session status: %-14s\n", s.Status) }},
	{"peer", func(s Session) string {
		return fmt.Sprintf("Peer: %s port %d ", Address(s.Peer), s.Port) + detailed(s.Detail, "fvrf: (none) ivrf: (none)") + "\n"
	}},
	{"identity", func(s Session) string {
		if s.Phase1ID == "" {
			return detailed(s.Detail, "      Desc: (none)\n      Phase1_id: (none)\n")
		}
		return detailed(s.Detail, fmt.Sprintf("      Phase1_id: %s\n      Desc: (none)\n", s.Phase1ID))
	}},
}

var sessionSA124 = Layout[SessionSA]{
	{"ends", func(sa SessionSA) string {
		state := "Inactive"
		if sa.Established() {
			state = "Active"
		}
		return fmt.Sprintf("  IKE SA: local %s remote %s %s \n", endpoint(sa.Local), endpoint(sa.Remote), state)
	}},
	{"capabilities", func(sa SessionSA) string {
		capabilities := sa.Capabilities
		if capabilities == "" {
			capabilities = "(none)"
		}
		return detailed(sa.Detail, fmt.Sprintf("          Capabilities:%s connid:%d lifetime:%s\n", capabilities, sa.ConnID, Clock(sa.Remaining)))
	}},
}

var sessionFlow124 = Layout[SessionFlow]{
	{"selector", func(f SessionFlow) string {
		return fmt.Sprintf("  IPSEC FLOW: permit %s %s %s \n", protocol(f.Selector.Protocol), side(f.Selector.Local), side(f.Selector.Remote))
	}},
	{"sas", func(f SessionFlow) string {
		return fmt.Sprintf("        Active SAs: %d, origin: crypto map\n", 2*len(f.Pairs))
	}},
	{"counters", func(f SessionFlow) string {
		in, out := "0/0", "0/0"
		if p := f.Sending(); p != nil {
			in = fmt.Sprintf("%d/%d", p.In.KilobytesShown(), p.In.SecondsLeft(f.Now))
			out = fmt.Sprintf("%d/%d", p.Out.KilobytesShown(), p.Out.SecondsLeft(f.Now))
		}
		n := f.Counters
		return detailed(f.Detail,
			fmt.Sprintf("        Inbound:  #pkts dec'ed %d drop %d life (KB/Sec) %s\n", n.Decaps.Load(), n.RecvErrors.Load(), in)+
				fmt.Sprintf("        Outbound: #pkts enc'ed %d drop %d life (KB/Sec) %s\n", n.Encaps.Load(), n.SendErrors.Load(), out))
	}},
}

func endpoint(a netip.AddrPort) string { return fmt.Sprintf("%s/%d", a.Addr(), a.Port()) }

// protocol names a protocol: by number, but for ip.
func protocol(p uint8) string {
	if p == 0 {
		return "ip"
	}
	return fmt.Sprint(p)
}

func side(p acl.Proxy) string {
	if p.Mask == netip.AddrFrom4([4]byte{255, 255, 255, 255}) {
		return "host " + p.Addr.String()
	}
	return fmt.Sprintf("%s/%s", p.Addr, p.Mask)
}
