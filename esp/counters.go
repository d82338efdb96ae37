package esp

import (
	"errors"
	"sync/atomic"
)

// Counters are those of a flow, which `show crypto ipsec sa` prints. They may
// be read and written from anywhere.
type Counters struct {
	Encaps, Encrypt, Digest atomic.Uint64
	Decaps, Decrypt, Verify atomic.Uint64
	SendErrors, RecvErrors  atomic.Uint64

	// What the receive errors were.
	Replays, BadICVs, BadIdentities, Malformed atomic.Uint64
}

func (c *Counters) sealed(n uint64, authentic bool) {
	c.Encaps.Add(n)
	c.Encrypt.Add(n)
	if authentic {
		c.Digest.Add(n)
	}
}

func (c *Counters) opened(n uint64, authentic bool) {
	c.Decaps.Add(n)
	c.Decrypt.Add(n)
	if authentic {
		c.Verify.Add(n)
	}
}

// refused counts an error of Open. Dummy packets are not errors, and packets that come
// after the end of an SA are to none of this flow.
func (c *Counters) refused(err error) {
	if errors.Is(err, ErrDummy) || errors.Is(err, ErrVolume) {
		return
	}
	c.RecvErrors.Add(1)
	switch {
	case errors.Is(err, ErrReplay):
		c.Replays.Add(1)
	case errors.Is(err, ErrICV):
		c.BadICVs.Add(1)
	case errors.Is(err, ErrIdentity):
		c.BadIdentities.Add(1)
	default:
		c.Malformed.Add(1)
	}
}

// Clear sets all to zero (`clear crypto sa counters`).
func (c *Counters) Clear() {
	for _, n := range []*atomic.Uint64{
		&c.Encaps, &c.Encrypt, &c.Digest, &c.Decaps, &c.Decrypt, &c.Verify, &c.SendErrors, &c.RecvErrors,
		&c.Replays, &c.BadICVs, &c.BadIdentities, &c.Malformed,
	} {
		n.Store(0)
	}
}
