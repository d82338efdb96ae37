package isakmp

import (
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// RequestSA is key-engine message 1: the key engine wants a pair of SAs.
func (e *Engine) RequestSA(r SARequest) {
	if e.off {
		e.env.IPsec.RequestFailed(r.Local, r.Remote, r.SPI)
		return
	}
	e.emit(KeyMessage{Type: KMSARequest, Count: 1})
	s := e.newest(r.Local, r.Remote, r.RemotePort, (*sa).complete)
	if s == nil {
		s = e.newest(r.Local, r.Remote, r.RemotePort, (*sa).budding)
	}
	if s == nil {
		e.initiate(r)
		return
	}
	if s.ready() {
		if e.asking(r) {
			return // the key engine repeats itself while quick mode goes on
		}
		e.unqueue(r)
	}
	if !s.roomFor(Initiator, maxRequests) {
		e.env.IPsec.RequestFailed(r.Local, r.Remote, r.SPI)
		return
	}
	q := s.request(r)
	if s.ready() {
		e.emit(RequestOnSA{SA: s.ref()})
		q.begin()
		return
	}
	e.emit(RequestAttached{SA: s.ref()})
}

// asking reports whether quick mode is under way for that inbound SPI, under
// whichever SA.
func (e *Engine) asking(r SARequest) bool {
	return slices.ContainsFunc(e.sas, func(s *sa) bool { return s.ready() && len(s.waiting(r)) > 0 })
}

// unqueue takes the request off SAs that are not up: another one is now, the
// peer's own, and one inbound SPI must not be offered twice.
func (e *Engine) unqueue(r SARequest) {
	for _, s := range e.sas {
		for _, q := range s.waiting(r) {
			q.finish(false, NodeDone)
		}
	}
}

// waiting finds the exchanges of ours that are to bring, or are bringing, what
// was requested.
func (s *sa) waiting(r SARequest) (list []*quick) {
	for q := range s.quicks {
		if q.role == Initiator && q.spi == r.SPI {
			list = append(list, q)
		}
	}
	return list
}

// newInitiator makes an SA to begin main mode with.
func (e *Engine) newInitiator(local, remote netip.Addr, port uint16) *sa {
	from, to := e.endpoints(local, remote, port)
	s := e.newSA(e.drivers[wire.ExchangeMain], Initiator, from, to)
	e.emit(RequestProfile{SA: s.ref()})
	s.cookieI = e.cookie()
	s.peer = e.lockPeer(s.local, s.remote, UseInitiator)
	e.emit(Ports{Local: s.local.Port(), Remote: s.remote.Port()})
	return s
}

// contact begins main mode for its own sake; nil when there is no way to
// authenticate.
func (e *Engine) contact(local, remote netip.Addr, port uint16) *sa {
	s := e.newInitiator(local, remote, port)
	s.insert()
	if s.start() {
		return s
	}
	s.abandon()
	return nil
}

// initiate makes an SA for a request.
func (e *Engine) initiate(r SARequest) {
	s := e.newInitiator(r.Local, r.Remote, r.RemotePort)
	q := s.request(r)
	s.insert()
	if s.start() {
		return
	}
	s.abandon()
	e.emit(NodePurged{SA: s.ref(), Node: q.id})
	e.emit(RequestError{})
	e.env.IPsec.RequestFailed(r.Local, r.Remote, r.SPI)
}

// request attaches a request to the SA. IOS shows the message ID as 0 as long
// as nothing was sent.
func (s *sa) request(r SARequest) *quick {
	s.e.emit(NodeSet{})
	q := s.newQuick(s.newMessageID(), Initiator)
	q.request, q.spi = r, r.SPI
	q.enter()
	return q
}

// DeleteNotify is key-engine message 3: inbound SAs are gone, the peer is to
// be told.
func (e *Engine) DeleteNotify(r DeleteRequest) {
	if e.off {
		return
	}
	e.emit(KeyMessage{Type: KMDelete, Count: 1})
	if s := e.newest(r.Local, r.Remote, r.RemotePort, (*sa).complete); s != nil {
		s.sendDelete(r)
		return
	}
	s := e.newest(r.Local, r.Remote, r.RemotePort, func(s *sa) bool { return !s.deleted })
	wanted := s != nil && s.proved
	if r.Stray && e.env.Config.InvalidSPIRecovery {
		s = e.newest(r.Local, r.Remote, r.RemotePort, (*sa).budding)
		if s == nil && r.RemotePort == nattPort { // which it goes to from 500
			s = e.newest(r.Local, r.Remote, ikePort, (*sa).budding)
		}
		if s == nil {
			s = e.contact(r.Local, r.Remote, r.RemotePort)
		}
		wanted = s != nil
	}
	if wanted {
		s.deleteLater(r)
		return
	}
	for _, spi := range r.SPIs {
		e.emit(DeleteIgnored{Local: r.Local, Remote: r.Remote, SPI: spi, NoSA: s == nil})
	}
}

// deleteLater keeps a delete for the end of phase 1.
func (s *sa) deleteLater(r DeleteRequest) {
	again := slices.ContainsFunc(s.deletes, func(d DeleteRequest) bool { return slices.Equal(d.SPIs, r.SPIs) })
	if !again && len(s.deletes) < maxRequests {
		s.deletes = append(s.deletes, r)
	}
}

func (s *sa) sendDelete(r DeleteRequest) {
	for spis := r.SPIs; len(spis) > 0; {
		d := wire.Delete{Protocol: r.Protocol}
		for len(spis) > 0 && len(d.SPIs) < wire.MaxSPIs {
			d.SPIs = append(d.SPIs, binary.BigEndian.AppendUint32(nil, spis[0]))
			spis = spis[1:]
		}
		s.inform(wire.DeletePay, wire.AppendDelete(nil, d), nil)
		s.transition(FromIPsec, InputPhase2Del, s.state)
	}
}
