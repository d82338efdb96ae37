package esp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
)

func inbound(t *testing.T, spi uint32) *Inbound {
	t.Helper()
	_, in := pair(t, Transform{Cipher: DES, Auth: MD5}, func(p *Params) { p.SPI = spi })
	return in
}

func TestDatabase(t *testing.T) {
	var d Database
	if d.Find(there, 1) != nil || len(d.in) != 0 || d.Remove(inbound(t, 1)) {
		t.Error("the empty database is not empty")
	}
	a, b := inbound(t, 2000), inbound(t, 1000)
	for _, in := range []*Inbound{a, b} {
		if err := d.Add(in); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Add(inbound(t, 1000)); !errors.Is(err, ErrSPITaken) {
		t.Errorf("the same SPI again: %v", err)
	}
	if d.Find(there, 1000) != b || d.Find(here, 1000) != nil || d.Find(there, 3000) != nil {
		t.Error("Find")
	}
	if d.Remove(inbound(t, 1000)) {
		t.Error("removed another SA of that SPI")
	}
	if !d.Remove(b) || d.Remove(b) || d.Find(there, 1000) != nil {
		t.Error("Remove")
	}
	if !bytes.Equal(b.Keys().Cipher, make([]byte, 8)) {
		t.Error("the keys of a removed SA stand")
	}
}

func TestReserve(t *testing.T) {
	var d Database
	if err := d.Add(inbound(t, 700)); err != nil {
		t.Fatal(err)
	}
	var stream []byte
	for _, n := range []uint32{0, 255, 700, 256, 256, 257} {
		stream = binary.BigEndian.AppendUint32(stream, n)
	}
	r := bytes.NewReader(stream)
	for _, want := range []uint32{256, 257} { // reserved, taken and repeated ones are passed over
		if spi, err := d.Reserve(r); err != nil || spi != want {
			t.Errorf("%d, %v, want %d", spi, err, want)
		}
	}
	if _, err := d.Reserve(r); err == nil || len(d.reserved) != 2 {
		t.Errorf("end of random bytes: %v, %d reserved", err, len(d.reserved))
	}
	if _, err := d.Reserve(zeros{}); !errors.Is(err, ErrNoSPI) {
		t.Errorf("a broken source: %v", err)
	}
	d.Release(256)
	if err := d.Add(inbound(t, 257)); err != nil || len(d.reserved) != 0 {
		t.Errorf("%v, %d reserved", err, len(d.reserved))
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestCountersClear(t *testing.T) {
	var c Counters
	c.sealed(1, true)
	c.opened(1, true)
	for _, err := range []error{ErrReplay, ErrICV, ErrIdentity, ErrLength, ErrDummy} {
		c.refused(err)
	}
	if c.RecvErrors.Load() != 4 || c.Replays.Load() != 1 || c.BadICVs.Load() != 1 || c.BadIdentities.Load() != 1 || c.Malformed.Load() != 1 {
		t.Errorf("%+v", &c)
	}
	c.Clear()
	if c.Encaps.Load()|c.Encrypt.Load()|c.Digest.Load()|c.Decaps.Load()|c.Decrypt.Load()|c.Verify.Load()|
		c.RecvErrors.Load()|c.Replays.Load()|c.BadICVs.Load()|c.BadIdentities.Load()|c.Malformed.Load() != 0 {
		t.Errorf("%+v", &c)
	}
}
