package isakmp

import "github.com/ioslab/ioslab/isakmp/wire"

// driver conducts the exchanges of one type.
type driver struct {
	number  uint8  // its type on the wire (RFC 2408 §3.1)
	mode    Mode   // its name in the log
	request Input  // an SA is wanted: IKE_SA_REQ_MM; phase 1 only
	message Input  // a message came: IKE_MM_EXCH
	process Input  // it was worked on: IKE_PROCESS_MAIN_MODE; phase 1 only
	steps   []step // of phase 1
	// under is what an SA must be for the exchange to go on under it; nil in
	// phase 1, whose first message makes an SA.
	under func(*sa) bool
	// take takes a message of an SA that is known.
	take func(*sa, *driver, wire.Header, []byte)
	// refuse answers one that comes before under holds, without encryption, or
	// without a message ID.
	refuse func(*sa, *driver, wire.Header, []byte)
}

// drivers are those of the exchanges that there are, by their types.
func drivers() map[uint8]*driver {
	table := map[uint8]*driver{}
	for _, d := range []*driver{
		{
			number: wire.ExchangeMain, mode: ModeMain, steps: mainMode,
			request: InputSAReqMM, message: InputMMExch, process: InputProcessMainMode,
			take: (*sa).phase1,
		},
		{
			number: wire.ExchangeQuick, mode: ModeQuick, message: InputQMExch,
			under: (*sa).ready, take: (*sa).quickMode, refuse: (*sa).refuseQuick,
		},
		{
			number: wire.ExchangeInformational, mode: ModeInformational, message: InputInfoNotify,
			under: (*sa).complete, take: (*sa).informational, refuse: (*sa).refuseInformational,
		},
	} {
		table[d.number] = d
	}
	return table
}

// begins reports whether a first message of the exchange makes an SA.
func (d *driver) begins() bool { return d.under == nil }

// input hands a message of the SA to the exchange that it belongs to.
func (s *sa) input(h wire.Header, raw []byte) {
	d := s.e.drivers[h.Exchange]
	switch {
	case d == nil:
		s.e.otherExchange(s.from, h)
	case d.under != nil && !(h.Encrypted() && h.MessageID != 0 && d.under(s)):
		d.refuse(s, d, h, raw)
	default:
		d.take(s, d, h, raw)
	}
}

// stepFor finds the step that an SA in that state waits for.
func (d *driver) stepFor(role Role, state State) *step {
	for i := range d.steps {
		if d.steps[i].role == role && d.steps[i].waiting == state {
			return &d.steps[i]
		}
	}
	return nil
}
