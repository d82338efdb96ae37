package fastpath

import (
	"fmt"
	"testing"
)

// gatewayText is a gateway with a list on each interface, routes, and a crypto map.
func gatewayText(n int, set string) string {
	own, other := lans[n]+".0", lans[1-n]+".0"
	return fmt.Sprintf(`hostname G%[1]d
crypto isakmp policy 1
 authentication pre-share
 group 2
crypto isakmp key k address 0.0.0.0 0.0.0.0
crypto ipsec transform-set T %[2]s
crypto map M 10 ipsec-isakmp
 set peer 12.12.12.%[3]d
 set transform-set T
 match address 110
interface FastEthernet0/0
 ip address %[4]s.1 255.255.255.0
 ip access-group 120 in
interface FastEthernet0/1
 ip address 12.12.12.%[5]d 255.255.255.0
 ip access-group 122 in
 crypto map M
ip route 0.0.0.0 0.0.0.0 12.12.12.%[3]d
ip route 30.0.0.0 255.0.0.0 %[4]s.7
access-list 110 permit ip %[6]s 0.0.0.255 %[7]s 0.0.0.255
access-list 120 deny tcp any any eq telnet
access-list 120 deny icmp any any redirect
access-list 120 permit ip %[6]s 0.0.0.255 any
access-list 122 permit esp any any
access-list 122 permit udp any any eq isakmp
end
`, n, set, 2-n, lans[n], 1+n, own, other)
}

// gatewaysOf are two such.
func gatewaysOf(set string) [2]string { return [2]string{gatewayText(0, set), gatewayText(1, set)} }

// BenchmarkPath takes packets from a wire to another through a router with access
// lists, routes and a crypto map, by the fast path and by the loop: encrypted by the
// first gateway and decrypted by the second, which are measured together.
func BenchmarkPath(b *testing.B) {
	for _, set := range []string{"esp-aes esp-sha-hmac", "esp-aes 256 esp-sha256-hmac", "esp-3des esp-sha-hmac", "esp-des esp-md5-hmac", "esp-null esp-sha-hmac"} {
		for _, size := range []int{64, 512, 1400} {
			b.Run(fmt.Sprintf("fast/%s/%d", set, size), func(b *testing.B) {
				const batch = 32
				run := bulk(b, tunnel(b, gatewaysOf(set), true), batch, size)
				perPacket(b, batch, size, run)
			})
			b.Run(fmt.Sprintf("loop/%s/%d", set, size), func(b *testing.B) {
				w := tunnel(b, gatewaysOf(set), false)
				frame, out := w.gateways[0].numbered(1, size), w.gateways[1]
				perPacket(b, 1, size, func() {
					w.gateways[0].feed(inside, frame)
					w.run(0)
					if len(out.sent[inside]) != 1 {
						b.Fatalf("%d packets came out", len(out.sent[inside]))
					}
					for _, g := range w.gateways {
						g.sent[inside], g.sent[outside] = g.sent[inside][:0], g.sent[outside][:0]
					}
				})
			})
		}
	}
}

// perPacket measures what run does for so many packets.
func perPacket(b *testing.B, batch, size int, run func()) {
	run()
	b.ReportAllocs()
	b.ResetTimer()
	n := 0
	for ; n < b.N; n += batch {
		run()
	}
	b.StopTimer()
	took := float64(b.Elapsed().Nanoseconds())
	b.ReportMetric(took/float64(n), "ns/packet")
	b.ReportMetric(float64(8*size*n)*1e3/took, "Mbit/s")
}
