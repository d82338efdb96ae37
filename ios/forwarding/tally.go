package forwarding

import "github.com/ioslab/ioslab/ios/routemap"

// A Tally counts what one worker has done, until it is told to the counters that
// all share: a batch of packets has few of them.
type Tally struct {
	ports   []portTally
	hits    []hitTally
	policed []policyTally
	sas     []saTally
	nat     natTally
}

type portTally struct {
	ifc           *Interface
	in, inBytes   uint64
	out, outBytes uint64
}

// natTally counts the packets that were translated in one router.
type natTally struct {
	stack *Stack
	n     uint64
}

type hitTally struct {
	of routemap.Hit
	n  uint64
}

type policyTally struct {
	counter        *routemap.Counter
	packets, bytes uint64
}

type saTally struct {
	sa      FastSA
	packets uint64
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

// decided counts the hits of a packet, and its translation. It is called when no more are to come.
func (t *Tally) decided(f *Flight) {
	if f.entry != nil {
		t.nat.stack = f.in.ifc.stack
		t.nat.n++
	}
next:
	for _, h := range f.hits[:f.numHits] {
		for n := range t.hits {
			if t.hits[n].of == h {
				t.hits[n].n++
				continue next
			}
		}
		t.hits = append(t.hits, hitTally{h, 1})
	}
	if f.policed != nil {
		p := t.policy(f.policed.Matched)
		p.packets++
		p.bytes += uint64(f.policedLength)
	}
}

func (t *Tally) policy(c *routemap.Counter) *policyTally {
	for n := range t.policed {
		if t.policed[n].counter == c {
			return &t.policed[n]
		}
	}
	t.policed = append(t.policed, policyTally{counter: c})
	return &t.policed[len(t.policed)-1]
}

// left counts a packet that leaves.
func (t *Tally) left(f *Flight) {
	p := t.port(f.out.ifc)
	p.out++
	p.outBytes += uint64(f.out.ifc.link.length(f.total))
}

// carried counts a packet that an SA took, or gave.
func (t *Tally) carried(sa FastSA) {
	for i := range t.sas {
		if c := &t.sas[i]; c.sa == sa {
			c.packets++
			return
		}
	}
	t.sas = append(t.sas, saTally{sa, 1})
}

// Tell adds up and starts anew; due is called with each check that the loop is to
// make.
func (t *Tally) Tell(due func(check func())) {
	for _, p := range t.ports {
		// Bytes first: a reader that takes the packets takes all their bytes.
		p.ifc.fast.inBytes.Add(p.inBytes)
		p.ifc.fast.inPackets.Add(p.in)
		p.ifc.fast.outBytes.Add(p.outBytes)
		p.ifc.fast.outPackets.Add(p.out)
	}
	for _, h := range t.hits {
		h.of.Hit(h.n)
	}
	for _, p := range t.policed {
		p.counter.Add(p.packets, p.bytes)
	}
	for _, c := range t.sas {
		if c.sa.Carried(c.packets) {
			due(c.sa.Check)
		}
	}
	if t.nat.n > 0 {
		t.nat.stack.fast.translated.Add(t.nat.n)
		t.nat.n = 0
	}
	t.ports, t.hits, t.policed, t.sas = t.ports[:0], t.hits[:0], t.policed[:0], t.sas[:0]
}
