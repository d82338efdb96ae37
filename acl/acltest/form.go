// Package acltest makes long access lists and packets for them, for benchmarks and for
// what measures.
package acltest

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/acl"
)

// A Form is a way of writing long lists.
type Form struct {
	Name string
	// Hurts is set where the form is made to be slow: no list of the field looks like it.
	Hurts bool
	line  func(c chance, i int) string
}

// Forms are those that are measured.
var Forms = []Form{
	{Name: "mixed", line: chance.mixed},
	{Name: "nets to any", line: func(c chance, _ int) string {
		return "permit ip " + c.net(16, 20, 22, 23, 24, 24, 24, 24, 25, 26, 27, 28, 29, 30) + " any"
	}},
	{Name: "nets to nets", line: func(c chance, _ int) string {
		length := func() int { return 8 + c.IntN(23) }
		return "permit ip " + c.net(length()) + " " + c.net(length())
	}},
	{Name: "overlapping ranges of ports", Hurts: true, line: func(_ chance, i int) string {
		return fmt.Sprintf("deny tcp any any range %d %d", 1+i%250*4, 1990+i/250)
	}},
	{Name: "a mask for each entry", Hurts: true, line: func(_ chance, i int) string {
		return fmt.Sprintf("deny ip 10.0.0.0 %v any", address(uint32(i)<<1|1<<20))
	}},
	{Name: "nets one in another", Hurts: true, line: func(_ chance, i int) string {
		return fmt.Sprintf("deny ip %v %v dscp %d", around(i%33), around(i/33%33), 1+i/33/33%63)
	}},
}

// chance makes lines and packets.
type chance struct{ *rand.Rand }

func address(a uint32) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(a >> 24), byte(a >> 16), byte(a >> 8), byte(a)})
}

func value(a netip.Addr) uint32 {
	b := a.As4()
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// around is the net of the same address with so many bits open.
func around(open int) acl.Addresses {
	wildcard := uint32(1<<open - 1)
	return acl.Addresses{Addr: 0x0a0a0a0a &^ wildcard, Wildcard: wildcard}
}

// host is an address, half of them private ones.
func (c chance) host() uint32 {
	if c.IntN(2) == 0 {
		return []uint32{10 << 24, 172<<24 | 16<<16, 192<<24 | 168<<16}[c.IntN(3)] | c.Uint32()>>12
	}
	return uint32(11+c.IntN(200))<<24 | c.Uint32()>>8
}

// net is a network of one of the lengths.
func (c chance) net(lengths ...int) string {
	wildcard := uint32(1)<<(32-lengths[c.IntN(len(lengths))]) - 1
	return acl.Addresses{Addr: c.host() &^ wildcard, Wildcard: wildcard}.String()
}

// mixed is a line as the field writes them: hosts, nets, ports and any.
func (c chance) mixed(int) string {
	side := func() string {
		switch c.IntN(10) {
		case 0, 1, 2, 3:
			return "host " + address(c.host()).String()
		case 4, 5, 6:
			return c.net(8, 16, 16, 20, 22, 24, 24, 24, 24, 26, 28, 29, 30)
		}
		return "any"
	}
	src, dst := side(), side()
	if src == "any" && dst == "any" {
		dst = "host " + address(c.host()).String()
	}
	action := []string{"permit", "permit", "permit", "deny"}[c.IntN(4)]
	from, to := 1+c.IntN(1024), 1+c.IntN(60000)
	switch c.IntN(10) {
	case 0, 1:
		return fmt.Sprintf("%s ip %s %s", action, src, dst)
	case 2:
		return fmt.Sprintf("%s icmp %s %s", action, src, dst)
	case 3:
		return fmt.Sprintf("%s udp %s %s eq %d", action, src, dst, to)
	case 4:
		return fmt.Sprintf("%s tcp %s %s range %d %d", action, src, dst, to, to+c.IntN(5000))
	case 5:
		return fmt.Sprintf("%s tcp %s eq %d %s", action, src, from, dst)
	}
	return fmt.Sprintf("%s tcp %s %s eq %d", action, src, dst, from)
}

// List returns a list of n entries of the form, always the same.
func (f Form) List(n int) *acl.List {
	c := chance{rand.New(rand.NewPCG(5, uint64(n)))}
	l := acl.NewList("LONG", acl.Extended)
	for i := 0; len(l.Rules()) < n; i++ {
		for range n - len(l.Rules()) {
			e, err := acl.ParseEntry(strings.Fields(f.line(c, i)), acl.Extended)
			if err == nil {
				err = l.Add(e)
			}
			if err != nil {
				panic(err)
			}
			i++
		}
	}
	return l
}

// Packets returns n packets for a list: each is of an entry somewhere in it, but that
// every other one comes from elsewhere or goes to another port, and mostly meets none.
func Packets(l *acl.List, n int) []acl.Packet {
	c := chance{rand.New(rand.NewPCG(6, uint64(n)))}
	rules := l.Rules()
	packets := make([]acl.Packet, n)
	for i := range packets {
		r, p := rules[c.IntN(len(rules))], &packets[i]
		*p = acl.Packet{
			Protocol: r.Protocol, TOS: uint8(r.DSCP-1) << 2, Transport: true,
			Src:     address(r.Src.Addr | c.Uint32()&r.Src.Wildcard),
			Dst:     address(r.Dst.Addr | c.Uint32()&r.Dst.Wildcard),
			SrcPort: uint16(1024 + c.IntN(60000)), DstPort: uint16(1024 + c.IntN(60000)),
		}
		if p.Protocol == 0 {
			p.Protocol = 6
		}
		if i%2 == 1 {
			p.Src = address(value(p.Src) ^ c.Uint32()>>c.IntN(32))
			if r.DstPorts.Op == acl.PortRange {
				p.DstPort = r.DstPorts.Port[1] + uint16(c.IntN(8))
			}
			continue
		}
		if r.SrcPorts.Op != acl.NoPorts {
			p.SrcPort = r.SrcPorts.Port[0]
		}
		if r.DstPorts.Op != acl.NoPorts {
			p.DstPort = r.DstPorts.Port[0]
		}
	}
	return packets
}

// First compares one entry after another and returns the first that matches, nil where
// none does: the loop that an index is measured by.
func First(rules []*acl.Rule, p *acl.Packet) *acl.Rule {
	for _, r := range rules {
		if r.Matches(p) {
			return r
		}
	}
	return nil
}
