package isakmp

// Keying is the key of a phase 1 SA's cipher and the cookie by which its messages
// are known, for a lab's key files. No other key material leaves the engine.
type Keying struct {
	InitiatorCookie [8]byte
	CipherKey       []byte
}

// Keyings are those of the SAs that there are.
func (e *Engine) Keyings() []Keying {
	var list []Keying
	for _, s := range e.sas {
		if s.keys != nil {
			list = append(list, s.keying())
		}
	}
	return list
}

func (s *sa) keying() Keying {
	return Keying{InitiatorCookie: s.cookieI, CipherKey: s.keys.CipherKey()}
}

func (s *sa) tellKeying() {
	if s.e.env.Keyed != nil {
		s.e.env.Keyed(s.keying())
	}
}
