//go:build linux

package interop

import (
	"bytes"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/judges/netlab"
)

var (
	ourEnd   = netip.MustParseAddr("192.0.2.1")
	theirEnd = netip.MustParseAddr("192.0.2.2")
)

// transforms is every pairing that a transform set can have.
func transforms() []esp.Transform {
	var list []esp.Transform
	for _, c := range []esp.Transform{
		{Cipher: esp.DES}, {Cipher: esp.TripleDES},
		{Cipher: esp.AES, KeyBits: 128}, {Cipher: esp.AES, KeyBits: 192}, {Cipher: esp.AES, KeyBits: 256},
		{Cipher: esp.Null},
	} {
		for _, a := range []esp.Auth{esp.NoAuth, esp.MD5, esp.SHA1, esp.SHA256, esp.SHA384, esp.SHA512} {
			c.Auth = a
			if c.Valid() {
				list = append(list, c)
			}
		}
	}
	return list
}

// payloads are the lengths of what the inner packets carry: every length for one
// transform of each block size, and for the others both ends of the range, with
// every remainder of a block.
func payloads(tr esp.Transform, e esp.Encap) []int {
	every := !e.On() && tr.Auth == esp.SHA1 &&
		(tr.Cipher == esp.TripleDES || tr.Cipher == esp.AES && tr.KeyBits == 128 || tr.Cipher == esp.Null)
	var list []int
	for n := range 1501 {
		if every || n < 34 || n > 1500-34 || n%97 == 0 {
			list = append(list, n)
		}
	}
	return list
}

// inner makes a packet with that much payload.
func inner(rnd *rand.Rand, n int) packet.IPv4 {
	p := packet.IPv4(make([]byte, packet.MinIPv4Header+n))
	p[0], p[8], p[9] = 0x45, 64, 253 // protocol 253 is for experiments (RFC 3692)
	p[1] = byte(rnd.Uint32()) &^ 3
	p[2], p[3] = byte(len(p)>>8), byte(len(p))
	copy(p[12:], []byte{10, 1, 0, 1, 10, 2, 0, 1})
	for i := range n {
		p[packet.MinIPv4Header+i] = byte(rnd.Uint32())
	}
	p.UpdateChecksum()
	return p
}

func randomBytes(rnd *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
	return b
}

// TestScapy: every packet that we seal is opened by scapy, and the other way
// about, for every transform.
func TestScapy(t *testing.T) {
	netlab.Root(t)
	t.Parallel()
	j := newJudge(t)
	for _, tr := range transforms() {
		t.Run(tr.ConfigText(), func(t *testing.T) { exchangeWithScapy(t, j, tr, esp.Encap{}) })
		t.Run(tr.ConfigText()+" in UDP", func(t *testing.T) { exchangeWithScapy(t, j, tr, esp.Encap{Local: 4500, Remote: 61234}) })
	}
}

func exchangeWithScapy(t *testing.T, j *judge, tr esp.Transform, encap esp.Encap) {
	rnd := rand.New(rand.NewPCG(1, 2))
	cipherLen, authLen := tr.KeyLengths()
	params := esp.Params{
		SPI: 0x1000 + rnd.Uint32N(1<<31), Local: ourEnd, Remote: theirEnd, Transform: tr, Encap: encap,
		Keys: esp.Keys{Cipher: randomBytes(rnd, cipherLen), Auth: randomBytes(rnd, authLen)},
		Rand: bytes.NewReader(randomBytes(rnd, 64)),
	}
	out, err := esp.NewOutbound(params)
	if err != nil {
		t.Fatal(err)
	}
	in, err := esp.NewInbound(params)
	if err != nil {
		t.Fatal(err)
	}
	var clear, sealed [][]byte
	for _, n := range payloads(tr, encap) {
		packet := inner(rnd, n)
		s, err := out.Seal(nil, packet)
		if err != nil {
			t.Fatalf("payload of %d: %v", n, err)
		}
		clear, sealed = append(clear, packet), append(sealed, s)
	}

	if err := j.use(params, ourEnd, theirEnd, encap.Local, encap.Remote); err != nil {
		t.Fatal(err)
	}
	opened, err := j.open(sealed)
	if err != nil {
		t.Fatalf("scapy cannot open what we sealed: %v", err)
	}
	same(t, "sealed by us, opened by scapy", opened, clear)

	if err := j.use(params, theirEnd, ourEnd, encap.Remote, encap.Local); err != nil {
		t.Fatal(err)
	}
	theirs, err := j.seal(clear)
	if err != nil {
		t.Fatalf("scapy: %v", err)
	}
	opened = nil
	for i, b := range theirs {
		p, err := in.Open(nil, packet.IPv4(b))
		if err != nil {
			t.Fatalf("sealed by scapy, %d bytes inside: %v", len(clear[i]), err)
		}
		opened = append(opened, p)
	}
	same(t, "sealed by scapy, opened by us", opened, clear)
}

func same(t *testing.T, what string, got, want [][]byte) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d packets of %d", what, len(got), len(want))
	}
	for i := range got {
		if !bytes.Equal(got[i], want[i]) {
			t.Fatalf("%s, %d bytes:\n got %x\nwant %x", what, len(want[i]), got[i], want[i])
		}
	}
}
