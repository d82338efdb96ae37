package fastpath

import (
	"bytes"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// FuzzFrame has any frame come in on either wire: none does harm, and what is not taken
// goes to the loop as it came.
func FuzzFrame(f *testing.F) {
	w := tunnel(f, gatewaysOf("esp-aes esp-sha-hmac"), true)
	g := w.gateways[1]
	f.Add(true, g.numbered(1, 60))
	f.Add(true, g.numbered(1, 1500))
	w.gateways[0].feed(inside, w.gateways[0].numbered(1, 60))
	sealed := w.gateways[0].sent[outside][0]
	f.Add(false, sealed)
	f.Add(false, sealed[:14+packet.MinIPv4Header+packet.ESPHeader])
	f.Fuzz(func(t *testing.T, lan bool, frame []byte) {
		port := outside
		if lan {
			port = inside
		}
		k := g.workers[port]
		if len(frame) > stride-readAt {
			return
		}
		k.sizes[0] = copy(k.bufs[0][readAt:], frame)
		k.decide(1)
		k.crypt()
		k.settle(func(bufs [][]byte, sizes []int) {
			if got := k.bufs[0][readAt:][:sizes[0]]; !bytes.Equal(got, frame) {
				t.Errorf("% x became % x", frame, got)
			}
		})
		g.path.attend()
		g.sent = [2][][]byte{}
		w.gateways[0].sent = [2][][]byte{}
	})
}
