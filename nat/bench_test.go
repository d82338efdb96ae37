package nat

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// sizes are how many translations there are meanwhile.
var sizes = []int{1_000, 1_000_000}

// conversationOf is the packet of a number: 64 conversations a host.
func conversationOf(i int) packet.IPv4 {
	return udp(uint32(i/64)+1, 1024+uint32(i%64)*512+uint32(i/64)%512)
}

// full is a NAT with so many translations by PAT.
func full(b *testing.B, entries int) *rig {
	b.Helper()
	r := newRig(b)
	r.quiet = true
	r.list("101", "permit ip 10.0.0.0 0.255.255.255 any")
	r.pool("P", "200.1.0.1", "200.1.0.254", 24)
	r.rule(Rule{List: "101", Pool: "P", Overload: true})
	for i := range entries {
		r.Outbound(conversationOf(i), Way{}).Apply()
	}
	if s := r.Statistics(); s.Dynamic != entries {
		b.Fatal(s)
	}
	return r
}

func BenchmarkMemory(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				r := full(b, n)
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "bytes/entry")
				runtime.KeepAlive(r)
			}
		})
	}
}

// BenchmarkLookup is what a worker does with a packet of a translation.
func BenchmarkLookup(b *testing.B) {
	for _, n := range sizes {
		r := full(b, n)
		v := r.Publish()
		packets, seen := make([]packet.IPv4, 1<<14), make([]acl.Packet, 1<<14)
		for i := range packets {
			packets[i] = conversationOf(i * 61 % n)
			seen[i] = acl.Examine(packets[i])
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				e, answer := v.Outbound(packets[i%len(packets)], &seen[i%len(packets)], Way{}, noHits{})
				if answer != Translate {
					b.Fatal(answer)
				}
				v.Touch(e)
			}
		})
	}
}

// BenchmarkCreate makes translations on top of those that are there.
func BenchmarkCreate(b *testing.B) {
	for _, n := range sizes {
		r := full(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for at := 0; at < b.N; {
				more := min(b.N-at, 40_000)
				b.StopTimer()
				packets := make([]packet.IPv4, more)
				for i := range packets {
					packets[i] = conversationOf(n + i)
				}
				b.StartTimer()
				for _, p := range packets {
					d := r.Outbound(p, Way{})
					if d.Verdict != Translated {
						b.Fatal(d.Reason)
					}
					d.Apply()
				}
				b.StopTimer()
				for _, p := range packets {
					r.delete(r.table.find(read(p).localKey()))
				}
				b.StartTimer()
				at += more
			}
		})
	}
}

// BenchmarkExpire is a translation whose time is over, with so many that stay.
func BenchmarkExpire(b *testing.B) {
	for _, n := range sizes {
		r := full(b, n)
		x := DefaultTimeouts()
		x.UDP = 100 * time.Hour
		r.SetTimeouts(x)
		for i := range n {
			r.table.find(read(conversationOf(i)).localKey()).lastUsed.Store(int64(r.now))
		}
		x.UDPPorts = map[uint16]time.Duration{1000: time.Second}
		r.SetTimeouts(x)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for at := 0; at < b.N; {
				more := min(b.N-at, 40_000)
				b.StopTimer()
				for i := range more {
					p := conversationOf(n + i)
					copy(p.Payload()[2:4], []byte{1000 >> 8, 1000 & 0xff}) // the destination port
					r.Outbound(p, Way{}).Apply()
				}
				b.StartTimer()
				r.wait(2 * time.Second)
				at += more
			}
			if s := r.Statistics(); s.Dynamic != n {
				b.Fatal(s)
			}
		})
	}
}

// BenchmarkRefused is a packet for which no port is free, beside one that finds its
// translation, both by the loop.
func BenchmarkRefused(b *testing.B) {
	r := newRig(b)
	r.quiet = true
	r.list("101", "permit ip 10.0.0.0 0.255.255.255 any")
	r.rule(Rule{List: "101", Interface: "Out", Overload: true})
	for i := 0; ; i++ {
		d := r.Outbound(udp(uint32(i/60_000)+1, 1024+uint32(i%60_000)), Way{})
		if d.Apply(); d.Verdict == Refused {
			break
		}
	}
	for name, p := range map[string]packet.IPv4{"found": udp(1, 2000), "refused": udp(77, 2000)} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				r.Outbound(p, Way{}).Apply()
			}
		})
	}
}
