//go:build linux

package interop

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// TestScapyOnTheWire: scapy opens what the program sends, by the keys that it
// writes for Wireshark, and answers in its peer's place.
func TestScapyOnTheWire(t *testing.T) {
	netlab.Root(t)
	t.Parallel()
	j := newJudge(t)
	s := usual
	s.espCipher, s.espHash = ciphers[3], hashes[2]
	c := s.gateway()
	p := newPair(t, c, c.mirrored())
	wire := newTap(t, p.left.space, "out")
	keys := t.TempDir()
	p.left.show("!lab keys " + keys)
	p.bothWays(t)
	payload := sizes(0, 1400-ipHeader-icmpHeader)
	echo(t, p.left.space, leftHost, rightHost, payload)

	sas := readKeys(t, filepath.Join(keys, "esp_sa"))
	frames := wire.frames(t, 500*time.Millisecond)
	if len(frames) < 2*len(payload) {
		t.Fatalf("%d packets of ESP on the wire, want %d at least", len(frames), 2*len(payload))
	}
	seen := map[int]int{} // how often each length was inside
	var toRight []byte
	for dst, sa := range sas {
		var packets [][]byte
		for _, f := range frames {
			if ip := packet.IPv4(f[etherHeader:]); ip.Dst() == dst {
				packets = append(packets, ip)
				if dst == p.right.address() {
					toRight = f
				}
			}
		}
		if err := j.use(sa, sa.Local, sa.Remote, 0, 0); err != nil {
			t.Fatal(err)
		}
		opened, err := j.open(packets)
		if err != nil {
			t.Fatalf("to %v: %v", dst, err)
		}
		for _, b := range opened {
			seen[len(b)]++
		}
	}
	for _, n := range payload {
		if seen[ipHeader+icmpHeader+n] < 2 {
			t.Errorf("echo and answer of %d bytes were not both on the wire", n)
		}
	}

	// In the left gateway's place.
	sa := sas[p.right.address()]
	request := echoRequest(netip.MustParseAddr(leftHost), netip.MustParseAddr(rightHost), []byte("made by somebody else"))
	if err := j.use(sa, sa.Local, sa.Remote, 0, 0); err != nil {
		t.Fatal(err)
	}
	sealed, err := j.sealFrom(1_000_000, [][]byte{request})
	if err != nil {
		t.Fatal(err)
	}
	wire.send(t, append(bytes.Clone(toRight[:etherHeader]), sealed[0]...))
	back := sas[p.left.address()]
	if err := j.use(back, back.Local, back.Remote, 0, 0); err != nil {
		t.Fatal(err)
	}
	for _, f := range wire.frames(t, time.Second) {
		if ip := packet.IPv4(f[etherHeader:]); ip.Dst() == p.left.address() {
			opened, err := j.open([][]byte{ip})
			if err != nil {
				t.Fatal(err)
			}
			if bytes.HasSuffix(opened[0], []byte("made by somebody else")) {
				return
			}
		}
	}
	t.Error("no answer to a packet that scapy has sealed")
}

func (g *gateway) address() netip.Addr { return netip.MustParseAddr(g.local) }

// echoRequest is a packet with an ICMP echo.
func echoRequest(src, dst netip.Addr, payload []byte) packet.IPv4 {
	icmp := append([]byte{8, 0, 0, 0, 0, 1, 0, 1}, payload...)
	sum := ^onesSum(icmp)
	icmp[2], icmp[3] = byte(sum>>8), byte(sum)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 64, Protocol: 1, Src: src, Dst: dst}, icmp)
}

// readKeys reads Wireshark's table of ESP SAs, by destination.
func readKeys(t testing.TB, file string) map[netip.Addr]esp.Params {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ciphers := map[string]esp.Transform{
		"DES-CBC [RFC2405]": {Cipher: esp.DES}, "TripleDES-CBC [RFC2451]": {Cipher: esp.TripleDES},
		"AES-CBC [RFC3602]": {Cipher: esp.AES}, "NULL": {Cipher: esp.Null},
	}
	auths := map[string]esp.Auth{
		"NULL": esp.NoAuth, "HMAC-MD5-96 [RFC2403]": esp.MD5, "HMAC-SHA-1-96 [RFC2404]": esp.SHA1,
		"HMAC-SHA-256-128 [RFC4868]": esp.SHA256,
	}
	list := map[netip.Addr]esp.Params{}
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, `"IPv4"`) {
			continue
		}
		f := strings.Split(strings.ReplaceAll(line, `"`, ""), ",")
		spi, err := strconv.ParseUint(f[3], 0, 32)
		if err != nil {
			t.Fatal(err)
		}
		tr, known := ciphers[f[4]]
		auth, knownAuth := auths[f[6]]
		if !known || !knownAuth {
			t.Fatalf("unknown transform in %s", line)
		}
		tr.Auth = auth
		sa := esp.Params{
			SPI: uint32(spi), Local: netip.MustParseAddr(f[1]), Remote: netip.MustParseAddr(f[2]), Transform: tr,
			Keys: esp.Keys{Cipher: unhex(t, f[5]), Auth: unhex(t, f[7])},
		}
		list[sa.Remote] = sa
	}
	if len(list) != 2 {
		t.Fatalf("keys of %d SAs, want 2:\n%s", len(list), text)
	}
	return list
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
