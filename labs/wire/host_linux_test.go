package wire

import (
	"errors"
	"fmt"
	"testing"
)

// TestEthWell: an interface is gone where the kernel says so, and not because it could
// not be asked.
func TestEthWell(t *testing.T) {
	e := &ethWire{index: 7}
	for _, c := range []struct {
		name      string
		link      hostLink
		err       error
		there, up bool
	}{
		{"up", hostLink{index: 7, carrier: true}, nil, true, true},
		{"no answer, it was up", hostLink{}, errors.New("too many open files"), true, true},
		{"without carrier", hostLink{index: 7}, nil, true, false},
		{"no answer, it was down", hostLink{}, errors.New("too many open files"), true, false},
		{"another of the same name", hostLink{index: 8, carrier: true}, nil, false, true},
		{"deleted", hostLink{}, fmt.Errorf("%w x", ErrNoInterface), false, false},
	} {
		if there, up := e.well(c.link, c.err); there != c.there || up != c.up {
			t.Errorf("%s: there %v, up %v", c.name, there, up)
		}
	}
}
