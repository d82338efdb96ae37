package isakmp

import (
	"encoding/binary"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Dead peer detection (RFC 3706). Any packet that proves to be the peer's shows
// that it lives; it is asked only when nothing was heard for a while.

// Keepalive is `crypto isakmp keepalive`. The zero value never asks.
type Keepalive struct {
	Interval time.Duration // of silence, before the peer is asked
	Retry    time.Duration // between questions that are not answered
	// Periodic asks whenever nothing was heard; else something must have been
	// sent as well.
	Periodic bool
}

// DefaultKeepaliveRetry is between questions where none is configured.
const DefaultKeepaliveRetry = 2 * time.Second

// dpd is this end's watch over the other, under one SA of phase 1.
type dpd struct {
	Keepalive                  // as configured when the SA came up
	heard        time.Duration // when the peer was last known to live
	sentThen     uint64        // packets in the IPsec SAs with the peer, then
	receivedThen uint64
	sequence     uint32 // of the latest R_U_THERE
	unanswered   int    // R_U_THERE since the peer was heard
	stop         func()
	stopRenewal  func()
}

// startDPD begins the watch where both ends can keep it.
func (s *sa) startDPD() {
	k := s.e.env.Config.Keepalive
	if k.Interval == 0 || !s.peerDPD {
		return
	}
	// RFC 3706 §5.4: random, and far from its overflow.
	s.dpd = &dpd{Keepalive: k, sequence: binary.BigEndian.Uint32(s.e.random(4)) &^ (1 << 31), stop: func() {}, stopRenewal: func() {}}
	s.heardFromPeer()
	s.renewInTime()
	s.tickAfter(s.dpd.granularity())
}

// stopDPD ends the watch over the peer.
func (s *sa) stopDPD() {
	if s.dpd != nil {
		s.dpd.stop()
		s.dpd.stopRenewal()
	}
}

// granularity is how far apart the counts of packets are looked at: a fraction of
// the interval, since single packets are not reported.
func (d *dpd) granularity() time.Duration { return max(time.Second, d.Interval/10) }

func (s *sa) tickAfter(wait time.Duration) {
	s.dpd.stop()
	s.dpd.stop = s.e.env.Clock.After(wait, s.dpdTick)
}

// traffic is what went through the IPsec SAs with the peer.
func (s *sa) traffic() (sent, received uint64) {
	return s.e.env.IPsec.Traffic(s.local, s.remote)
}

// heardFromPeer is told of every message that proved to be the peer's.
func (s *sa) heardFromPeer() {
	d := s.dpd
	if d == nil {
		return
	}
	d.heard = s.e.env.Clock.Now()
	d.sentThen, d.receivedThen = s.traffic()
	if d.unanswered > 0 {
		d.unanswered = 0
		s.tickAfter(d.granularity())
	}
}

// dpdTick is the timer: has the peer been silent for too long?
func (s *sa) dpdTick() {
	d := s.dpd
	sent, received := s.traffic()
	if received > d.receivedThen {
		s.heardFromPeer()
	}
	// Counts fall when SAs go.
	d.sentThen, d.receivedThen = min(d.sentThen, sent), min(d.receivedThen, received)
	silent := s.e.env.Clock.Now()-d.heard >= d.Interval
	switch {
	case s.e.newest(s.local.Addr(), s.remote.Addr(), 0, s.sameAndComplete) != s:
		s.tickAfter(d.granularity()) // the newest SA with the peer is the one to ask under
	case d.unanswered > maxErrors:
		s.peerDead()
	case d.unanswered > 0:
		s.e.emit(AliveOverdue{SA: s.ref(), Attempt: d.unanswered, Of: maxErrors})
		s.areYouThere(InputPeersAlive)
	case silent && (d.Periodic || sent > d.sentThen):
		s.areYouThere(InputImAlive)
	default:
		s.tickAfter(d.granularity())
	}
}

// areYouThere asks the peer (RFC 3706 §5.3).
func (s *sa) areYouThere(input Input) {
	d := s.dpd
	d.sequence++
	d.unanswered++
	s.sayAlive(wire.NotifyAreYouThere, d.sequence)
	s.transition(FromTimer, input, s.state)
	s.tickAfter(d.Retry)
}

// sayAlive sends R_U_THERE or its answer.
func (s *sa) sayAlive(kind uint16, sequence uint32) {
	s.notify(wire.Notify{
		Protocol: ProtoISAKMP, Type: kind, SPI: s.spi(), Data: binary.BigEndian.AppendUint32(nil, sequence),
	}, func() { s.e.emit(AliveSent{SA: s.ref(), Sequence: sequence}) })
}

// dpdAnswered takes R_U_THERE_ACK; one to no question that is open proves nothing.
func (s *sa) dpdAnswered(sequence uint32) {
	s.e.emit(AliveRead{SA: s.ref(), Ack: true, Sequence: sequence})
	if d := s.dpd; d != nil && d.sequence-sequence < uint32(d.unanswered) {
		s.heardFromPeer()
	}
}

// answerDPD answers R_U_THERE. An older question than the latest is not (RFC 3706
// 5.4); a repeated one is, since our answer may have been lost.
func (s *sa) answerDPD(sequence uint32) {
	s.e.emit(AliveRead{SA: s.ref(), Sequence: sequence})
	if s.wasAsked && int32(sequence-s.lastAsked) < 0 {
		return
	}
	s.wasAsked, s.lastAsked = true, sequence
	s.heardFromPeer()
	s.sayAlive(wire.NotifyAreYouThereAck, sequence)
	s.transition(FromPeer, InputKeepAlive, s.state)
}

// peerDead gives the peer up: everything that is shared with it goes.
func (s *sa) peerDead() {
	e := s.e
	e.emit(PeerSilent{SA: s.ref()})
	var failed []uint32
	for _, dead := range append([]*sa(nil), e.sas...) {
		if s.sameAndComplete(dead) {
			failed = append(failed, dead.end(ending{
				reason: SAPeerDead, notify: true, class: FromTimer, input: InputPeersAlive,
			})...)
		}
	}
	e.env.IPsec.PeerDead(s.local, s.remote)
	s.report(failed)
}

// An end that watches its peer needs an SA of phase 1 to ask under, as long as there
// are IPsec SAs with it. Then phase 1 is renewed before it ends, and nothing is
// interrupted; many a peer drops the IPsec SAs with the SA of phase 1 that they
// came by. Without keepalives phase 1 is built when it is needed.

// renewInTime plans it, when the end of the SA is known.
func (s *sa) renewInTime() {
	if s.dpd == nil {
		return
	}
	lead := renewalLead
	if s.role == Responder {
		lead = responderLead
	}
	left := s.expires - s.e.env.Clock.Now()
	s.dpd.stopRenewal()
	s.dpd.stopRenewal = s.e.env.Clock.After(max(left-lead, left/2), s.renew)
}

// renew begins main mode unless it has begun already.
func (s *sa) renew() {
	e := s.e
	newer := e.newest(s.local.Addr(), s.remote.Addr(), 0, func(x *sa) bool { return !x.deleted })
	if s.peer.ipsec == 0 || newer != s {
		return
	}
	var port uint16
	if s.local.Port() == nattPort {
		port = s.remote.Port()
	}
	e.contact(s.local.Addr(), s.remote.Addr(), port)
}
