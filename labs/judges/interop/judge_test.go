//go:build linux

package interop

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ioslab/ioslab/esp"
)

// A judge is scapy's IPsec layer in a process of its own.
type judge struct {
	in  *json.Encoder
	out *bufio.Reader
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	// Debian's python3-scapy is for Debian's interpreter, which need not be the
	// first one in the path.
	c := exec.Command("/usr/bin/python3", filepath.Join("testdata", "esp_judge.py"))
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := c.Wait(); err != nil {
			t.Errorf("scapy: %v", err)
		}
	})
	return &judge{json.NewEncoder(in), bufio.NewReaderSize(out, 1<<16)}
}

type judgement struct {
	Do      string   `json:"do"`
	Packets []string `json:"packets"`
	First   int      `json:"first,omitempty"`
}

func (j *judge) order(o any) ([][]byte, error) {
	if err := j.in.Encode(o); err != nil {
		return nil, err
	}
	line, err := j.out.ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	var a struct {
		Error   string
		Packets []string
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return nil, err
	}
	if a.Error != "" {
		return nil, errors.New(a.Error)
	}
	var list [][]byte
	for _, p := range a.Packets {
		b, err := hex.DecodeString(p)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

// use gives scapy the SA, for the packets from src to dst.
func (j *judge) use(p esp.Params, src, dst netip.Addr, srcPort, dstPort uint16) error {
	ciphers := map[esp.Cipher]string{esp.DES: "DES", esp.TripleDES: "3DES", esp.AES: "AES-CBC", esp.Null: "NULL"}
	auths := map[esp.Auth]string{
		esp.NoAuth: "NULL", esp.MD5: "HMAC-MD5-96", esp.SHA1: "HMAC-SHA1-96",
		esp.SHA256: "SHA2-256-128", esp.SHA384: "SHA2-384-192", esp.SHA512: "SHA2-512-256",
	}
	_, err := j.order(map[string]any{
		"do": "sa", "spi": p.SPI,
		"cipher": ciphers[p.Transform.Cipher], "cipherKey": hex.EncodeToString(p.Keys.Cipher),
		"auth": auths[p.Transform.Auth], "authKey": hex.EncodeToString(p.Keys.Auth),
		"src": src, "dst": dst, "sport": srcPort, "dport": dstPort,
	})
	return err
}

func (j *judge) open(packets [][]byte) ([][]byte, error) {
	return j.order(judgement{Do: "open", Packets: inHex(packets)})
}

func (j *judge) seal(packets [][]byte) ([][]byte, error) { return j.sealFrom(1, packets) }

// sealFrom seals packets with sequence numbers from first on.
func (j *judge) sealFrom(first int, packets [][]byte) ([][]byte, error) {
	return j.order(judgement{Do: "seal", Packets: inHex(packets), First: first})
}

func inHex(packets [][]byte) []string {
	var list []string
	for _, p := range packets {
		list = append(list, hex.EncodeToString(p))
	}
	return list
}
