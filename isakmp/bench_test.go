package isakmp_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// bench measures tunnels between two deaf engines: the time that each spends in
// its own code, nothing of the network's and the clock's.
type bench struct {
	*world
	mail  []letter
	spent map[*router]time.Duration
}

type letter struct {
	to      *router
	from    netip.AddrPort
	message []byte
}

func newBench(b *testing.B, group, pfs int) *bench {
	m := &bench{world: newWorld(b), spent: map[*router]time.Duration{}}
	for _, r := range m.all {
		r.policy(func(p *isakmp.Policy) { p.Group, p.Encryption, p.KeyBits = group, isakmp.AES, 128 })
		r.ipsec.flows[0].pfs = pfs
		r.engine = isakmp.New(isakmp.Env{
			Clock: r, Rand: &stream{seed: r.name}, IPsec: r.ipsec, Config: r.config,
			Send: func(_, remote netip.AddrPort, message []byte) {
				m.mail = append(m.mail, letter{m.listening(remote), r.addr, message})
			},
		})
	}
	return m
}

// timed runs f as r's.
func (m *bench) timed(r *router, f func()) {
	began := time.Now()
	f()
	m.spent[r] += time.Since(began)
}

// deliver carries messages to and fro until nobody has anything to say.
func (m *bench) deliver() {
	for len(m.mail) > 0 {
		l := m.mail[0]
		m.mail = m.mail[1:]
		m.timed(l.to, func() { l.to.engine.Input(l.to.addr, l.from, l.message) })
	}
}

// forget leaves both ends as they were before they met; it counts for nobody.
func (m *bench) forget() {
	spent := m.spent
	m.spent = map[*router]time.Duration{}
	for _, r := range m.all {
		for _, spi := range r.ipsec.order {
			r.ipsec.drop(spi)
		}
		r.ipsec.order = nil
		r.engine.ClearAll()
	}
	m.deliver()
	m.run(10 * time.Minute)
	m.spent = spent
}

// BenchmarkExchange brings up a tunnel, main mode and quick mode, per
// operation, and reports what one core does in a second at either end.
func BenchmarkExchange(b *testing.B) {
	for _, group := range []int{2, 5, 14} {
		for _, pfs := range []int{0, group} {
			name := fmt.Sprintf("group%d", group)
			if pfs != 0 {
				name += "/pfs"
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				m := newBench(b, group, pfs)
				for b.Loop() {
					m.timed(m.a, func() { m.a.want() })
					m.deliver()
					if !m.up() {
						b.Fatal("no tunnel")
					}
					m.forget()
				}
				b.ReportMetric(float64(b.N)/m.spent[m.a].Seconds(), "initiator/s")
				b.ReportMetric(float64(b.N)/m.spent[m.b].Seconds(), "responder/s")
				b.ReportMetric(0, "ns/op") // it has both ends in it, and the way back
			})
		}
	}
}
