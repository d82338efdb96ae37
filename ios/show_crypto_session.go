package ios

import (
	"net/netip"
	"slices"

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

// idle reports whether the session has no IPsec SAs, which tell the peer's port.
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
	texts, detail := r.release.show, c.Has("detail")
	c.Print(texts.Sessions.Text(detail))
	for _, s := range r.cryptoSessions() {
		c.Print(texts.Session.Text(showtext.Session{
			Interface: s.ifc, Status: s.status(), Peer: s.peer, Port: s.port, Phase1ID: s.phase1ID(), Detail: detail,
		}))
		for _, sa := range s.ike {
			c.Print(texts.SessionSA.Text(showtext.SessionSA{SAStatus: sa, Detail: detail}))
		}
		for _, f := range s.flows {
			c.Print(texts.SessionFlow.Text(showtext.SessionFlow{FlowView: f, Detail: detail, Now: r.Clock.Now()}))
		}
		c.Print("\n")
	}
	return nil
}

// phase1ID is the identity that the peer has proved, "" before it has.
func (s *cryptoSession) phase1ID() string {
	for _, sa := range s.ike {
		if sa.PeerID != "" {
			return sa.PeerID
		}
	}
	return ""
}
