package wire

import (
	"bytes"
	"errors"
	"testing"
)

func TestHeader(t *testing.T) {
	h := Header{
		CookieI: Cookie{1, 2, 3}, CookieR: Cookie{4, 5}, Next: SAPayload, Exchange: ExchangeQuick,
		Flags: FlagEncrypted, MessageID: 0xdeadbeef, Length: HeaderLen,
	}
	b := AppendHeader(nil, h)
	if len(b) != HeaderLen {
		t.Fatalf("%d octets", len(b))
	}
	got, err := ParseHeader(b)
	if err != nil || got != h || !got.Encrypted() {
		t.Errorf("%+v, %v", got, err)
	}
	change := func(at int, to byte) []byte {
		c := bytes.Clone(b)
		c[at] = to
		return c
	}
	for name, tt := range map[string]struct {
		b    []byte
		want error
	}{
		"short":     {b[:27], ErrLength},
		"empty":     {nil, ErrLength},
		"longer":    {append(bytes.Clone(b), 0), ErrLength},
		"shorter":   {change(27, 29), ErrLength},
		"version 2": {change(17, 0x20), ErrVersion},
		"huge":      {make([]byte, MaxMessage+1), ErrLength},
	} {
		if _, err := ParseHeader(tt.b); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseHeader(change(17, 0x15)); err != nil {
		t.Errorf("a later minor version: %v", err)
	}
}

func FuzzHeader(f *testing.F) {
	f.Add(AppendHeader(nil, Header{Length: HeaderLen}))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := ParseHeader(b)
		if err != nil {
			return
		}
		again := AppendHeader(nil, h)
		again[17] = b[17] // the minor version is nobody's business
		if !bytes.Equal(again, b[:HeaderLen]) {
			t.Errorf("%x became %x", b[:HeaderLen], again)
		}
	})
}
