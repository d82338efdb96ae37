package isakmp

import (
	"net/netip"
	"time"
)

// admitHalfOpen reports whether there is room for another SA that a first
// message asks for. Anyone can send first messages, under any address, and they
// must not fill the table of SAs. Refusals are not logged: a flood must not fill
// the log either.
//
// A peer with a key of its own has room that no other address can take. Where no
// room is left, an SA that has come to nothing is evicted after a while, so that
// a flood keeps peers out for as long as it lasts, at the most.
func (e *Engine) admitHalfOpen(s *sa) bool {
	var ofPeer, ofStrangers halfOpen
	for _, x := range e.sas {
		if x.proved || x.role == Initiator {
			continue
		}
		if x.remote.Addr() == s.remote.Addr() {
			ofPeer.add(x)
		}
		if x.stranger {
			ofStrangers.add(x)
		}
	}
	if ofPeer.count >= maxHalfOpenPerPeer {
		return ofPeer.evictOldest()
	}
	if s.stranger && ofStrangers.count >= maxHalfOpen {
		return ofStrangers.evictOldest()
	}
	return len(e.sas) < maxSAs || e.purgeOldest()
}

// purgeOldest purges the SA that was deleted first, before its time, and reports
// whether there was one.
func (e *Engine) purgeOldest() bool {
	for _, s := range e.sas {
		if s.deleted {
			s.purgeNow()
			return true
		}
	}
	return false
}

// hasOwnKey reports whether a pre-shared key is configured for just that address.
func (e *Engine) hasOwnKey(a netip.Addr) bool {
	key, ok := e.env.Config.KeyFor(a)
	return ok && key.Mask == hostMask
}

// halfOpen are SAs whose peer is not authenticated.
type halfOpen struct {
	count  int
	oldest *sa // of those that may be evicted
}

func (h *halfOpen) add(s *sa) {
	h.count++
	if h.oldest == nil && s.evictable() {
		h.oldest = s
	}
}

// evictable reports whether an SA has come to nothing: it was given up, though
// not in this moment, or its peer has sent no more than a first message for so
// long that our answer was repeated.
func (s *sa) evictable() bool {
	if s.deleted {
		return s.e.env.Clock.Now()-s.began >= evictAfter
	}
	return s.state == StateRMM2 && s.errors > 0
}

// evictAfter keeps a peer whose offers are refused from being refused as often
// as it likes.
const evictAfter = 2 * time.Second

// evictOldest gives the oldest one up, and reports whether there was one.
func (h *halfOpen) evictOldest() bool {
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
