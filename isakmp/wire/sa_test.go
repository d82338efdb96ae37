package wire

import (
	"bytes"
	"encoding/hex"
	"errors"
	"reflect"
	"testing"
)

// phase1SA is an offer as a router of the reference trace sends it, by hand.
const phase1SA = "00000001" + "00000001" + // DOI, situation
	"0000002c" + "01010001" + // proposal 1, ISAKMP, one transform
	"00000024" + "01010000" + // transform 1, KEY_IKE
	"80010001" + "80020002" + "80040001" + "80030001" + // DES, SHA, group 1, pre-share
	"800b0001" + "000c0004" + "00015180" // seconds, 86400

func TestSA(t *testing.T) {
	raw, err := hex.DecodeString(phase1SA)
	if err != nil {
		t.Fatal(err)
	}
	sa, err := ParseSA(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := SA{Situation: IdentityOnly, Proposals: []Proposal{{
		Number: 1, Protocol: 1, SPI: []byte{}, Transforms: []Transform{{Number: 1, ID: TransformIKE, Attributes: []Attribute{
			Basic(AttrEncryption, 1), Basic(AttrHash, 2), Basic(AttrGroup, 1), Basic(AttrAuth, 1),
			Basic(AttrLifeType, LifeSeconds), Number(AttrLife, 86400),
		}}},
	}}}
	if !reflect.DeepEqual(sa, want) {
		t.Errorf("%+v", sa)
	}
	if again := AppendSA(nil, sa); !bytes.Equal(again, raw) {
		t.Errorf("%x", again)
	}
	for i := range raw {
		if _, err := ParseSA(raw[:i]); err == nil {
			t.Errorf("cut to %d octets it is accepted", i)
		}
	}
	if _, err := ParseSA(append(bytes.Clone(raw), 0)); !errors.Is(err, ErrMalformed) {
		t.Errorf("with a tail: %v", err)
	}
}

func TestSALimits(t *testing.T) {
	build := func(proposals, transforms, attributes, long int) []byte {
		var tr []Transform
		for i := range transforms {
			var list []Attribute
			for range attributes {
				list = append(list, Attribute{Type: 1, Bytes: make([]byte, long)})
			}
			tr = append(tr, Transform{Number: uint8(i), ID: 1, Attributes: list})
		}
		sa := SA{Situation: 1}
		for i := range proposals {
			sa.Proposals = append(sa.Proposals, Proposal{Number: uint8(i), Protocol: 3, SPI: make([]byte, 4), Transforms: tr})
		}
		return AppendSA(nil, sa)
	}
	tests := []struct {
		name                      string
		proposals, trans, attr, n int
		ok                        bool
	}{
		{"most proposals", MaxProposals, 1, 1, 1, true},
		{"more proposals", MaxProposals + 1, 1, 1, 1, false},
		{"most transforms", 1, MaxTransforms, 1, 1, true},
		{"more transforms", 1, MaxTransforms + 1, 1, 1, false},
		{"most attributes", 1, 1, MaxAttributes, 1, true},
		{"more attributes", 1, 1, MaxAttributes + 1, 1, false},
		{"longest attribute", 1, 1, 1, MaxAttribute, true},
		{"longer attribute", 1, 1, 1, MaxAttribute + 1, false},
		{"no transform", 1, 0, 0, 0, false},
		{"no proposal", 0, 0, 0, 0, false},
	}
	for _, tt := range tests {
		if _, err := ParseSA(build(tt.proposals, tt.trans, tt.attr, tt.n)); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestNextPayloads: a chain of proposals holds proposals, one of transforms
// transforms, as many as it says.
func TestNextPayloads(t *testing.T) {
	raw, _ := hex.DecodeString(phase1SA)
	for name, at := range map[string]int{"after the proposal": 8, "after the transform": 16, "number of transforms": 15, "SPI size": 14} {
		b := bytes.Clone(raw)
		b[at] += 5
		if _, err := ParseSA(b); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	two := AppendSA(nil, SA{Situation: 1, Proposals: []Proposal{{Transforms: []Transform{{}, {}}}}})
	sa, err := ParseSA(two)
	if err != nil || sa.Proposals[0].Transforms[0].Next != TransfType || sa.Proposals[0].Transforms[1].Next != None {
		t.Errorf("%+v, %v", sa, err)
	}
}

func FuzzSA(f *testing.F) {
	raw, _ := hex.DecodeString(phase1SA)
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		sa, err := ParseSA(b)
		if err != nil {
			return
		}
		again, err := ParseSA(AppendSA(nil, sa))
		if err != nil || !reflect.DeepEqual(sa, again) {
			t.Errorf("%+v became %+v, %v", sa, again, err)
		}
	})
}
