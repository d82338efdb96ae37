package wire

import (
	"bytes"
	"reflect"
	"testing"
)

func TestOpaque(t *testing.T) {
	tests := []struct {
		name      string
		parse     func([]byte) ([]byte, error)
		low, high int
	}{
		{"KE", ParseKE, 1, MaxKeyValue},
		{"nonce", ParseNonce, MinNonce, MaxNonce},
		{"hash", ParseHash, MinHash, MaxHash},
	}
	for _, tt := range tests {
		for _, n := range []int{0, tt.low - 1, tt.low, tt.high, tt.high + 1} {
			b, err := tt.parse(make([]byte, n))
			if ok := n >= tt.low && n <= tt.high; (err == nil) != ok || ok && len(b) != n {
				t.Errorf("%s of %d octets: %v", tt.name, n, err)
			}
		}
	}
}

func TestID(t *testing.T) {
	host := ID{Type: IDIPv4Addr, Protocol: 17, Port: 500, Data: []byte{12, 12, 12, 1}}
	b := AppendID(nil, host)
	if want := []byte{1, 17, 1, 0xf4, 12, 12, 12, 1}; !bytes.Equal(b, want) {
		t.Errorf("%x", b)
	}
	if got, err := ParseID(b); err != nil || !reflect.DeepEqual(got, host) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, bad := range map[string][]byte{
		"empty":                   {},
		"three octets":            {1, 17, 1},
		"address of three octets": b[:7],
		"address of five":         append(bytes.Clone(b), 0),
		"subnet of four":          {4, 0, 0, 0, 1, 2, 3, 4},
		"a name without end":      make([]byte, 4+MaxIdentity+1),
	} {
		if _, err := ParseID(bad); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestNotify(t *testing.T) {
	n := Notify{Protocol: 3, Type: NotifyNoProposalChosen, SPI: []byte{1, 2, 3, 4}, Data: []byte("why")}
	b := AppendNotify(nil, n)
	if got, err := ParseNotify(b); err != nil || !reflect.DeepEqual(got, n) {
		t.Errorf("%+v, %v", got, err)
	}
	for i := range 12 {
		if _, err := ParseNotify(b[:i]); err == nil {
			t.Errorf("%d octets: accepted", i)
		}
	}
	b[5] = MaxSPI + 1
	if _, err := ParseNotify(append(b, make([]byte, 100)...)); err == nil {
		t.Error("an SPI without end: accepted")
	}
}

func TestDelete(t *testing.T) {
	d := Delete{Protocol: 3, SPIs: [][]byte{{1, 2, 3, 4}, {5, 6, 7, 8}}}
	b := AppendDelete(nil, d)
	if got, err := ParseDelete(b); err != nil || !reflect.DeepEqual(got, d) {
		t.Errorf("%+v, %v", got, err)
	}
	for i := range b {
		if _, err := ParseDelete(b[:i]); err == nil {
			t.Errorf("%d octets: accepted", i)
		}
	}
	if _, err := ParseDelete(AppendDelete(nil, Delete{Protocol: 3})); err == nil {
		t.Error("of nothing: accepted")
	}
	many := Delete{Protocol: 3}
	for range MaxSPIs {
		many.SPIs = append(many.SPIs, []byte{1, 2, 3, 4})
	}
	if _, err := ParseDelete(AppendDelete(nil, many)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	many.SPIs = append(many.SPIs, []byte{1, 2, 3, 4})
	if _, err := ParseDelete(AppendDelete(nil, many)); err == nil {
		t.Error("beyond the limit: accepted")
	}
}

func FuzzID(f *testing.F) {
	f.Add([]byte{1, 17, 1, 0xf4, 12, 12, 12, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if id, err := ParseID(b); err == nil && !bytes.Equal(AppendID(nil, id), b) {
			t.Errorf("%x became %+v", b, id)
		}
	})
}

func FuzzNotify(f *testing.F) {
	f.Add(AppendNotify(nil, Notify{Protocol: 1, Type: NotifyInitialContact, SPI: make([]byte, 16)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := ParseNotify(b)
		if err != nil {
			return
		}
		if again := AppendNotify(nil, n); !bytes.Equal(again[4:], b[4:]) {
			t.Errorf("%x became %x", b, again)
		}
	})
}

func FuzzDelete(f *testing.F) {
	f.Add(AppendDelete(nil, Delete{Protocol: 3, SPIs: [][]byte{{1, 2, 3, 4}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := ParseDelete(b); err == nil && !bytes.Equal(AppendDelete(nil, d), b) {
			t.Errorf("%x became %+v", b, d)
		}
	})
}

// FuzzOpaque holds the payloads without a form to their bounds.
func FuzzOpaque(f *testing.F) {
	f.Add(make([]byte, 20))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, parse := range []func([]byte) ([]byte, error){ParseKE, ParseNonce, ParseHash} {
			if got, err := parse(b); err == nil && !bytes.Equal(got, b) {
				t.Errorf("%x became %x", b, got)
			}
		}
	})
}
