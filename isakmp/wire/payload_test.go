package wire

import (
	"bytes"
	"errors"
	"testing"
)

func TestPayloads(t *testing.T) {
	list := []Payload{{Type: KeyExchange, Body: []byte("key")}, {Type: Nonce, Body: []byte("nonce")}, {Type: VendorID}}
	b := AppendPayloads(nil, list)
	got, err := ParsePayloads(KeyExchange, append(bytes.Clone(b), 0, 0, 0))
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, p := range got {
		if p.Type != list[i].Type || !bytes.Equal(p.Body, list[i].Body) {
			t.Errorf("payload %d: %+v", i, p)
		}
	}
	if got[0].Next != Nonce || got[2].Next != None || string(got[0].Rest[:3]) != "key" || len(got[0].Rest) <= 3 {
		t.Errorf("%+v", got)
	}
	if got, err := ParsePayloads(None, b); err != nil || got != nil {
		t.Errorf("no payloads: %v, %v", got, err)
	}
}

func TestPayloadsRefused(t *testing.T) {
	var reserved *ReservedError
	_, err := ParsePayloads(Identify, []byte{0, 1, 0, 4})
	if !errors.As(err, &reserved) || reserved.Type != Identify {
		t.Errorf("reserved: %v", err)
	}
	for name, b := range map[string][]byte{
		"nothing":      {},
		"half":         {0, 0, 0},
		"length 3":     {0, 0, 0, 3},
		"beyond":       {0, 0, 0, 5},
		"second ends":  {8, 0, 0, 4},
		"second short": {8, 0, 0, 4, 0, 0, 0},
	} {
		if _, err := ParsePayloads(Identify, b); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	full := make([]Payload, MaxPayloads)
	for i := range full {
		full[i].Type = VendorID
	}
	if _, err := ParsePayloads(VendorID, AppendPayloads(nil, full)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	full = append(full, Payload{Type: VendorID})
	if _, err := ParsePayloads(VendorID, AppendPayloads(nil, full)); !errors.Is(err, ErrTooMany) {
		t.Errorf("beyond the limit: %v", err)
	}
}

func FuzzPayloads(f *testing.F) {
	f.Add(uint8(4), AppendPayloads(nil, []Payload{{Type: 4, Body: []byte{1}}, {Type: 10, Body: []byte{2, 3}}}))
	f.Fuzz(func(t *testing.T, first uint8, b []byte) {
		list, err := ParsePayloads(first, b)
		if err != nil {
			return
		}
		again := AppendPayloads(nil, list)
		if !bytes.Equal(again, b[:len(again)]) {
			t.Errorf("%x became %x", b, again)
		}
	})
}

func TestMessage(t *testing.T) {
	b := AppendMessage([]byte("before"), Header{Exchange: ExchangeMain}, []Payload{{Type: Nonce, Body: []byte("12345678")}})
	h, err := ParseHeader(b[6:])
	if err != nil || h.Next != Nonce || h.Length != HeaderLen+12 {
		t.Errorf("%+v, %v", h, err)
	}
}
