package fastpath

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestVolume has SAs of 2560 kilobytes renewed by traffic that passes beside the loop:
// the loop is told in time, and no packet is lost.
func TestVolume(t *testing.T) {
	configs := gatewaysOf("esp-aes esp-sha-hmac")
	for n := range configs {
		configs[n] = strings.Replace(configs[n], "crypto map", "crypto ipsec security-association lifetime kilobytes 2560\ncrypto map", 1)
	}
	w := tunnel(t, configs, true)
	a, b := w.gateways[0], w.gateways[1]
	spi := func() string { return a.do("show crypto ipsec sa | include outbound|spi") }
	before := spi()
	const batches, batch = 150, 16 // 3.3 megabytes
	var frames [][]byte
	for n := range batch {
		frames = append(frames, a.numbered(n, 1400))
	}
	punted := a.punted
	for range batches {
		a.feed(inside, frames...)
		w.run(10 * time.Millisecond)
	}
	if got := len(b.sent[inside]); got != batches*batch {
		t.Errorf("%d packets of %d came out", got, batches*batch)
	}
	if after := spi(); after == before {
		t.Errorf("the SAs were not renewed:\n%s", after)
	}
	if n := a.punted - punted; n > 2*batch {
		t.Errorf("%d packets went by the loop", n)
	}
}

// TestGone has SAs go between the decision and the cipher's work: what was on its way is
// lost, and counted as come in and as a send error.
func TestGone(t *testing.T) {
	w := tunnel(t, gatewaysOf("esp-aes esp-sha-hmac"), true)
	a := w.gateways[0]
	arrived := func() uint64 { return a.ports[inside].Interface().Counters().InPackets }
	before := arrived()
	a.do("clear crypto sa counters")
	worker := a.workers[inside]
	worker.sizes[0] = copy(worker.bufs[0][readAt:], a.numbered(1, 400))
	worker.decide(1)
	a.do("clear crypto sa")
	sent := len(a.sent[outside])
	worker.crypt()
	worker.settle(func(bufs [][]byte, sizes []int) { t.Errorf("%d frames for the loop", len(bufs)) })
	if len(a.sent[outside]) != sent || arrived() != before+1 {
		t.Errorf("%d frames left, %d arrived", len(a.sent[outside])-sent, arrived()-before)
	}
	if errors := a.do("show crypto ipsec sa | include send errors"); !strings.Contains(errors, "#send errors 1,") {
		t.Errorf("counted as %s", errors)
	}
}

// TestVolumeEndsToThePacket: SAs of 2560 kilobytes which are not renewed in time carry no
// packet beyond their end, though it lies within a batch.
func TestVolumeEndsToThePacket(t *testing.T) {
	configs := gatewaysOf("esp-aes esp-sha-hmac")
	for n := range configs {
		configs[n] = strings.Replace(configs[n], "crypto map", "crypto ipsec security-association lifetime kilobytes 2560\ncrypto map", 1)
	}
	w := tunnel(t, configs, true)
	a := w.gateways[0]
	const size, batch = 1400, 60
	const first = 100 // bytes that have passed
	allowed := (2560*1024 - first + size - 1) / size
	var frames [][]byte
	for n := range batch {
		frames = append(frames, a.numbered(n, size))
	}
	for n := 0; n < allowed+2*batch; n += batch { // the clock stands still: no SA is made
		a.feed(inside, frames...)
	}
	sealed := 0
	for _, f := range a.sent[outside] {
		if p := packet.IPv4(packet.Ethernet(f).Payload()); p.Protocol() == packet.ProtoESP {
			sealed++
		}
	}
	if sealed != allowed {
		t.Errorf("%d packets were sealed, of %d that there is volume for", sealed, allowed)
	}
}
