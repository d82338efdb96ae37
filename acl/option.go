package acl

// Option is a small number that may be absent; the zero value is absent.
type Option uint16

// Some is the option that holds v.
func Some(v uint8) Option { return Option(v) + 1 }

// Get returns the number and whether there is one.
func (o Option) Get() (v uint8, ok bool) { return uint8(o - 1), o != 0 }

// allows reports whether v is what the option asks for.
func (o Option) allows(v uint8) bool { return o == 0 || o == Some(v) }
