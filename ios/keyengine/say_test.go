package keyengine

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/esp"
)

// Debugging shows a request once for each transform set, in the order of
// preference, with the SPI that any of them would have.
func TestRequestIsShownForEachTransformSet(t *testing.T) {
	w := newWorld(t)
	w.a.SetTransformSet(TransformSet{"STRONG", esp.Transform{Cipher: esp.AES, KeyBits: 256, Auth: esp.SHA1}})
	w.a.Config.Maps[0].Entries[0].TransformSets = []string{"STRONG", "TS"}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	want := []string{"transform= esp-aes 256 esp-sha-hmac  (Tunnel), ", "transform= esp-des esp-md5-hmac  (Tunnel), "}
	if len(w.a.said) != len(want) {
		t.Fatalf("%d records: %q", len(w.a.said), w.a.said)
	}
	spi := ""
	for i, s := range w.a.said {
		if !strings.HasPrefix(s, "IPSEC(sa_request): ,\n") || !strings.Contains(s, want[i]) {
			t.Errorf("record %d: %s", i, s)
		}
		_, rest, _ := strings.Cut(s, "spi= ")
		this, _, _ := strings.Cut(rest, ",")
		if spi != "" && this != spi {
			t.Errorf("SPI %s, then %s", spi, this)
		}
		spi = this
	}
}
