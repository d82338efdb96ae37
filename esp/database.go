package esp

import (
	"encoding/binary"
	"errors"
	"io"
	"net/netip"
)

// Errors of the database.
var (
	ErrSPITaken = errors.New("esp: SPI is in use")
	ErrNoSPI    = errors.New("esp: no free SPI found")
)

// firstSPI is the lowest SPI that is not reserved (RFC 4303 §2.1).
const firstSPI = 256

// Database holds a router's inbound SAs by destination and SPI, and the SPIs
// handed to negotiations that have not ended. The zero value is empty.
// Outbound SAs are held by the crypto map entries that use them.
type Database struct {
	in       map[inboundKey]*Inbound
	reserved map[uint32]bool
}

type inboundKey struct {
	dst netip.Addr
	spi uint32
}

// Reserve draws an SPI that no SA and no other negotiation has.
func (d *Database) Reserve(rand io.Reader) (uint32, error) {
	if d.reserved == nil {
		d.reserved = make(map[uint32]bool)
	}
	for range 64 { // a free one is all but certain at once; a broken source must not hang us
		var b [4]byte
		if _, err := io.ReadFull(rand, b[:]); err != nil {
			return 0, err
		}
		spi := binary.BigEndian.Uint32(b[:])
		if spi >= firstSPI && !d.taken(spi) {
			d.reserved[spi] = true
			return spi, nil
		}
	}
	return 0, ErrNoSPI
}

func (d *Database) taken(spi uint32) bool {
	if d.reserved[spi] {
		return true
	}
	for k := range d.in {
		if k.spi == spi {
			return true
		}
	}
	return false
}

// Release gives up a reserved SPI.
func (d *Database) Release(spi uint32) { delete(d.reserved, spi) }

// Add takes in an SA; its SPI is no longer reserved.
func (d *Database) Add(in *Inbound) error {
	k := inboundKey{in.Local(), in.SPI()}
	if d.in[k] != nil {
		return ErrSPITaken
	}
	if d.in == nil {
		d.in = make(map[inboundKey]*Inbound)
	}
	d.in[k] = in
	d.Release(k.spi)
	return nil
}

// Find returns the SA that a packet asks for, nil where there is none.
func (d *Database) Find(dst netip.Addr, spi uint32) *Inbound {
	return d.in[inboundKey{dst, spi}]
}

// Remove takes an SA out, clears its keys, and reports whether it was there.
func (d *Database) Remove(in *Inbound) bool {
	k := inboundKey{in.Local(), in.SPI()}
	if d.in[k] != in {
		return false
	}
	delete(d.in, k)
	in.Zero()
	return true
}
