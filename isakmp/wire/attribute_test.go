package wire

import (
	"bytes"
	"testing"
)

func TestNumber(t *testing.T) {
	tests := []struct {
		value uint32
		basic bool
		wire  []byte
	}{
		{3600, true, []byte{0x80, 2, 0x0e, 0x10}},
		{65535, true, []byte{0x80, 2, 0xff, 0xff}},
		{65536, false, []byte{0, 2, 0, 4, 0, 1, 0, 0}},
		{4608000, false, []byte{0, 2, 0, 4, 0, 0x46, 0x50, 0}},
	}
	for _, tt := range tests {
		a := Number(AttrSALife, tt.value)
		if b := AppendAttributes(nil, []Attribute{a}); a.Basic != tt.basic || !bytes.Equal(b, tt.wire) {
			t.Errorf("%d: %x", tt.value, b)
		}
		if a.Uint() != tt.value {
			t.Errorf("%d read as %d", tt.value, a.Uint())
		}
	}
	if v := (Attribute{Bytes: []byte{1, 0, 0, 0, 0}}).Uint(); v != 0xffffffff {
		t.Errorf("a number too large: %d", v)
	}
	if v := (Attribute{Bytes: []byte{0, 0, 0, 0, 7}}).Uint(); v != 7 {
		t.Errorf("leading zeros: %d", v)
	}
	if v := (Attribute{}).Uint(); v != 0 {
		t.Errorf("nothing: %d", v)
	}
}

func FuzzAttributes(f *testing.F) {
	f.Add(AppendAttributes(nil, []Attribute{Basic(1, 2), Number(3, 1<<20)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := ParseAttributes(b)
		if err != nil {
			return
		}
		if again := AppendAttributes(nil, list); !bytes.Equal(again, b) {
			t.Errorf("%x became %x", b, again)
		}
	})
}
