package esp

// state is what one worker needs to seal or open packets of an SA: the cipher
// and the hash keep values of the packet in hand.
type state struct {
	cbc *cbc
	mac mac
	buf [ivKeyLength]byte
}

// take lends a state; one is made where all are in use, so that there are at
// last as many as workers. It fails once the SA is gone.
func (sa *SA) take(mode modeMaker) (*state, error) {
	sa.mu.Lock()
	defer sa.mu.Unlock()
	if sa.gone {
		return nil, ErrGone
	}
	if n := len(sa.spare); n > 0 {
		st := sa.spare[n-1]
		sa.spare = sa.spare[:n-1]
		return st, nil
	}
	c, err := newCBC(sa.p.Transform, sa.p.Keys.Cipher, mode)
	if err != nil {
		return nil, err
	}
	return &state{cbc: c, mac: newMAC(sa.p.Transform, sa.p.Keys.Auth)}, nil
}

// give takes a state back.
func (sa *SA) give(st *state) {
	sa.mu.Lock()
	defer sa.mu.Unlock()
	if sa.gone {
		st.erase()
	} else {
		sa.spare = append(sa.spare, st)
	}
}

// erase overwrites what the state has of the keys.
func (st *state) erase() {
	st.cbc.erase()
	st.mac.erase()
}
