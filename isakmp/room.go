package isakmp

import (
	"net/netip"
	"time"
)

// room keeps first messages, which anybody can send under any address, from
// filling the table of SAs. Nothing is said: to log each refusal would be another
// gift to them.
//
// A peer with a key of its own has room that no other address can take. And where
// there is none left, what has come to nothing makes room after a while: who
// floods a router keeps peers out for as long as the flood lasts, at the most.
func (e *Engine) room(s *sa) bool {
	var his, all halfOpen
	for _, x := range e.sas {
		if x.proved || x.role == Initiator {
			continue
		}
		if x.remote.Addr() == s.remote.Addr() {
			his.add(x)
		}
		if x.stranger {
			all.add(x)
		}
	}
	if his.count >= maxHalfOpenPerPeer {
		return his.displace()
	}
	if s.stranger && all.count >= maxHalfOpen {
		return all.displace()
	}
	return len(e.sas) < maxSAs
}

// familiar tells whether an address has a key of its own.
func (e *Engine) familiar(a netip.Addr) bool {
	key, ok := e.env.Config.KeyFor(a)
	return ok && key.Mask == hostMask
}

// halfOpen are SAs of which no peer is authenticated.
type halfOpen struct {
	count  int
	oldest *sa // of those that make room
}

func (h *halfOpen) add(s *sa) {
	h.count++
	if h.oldest == nil && s.makesRoom() {
		h.oldest = s
	}
}

// makesRoom tells an SA that has come to nothing: it was given up, though not in
// this moment, or its peer has sent no more than a first message for so long that
// our answer was repeated.
func (s *sa) makesRoom() bool {
	if s.deleted {
		return s.e.env.Clock.Now()-s.began >= displaceAfter
	}
	return s.state == StateRMM2 && s.errors > 0
}

// displaceAfter keeps those who offer what is refused from being refused as often
// as they like.
const displaceAfter = 2 * time.Second

// displace gives the oldest one up.
func (h *halfOpen) displace() bool {
	switch s := h.oldest; {
	case s == nil:
		return false
	case s.deleted:
		s.purgeNow()
	default:
		s.abandon()
	}
	return true
}
