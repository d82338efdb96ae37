package acl

import (
	"math/bits"
	"sync/atomic"
)

// mirrorKey is what an entry of a reflexive list says of the packets that it lets pass.
type mirrorKey struct {
	src, dst         uint32
	srcPort, dstPort uint16
	protocol         uint8
	ports            bool // TCP and UDP; else all packets of the protocol between the two are meant
}

// keyOf is what the packet shows. Later fragments, which show no ports, have the key of
// the pair.
func keyOf(p *Packet) mirrorKey {
	k := mirrorKey{src: toUint(p.Src), dst: toUint(p.Dst), protocol: p.Protocol}
	if p.Transport && (p.Protocol == protoTCP || p.Protocol == protoUDP) {
		k.srcPort, k.dstPort, k.ports = p.SrcPort, p.DstPort, true
	}
	return k
}

// pair is the key without ports.
func (k mirrorKey) pair() mirrorKey {
	return mirrorKey{src: k.src, dst: k.dst, protocol: k.protocol}
}

// entry is what the key says as an entry of a list.
func (k mirrorKey) entry() Entry {
	e := Entry{Kind: Extended, Action: Permit, Protocol: k.protocol, Src: Addresses{Addr: k.src}, Dst: Addresses{Addr: k.dst}}
	if k.ports {
		e.SrcPorts, e.DstPorts = Eq(k.srcPort), Eq(k.dstPort)
	}
	return e
}

func (k mirrorKey) hash(secret uint64) uint64 {
	ports := uint64(k.srcPort)<<32 | uint64(k.dstPort)<<16 | uint64(k.protocol)<<8
	if k.ports {
		ports |= 1
	}
	addresses := uint64(k.src)<<32 | uint64(k.dst)
	return mix(mix(addresses^secret, 0x9e3779b97f4a7c15)^ports, 0xd6e8feb86659fd93^secret)
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// mirrorTable finds the rule for a packet. It is a hash table that only the loop changes
// and that is read meanwhile without a lock: nodes are never changed but for what
// follows them, one that is taken out still leads on, and growing makes new nodes.
type mirrorTable struct {
	hashKey uint64
	buckets atomic.Pointer[[]atomic.Pointer[mirrorNode]] // their number is a power of two
	size    int
	shared  map[mirrorKey]int // how many entries with ports the rule of a pair stands for
}

type mirrorNode struct {
	key  mirrorKey
	rule *Rule
	next atomic.Pointer[mirrorNode]
}

// find returns the rule that permits the packet, or nil if no rule does.
func (t *mirrorTable) find(p *Packet) *Rule {
	buckets := t.buckets.Load()
	if buckets == nil {
		return nil
	}
	k := keyOf(p)
	for n := t.bucket(*buckets, k).Load(); n != nil; n = n.next.Load() {
		if n.key == k {
			if !k.ports && n.rule.mirror == nil && !p.Fragment {
				return nil // too short to show ports
			}
			return n.rule
		}
	}
	return nil
}

func (t *mirrorTable) bucket(buckets []atomic.Pointer[mirrorNode], k mirrorKey) *atomic.Pointer[mirrorNode] {
	return &buckets[k.hash(t.hashKey)>>32&uint64(len(buckets)-1)]
}

// insert adds the rule of a key that has none.
func (t *mirrorTable) insert(k mirrorKey, r *Rule) {
	buckets := t.buckets.Load()
	if buckets == nil || t.size >= 2*len(*buckets) {
		buckets = t.grow(buckets)
	}
	head := t.bucket(*buckets, k)
	n := &mirrorNode{key: k, rule: r}
	n.next.Store(head.Load())
	head.Store(n)
	t.size++
}

// grow makes a table of twice as many buckets.
func (t *mirrorTable) grow(old *[]atomic.Pointer[mirrorNode]) *[]atomic.Pointer[mirrorNode] {
	if old == nil {
		old = new([]atomic.Pointer[mirrorNode])
	}
	now := make([]atomic.Pointer[mirrorNode], max(16, 2*len(*old)))
	for i := range *old {
		for n := (*old)[i].Load(); n != nil; n = n.next.Load() {
			head := t.bucket(now, n.key)
			moved := &mirrorNode{key: n.key, rule: n.rule}
			moved.next.Store(head.Load())
			head.Store(moved)
		}
	}
	t.buckets.Store(&now)
	return &now
}

// remove takes out the rule of a key.
func (t *mirrorTable) remove(k mirrorKey) {
	at := t.bucket(*t.buckets.Load(), k)
	for n := at.Load(); n != nil; n = at.Load() {
		if n.key == k {
			at.Store(n.next.Load())
			t.size--
			return
		}
		at = &n.next
	}
}

// share has later fragments between a pair pass, as long as there is an entry with ports
// between the two.
func (t *mirrorTable) share(pair mirrorKey) {
	if t.shared == nil {
		t.shared = make(map[mirrorKey]int)
	}
	if t.shared[pair]++; t.shared[pair] == 1 {
		t.insert(pair, &Rule{Entry: pair.entry(), hits: new(atomic.Uint64)})
	}
}

func (t *mirrorTable) unshare(pair mirrorKey) {
	if t.shared[pair]--; t.shared[pair] == 0 {
		delete(t.shared, pair)
		t.remove(pair)
	}
}
