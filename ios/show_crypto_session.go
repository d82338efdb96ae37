package ios

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/showtext"
	"github.com/ioslab/ioslab/isakmp"
)

// cryptoSession is all that is between this router and one peer on one
// interface.
type cryptoSession struct {
	ifc   string
	local netip.Addr
	peer  netip.Addr
	port  uint16 // the peer's; behind one NAT peers differ in it
	ike   []isakmp.SAStatus
	flows []keyengine.FlowView
}

func (r *Router) cryptoSessions() []*cryptoSession {
	var out []*cryptoSession
	for _, b := range r.keys.View() {
		for _, f := range b.Flows {
			var s *cryptoSession
			for _, o := range out {
				if o.ifc == b.Interface && o.peer == f.Peer && (o.port == f.PeerPort || o.idle() || len(f.Pairs) == 0) {
					s = o
				}
			}
			if s == nil {
				s = &cryptoSession{ifc: b.Interface, local: b.Local, peer: f.Peer}
				out = append(out, s)
			}
			if s.idle() {
				s.port = f.PeerPort
			}
			s.flows = append(s.flows, f)
		}
	}
	for _, sa := range r.isakmp.SAs() {
		if s := sessionOf(out, sa); s != nil {
			s.ike = append(s.ike, sa)
			if s.idle() {
				s.port = sa.Remote.Port()
			}
		}
	}
	return out
}

// idle says whether the session has no IPsec SAs, which tell the peer's port.
func (s *cryptoSession) idle() bool {
	return !slices.ContainsFunc(s.flows, func(f keyengine.FlowView) bool { return len(f.Pairs) > 0 })
}

// sessionOf is the session that an SA of phase 1 belongs to: that of its port, or
// the first with its peer.
func sessionOf(sessions []*cryptoSession, sa isakmp.SAStatus) (found *cryptoSession) {
	for _, s := range sessions {
		if sa.Deleted || s.peer != sa.Remote.Addr() || s.local != sa.Local.Addr() {
			continue
		}
		if s.port == sa.Remote.Port() {
			return s
		}
		if found == nil {
			found = s
		}
	}
	return found
}

// status is the session's state in IOS's words.
func (s *cryptoSession) status() string {
	sas, ikeUp := 0, false
	for _, f := range s.flows {
		sas += len(f.Pairs)
	}
	for _, sa := range s.ike {
		ikeUp = ikeUp || sa.Established()
	}
	switch {
	case sas > 0 && ikeUp:
		return "UP-ACTIVE"
	case sas > 0:
		return "UP-NO-IKE"
	case ikeUp:
		return "UP-IDLE"
	case len(s.ike) > 0:
		return "DOWN-NEGOTIATING"
	}
	return "DOWN"
}

func showCryptoSession(r *Router, c *cli.Call) error {
	detail := c.Has("detail")
	c.Print("Crypto session current status\n\n")
	if detail {
		c.Print("Code: C - IKE Configuration mode, D - Dead Peer Detection     \n" +
			"K - Keepalives, N - NAT-traversal, X - IKE Extended Authentication\n\n")
	}
	for _, s := range r.cryptoSessions() {
		c.Printf("Interface: %s\nSession status: %-14s\n", s.ifc, s.status())
		if detail {
			c.Printf("Peer: %s port %d fvrf: (none) ivrf: (none)\n", showtext.Address(s.peer), s.port)
			s.printIdentity(c)
		} else {
			c.Printf("Peer: %s port %d \n", showtext.Address(s.peer), s.port)
		}
		for _, sa := range s.ike {
			state := "Inactive"
			if sa.Established() {
				state = "Active"
			}
			c.Printf("  IKE SA: local %s remote %s %s \n", endpoint(sa.Local), endpoint(sa.Remote), state)
			if detail {
				capabilities := sa.Capabilities
				if capabilities == "" {
					capabilities = "(none)"
				}
				c.Printf("          Capabilities:%s connid:%d lifetime:%s\n", capabilities, sa.ConnID, showtext.Clock(sa.Remaining))
			}
		}
		for _, f := range s.flows {
			c.Printf("  IPSEC FLOW: permit %s %s %s \n", protocolText(f.Selector.Protocol), flowSide(f.Selector.Local), flowSide(f.Selector.Remote))
			c.Printf("        Active SAs: %d, origin: crypto map\n", 2*len(f.Pairs))
			if detail {
				r.printFlowDetail(c, f)
			}
		}
		c.Print("\n")
	}
	return nil
}

func (s *cryptoSession) printIdentity(c *cli.Call) {
	for _, sa := range s.ike {
		if sa.PeerID != "" {
			c.Printf("      Phase1_id: %s\n      Desc: (none)\n", sa.PeerID)
			return
		}
	}
	c.Print("      Desc: (none)\n      Phase1_id: (none)\n")
}

func (r *Router) printFlowDetail(c *cli.Call, f keyengine.FlowView) {
	in, out := "0/0", "0/0"
	if p := f.Sending(); p != nil {
		now := r.Clock.Now()
		in = fmt.Sprintf("%d/%d", p.In.KilobytesShown(), p.In.SecondsLeft(now))
		out = fmt.Sprintf("%d/%d", p.Out.KilobytesShown(), p.Out.SecondsLeft(now))
	}
	c.Printf("        Inbound:  #pkts dec'ed %d drop %d life (KB/Sec) %s\n", f.Counters.Decaps.Load(), f.Counters.RecvErrors.Load(), in)
	c.Printf("        Outbound: #pkts enc'ed %d drop %d life (KB/Sec) %s\n", f.Counters.Encaps.Load(), f.Counters.SendErrors.Load(), out)
}

func endpoint(a netip.AddrPort) string { return fmt.Sprintf("%s/%d", a.Addr(), a.Port()) }

// protocolText is a protocol as `show crypto session` names it: by number,
// but for ip.
func protocolText(p uint8) string {
	if p == 0 {
		return "ip"
	}
	return decimal(int(p))
}

func flowSide(p acl.Proxy) string {
	if p.Mask == hostMask {
		return "host " + p.Addr.String()
	}
	return p.Addr.String() + "/" + p.Mask.String()
}
