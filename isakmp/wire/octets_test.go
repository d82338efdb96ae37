package wire

import (
	"bytes"
	"encoding/hex"
	"errors"
	"reflect"
	"testing"
)

func octets(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestOctets reads and writes bodies whose fields all differ.
func TestOctets(t *testing.T) {
	for _, tt := range []struct {
		name, octets string
		parse        func([]byte) (any, error)
		write        func(any) []byte
		want         any
	}{
		{
			"subnet", "04110203" + "0a000000" + "ff000000",
			func(b []byte) (any, error) { return ParseID(b) },
			func(v any) []byte { return AppendID(nil, v.(ID)) },
			ID{Type: 4, Protocol: 17, Port: 0x0203, Data: []byte{10, 0, 0, 0, 255, 0, 0, 0}},
		},
		{
			"notification", "00000001" + "0304000e" + "01020304" + "aabb",
			func(b []byte) (any, error) { return ParseNotify(b) },
			func(v any) []byte { return AppendNotify(nil, v.(Notify)) },
			Notify{Protocol: 3, Type: 14, SPI: []byte{1, 2, 3, 4}, Data: []byte{0xaa, 0xbb}},
		},
		{
			"deletion of one", "00000001" + "03040001" + "01020304",
			func(b []byte) (any, error) { return ParseDelete(b) },
			func(v any) []byte { return AppendDelete(nil, v.(Delete)) },
			Delete{Protocol: 3, SPIs: [][]byte{{1, 2, 3, 4}}},
		},
		{
			"deletion of SPIs of one octet", "00000001" + "07010002" + "0809",
			func(b []byte) (any, error) { return ParseDelete(b) },
			func(v any) []byte { return AppendDelete(nil, v.(Delete)) },
			Delete{Protocol: 7, SPIs: [][]byte{{8}, {9}}},
		},
		{
			"SA", "00000001" + "00000001" + "00000018" + "05030401" + "0a0b0c0d" + "0000000c" + "06070000" + "80010001",
			func(b []byte) (any, error) { return ParseSA(b) },
			func(v any) []byte { return AppendSA(nil, v.(SA)) },
			SA{Situation: 1, Proposals: []Proposal{{
				Number: 5, Protocol: 3, SPI: []byte{10, 11, 12, 13},
				Transforms: []Transform{{Number: 6, ID: 7, Attributes: []Attribute{Basic(1, 1)}}},
			}}},
		},
		{
			"header", "0102030405060708" + "1112131415161718" + "05100501" + "21222324" + "0000001c",
			func(b []byte) (any, error) { return ParseHeader(b) },
			func(v any) []byte { return AppendHeader(nil, v.(Header)) },
			Header{
				CookieI: Cookie{1, 2, 3, 4, 5, 6, 7, 8}, CookieR: Cookie{0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18},
				Next: 5, Exchange: 5, Flags: 1, MessageID: 0x21222324, Length: 28,
			},
		},
	} {
		b := octets(t, tt.octets)
		got, err := tt.parse(b)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
		if again := tt.write(tt.want); !bytes.Equal(again, b) {
			t.Errorf("%s: written as %x", tt.name, again)
		}
		for i := range b {
			short := bytes.Clone(b[:i])[:i:i] // reading on would be seen
			if got, err := tt.parse(short); err == nil && !shorterIsFine(got) {
				t.Errorf("%s, its first %d octets: %+v", tt.name, i, got)
			}
		}
	}
}

// shorterIsFine reports whether a body ends in octets without a form.
func shorterIsFine(v any) bool {
	_, ok := v.(Notify)
	return ok
}

// TestRefused changes octets of good bodies.
func TestRefused(t *testing.T) {
	parseSA := func(b []byte) error { _, err := ParseSA(b); return err }
	parseID := func(b []byte) error { _, err := ParseID(b); return err }
	parseNotify := func(b []byte) error { _, err := ParseNotify(b); return err }
	parseDelete := func(b []byte) error { _, err := ParseDelete(b); return err }
	parseAttributes := func(b []byte) error { _, err := ParseAttributes(b); return err }
	for _, tt := range []struct {
		name, octets string
		parse        func([]byte) error
	}{
		{"SA of another DOI", "00000002" + "00000001" + "00000010" + "01030001" + "00000008" + "01030000", parseSA},
		{"SA of a DOI alone", "00000001" + "00000001", parseSA},
		{"proposal of three octets", "00000001" + "00000001" + "00000007" + "010300", parseSA},
		{"proposal without a transform", "00000001" + "00000001" + "00000008" + "01030000", parseSA},
		{"proposal whose SPI is not there", "00000001" + "00000001" + "00000008" + "01030401", parseSA},
		{"proposal whose SPI is cut", "00000001" + "00000001" + "0000000b" + "01030401" + "010203", parseSA},
		{"proposal that ends with its SPI", "00000001" + "00000001" + "0000000c" + "01030401" + "01020304", parseSA},
		{"proposal before what is none", "00000001" + "00000001" + "03000010" + "01030001" + "00000008" + "01030000" + "00000010" + "01030001" + "00000008" + "01030000", parseSA},
		{"proposals and more", "00000001" + "00000001" + "00000010" + "01030001" + "00000008" + "01030000" + "00", parseSA},
		{"transform of three octets", "00000001" + "00000001" + "0000000f" + "01030001" + "00000007" + "010300", parseSA},
		{"transform beyond its proposal", "00000001" + "00000001" + "00000010" + "01030001" + "00000009" + "01030000", parseSA},
		{"transform whose attribute is cut", "00000001" + "00000001" + "00000013" + "01030001" + "0000000b" + "01030000" + "800100", parseSA},
		{"transform before what is none", "00000001" + "00000001" + "00000018" + "01030002" + "02000008" + "01030000" + "00000008" + "02030000", parseSA},
		{"transforms more than stated", "00000001" + "00000001" + "00000018" + "01030001" + "03000008" + "01030000" + "00000008" + "02030000", parseSA},
		{"transforms fewer than stated", "00000001" + "00000001" + "00000010" + "01030002" + "00000008" + "01030000", parseSA},
		{"transforms and more", "00000001" + "00000001" + "00000011" + "01030001" + "00000008" + "01030000" + "00", parseSA},
		{"address of five octets", "01000000" + "0102030405", parseID},
		{"subnet of seven octets", "04000000" + "01020304050607", parseID},
		{"subnet of nine octets", "04000000" + "010203040506070809", parseID},
		{"notification of another DOI", "00000002" + "0300000e", parseNotify},
		{"notification whose SPI is cut", "00000001" + "0304000e" + "010203", parseNotify},
		{"deletion of another DOI", "00000002" + "03040001" + "01020304", parseDelete},
		{"deletion of the general DOI", "00000000" + "03040001" + "01020304", parseDelete},
		{"deletion of no SPI", "00000001" + "03040000", parseDelete},
		{"deletion of SPIs without length", "00000001" + "03000001", parseDelete},
		{"deletion and more", "00000001" + "03040001" + "0102030405", parseDelete},
		{"one octet of an attribute", "80", parseAttributes},
		{"half an attribute", "800100", parseAttributes},
		{"attribute that is not there", "00010001", parseAttributes},
		{"attribute that is cut", "00010004" + "010203", parseAttributes},
	} {
		b := octets(t, tt.octets)
		if err := tt.parse(b[:len(b):len(b)]); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestReservedWithinSA: the usual sign of a wrong key is told from other faults at
// each level.
func TestReservedWithinSA(t *testing.T) {
	for octetsOfSA, kind := range map[string]uint8{
		"00000001" + "00000001" + "00010010" + "01030001" + "00000008" + "01030000": ProposalType,
		"00000001" + "00000001" + "00000010" + "01030001" + "00010008" + "01030000": TransfType,
	} {
		var reserved *ReservedError
		if _, err := ParseSA(octets(t, octetsOfSA)); !errors.As(err, &reserved) || reserved.Type != kind {
			t.Errorf("%s: %v", octetsOfSA, err)
		}
	}
}

// TestAccepted are bodies at the edge of what is refused.
func TestAccepted(t *testing.T) {
	if n, err := ParseNotify(octets(t, "00000000"+"0104000e"+"01020304")); err != nil || n.Protocol != 1 || len(n.Data) != 0 {
		t.Errorf("notification of the general DOI: %+v, %v", n, err)
	}
	if id, err := ParseID(octets(t, "02000000")); err != nil || id.Type != IDFQDN || len(id.Data) != 0 {
		t.Errorf("identity without a name: %+v, %v", id, err)
	}
	if list, err := ParseAttributes(octets(t, "00010000")); err != nil || len(list) != 1 || list[0].Basic {
		t.Errorf("attribute without octets: %+v, %v", list, err)
	}
	if v := (Attribute{Bytes: octets(t, "ffffffff")}).Uint(); v != 0xffffffff {
		t.Errorf("the largest number: %x", v)
	}
	if v := (Attribute{Bytes: octets(t, "fffffffe")}).Uint(); v != 0xfffffffe {
		t.Errorf("the largest number but one: %x", v)
	}
	if b := AppendDelete(nil, Delete{Protocol: 3}); !bytes.Equal(b, octets(t, "00000001"+"03000000")) {
		t.Errorf("deletion of nothing: %x", b)
	}
}

func TestFlags(t *testing.T) {
	for flags, want := range map[uint8]bool{0: false, FlagEncrypted: true, FlagCommit: false, FlagAuthOnly: false, FlagCommit | FlagEncrypted: true} {
		if got := (Header{Flags: flags}).Encrypted(); got != want {
			t.Errorf("flags %d: encrypted %v", flags, got)
		}
	}
	if !(Cookie{}).IsZero() || (Cookie{7: 1}).IsZero() {
		t.Error("IsZero is wrong")
	}
	if b := AppendHeader(nil, Header{}); b[17] != 0x10 {
		t.Errorf("version %x", b[17])
	}
}

func TestFirst(t *testing.T) {
	if got := First(nil); got != None {
		t.Errorf("of nothing: %d", got)
	}
	if got := First([]Payload{{Type: Nonce}, {Type: HashPayload}}); got != Nonce {
		t.Errorf("got %d", got)
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"vpn.example.com":       "vpn.example.com",
		"a\x1b[2J\x00\x1fb":     "a.[2J..b",
		" ~":                    " ~",
		"\x7f\x80\xff":          "...",
		"r\u00e9seau (central)": "r..seau (central)",
	} {
		if got := Printable([]byte(text)); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
