package forwarding

import "github.com/ioslab/ioslab/acl"

// A Tally counts what one worker has done, until it is told to the counters that
// all share: a batch of packets has few of them.
type Tally struct {
	ports    []portTally
	rules    []ruleTally
	tunnels  []tunnelTally
	inbounds []inboundTally
}

type portTally struct {
	ifc           *Interface
	in, inBytes   uint64
	out, outBytes uint64
}

type ruleTally struct {
	rule *acl.Rule
	n    uint64
}

type tunnelTally struct {
	tunnel         FastTunnel
	packets, bytes uint64
}

type inboundTally struct {
	inbound        FastInbound
	packets, bytes uint64
}

func (t *Tally) port(i *Interface) *portTally {
	for n := range t.ports {
		if t.ports[n].ifc == i {
			return &t.ports[n]
		}
	}
	t.ports = append(t.ports, portTally{ifc: i})
	return &t.ports[len(t.ports)-1]
}

// arrived counts a packet that the loop will not see as a frame.
func (t *Tally) arrived(f *Flight) {
	p := t.port(f.in.ifc)
	p.in++
	p.inBytes += uint64(f.length)
}

// decided counts the hits of a packet. It is called when no more are to come.
func (t *Tally) decided(f *Flight) {
next:
	for _, r := range f.hits[:f.numHits] {
		for n := range t.rules {
			if t.rules[n].rule == r {
				t.rules[n].n++
				continue next
			}
		}
		t.rules = append(t.rules, ruleTally{r, 1})
	}
}

// left counts a packet that leaves.
func (t *Tally) left(f *Flight) {
	p, n := t.port(f.out.ifc), f.total+headerLength(f.out.ifc)
	if f.out.ifc.name.Kind.Ethernet() {
		n = max(n, minEthernet)
	}
	p.out++
	p.outBytes += uint64(n)
}

// sealed counts a packet that a tunnel took.
func (t *Tally) sealed(f *Flight) {
	n := uint64(f.inner)
	for i := range t.tunnels {
		if c := &t.tunnels[i]; c.tunnel == f.tunnel {
			c.packets++
			c.bytes += n
			return
		}
	}
	t.tunnels = append(t.tunnels, tunnelTally{f.tunnel, 1, n})
}

// opened counts a packet that came out of a tunnel.
func (t *Tally) opened(f *Flight) {
	n := uint64(len(f.Opening.Inner))
	for i := range t.inbounds {
		if c := &t.inbounds[i]; c.inbound == f.inbound {
			c.packets++
			c.bytes += n
			return
		}
	}
	t.inbounds = append(t.inbounds, inboundTally{f.inbound, 1, n})
}

// Tell adds up and starts anew; due is called with each check that the loop is to
// make.
func (t *Tally) Tell(due func(check func())) {
	for _, p := range t.ports {
		// Bytes first: who takes the packets takes all their bytes.
		p.ifc.fast.inBytes.Add(p.inBytes)
		p.ifc.fast.inPackets.Add(p.in)
		p.ifc.fast.outBytes.Add(p.outBytes)
		p.ifc.fast.outPackets.Add(p.out)
	}
	for _, r := range t.rules {
		r.rule.Hit(r.n)
	}
	for _, c := range t.tunnels {
		if c.tunnel.Sealed(c.packets, c.bytes) {
			due(c.tunnel.Check)
		}
	}
	for _, c := range t.inbounds {
		if c.inbound.Opened(c.packets, c.bytes) {
			due(c.inbound.Check)
		}
	}
	t.ports, t.rules, t.tunnels, t.inbounds = t.ports[:0], t.rules[:0], t.tunnels[:0], t.inbounds[:0]
}
