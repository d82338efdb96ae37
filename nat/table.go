package nat

import (
	"math/bits"
	"sync/atomic"
)

// table finds entries by what a packet shows. It is a hash table that only the loop
// changes and that workers read meanwhile without a lock.
//
// All nodes are one list, sorted by the bits of their hashes read backwards; a bucket is
// a place in the list to begin at. Where there are twice as many buckets, each new one is
// a place within the stretch of an old one: no node ever moves, so a reader that is on its
// way is not led astray, and no growth step touches more than one bucket (Shalev and
// Shavit, "Split-Ordered Lists", 2006). A node that is taken out still leads on.
//
//	heads:  0        2        1        3
//	        |        |        |        |
//	list:   0 -> a -> 2 -> b -> 1 -> c -> d -> 3 -> e -> last
type table struct {
	hashKey uint64
	size    atomic.Uint32 // number of buckets in use, a power of two
	chunks  atomic.Pointer[[]atomic.Pointer[chunk]]
	nodes   int
	entries int
	kinds   [numKinds]atomic.Int32 // nodes by what their keys are made of
}

const (
	chunkBits = 9
	loadLimit = 2 // nodes per bucket
)

// A chunk is the heads of some buckets. One whose next is nil is not in the list yet.
type chunk [1 << chunkBits]node

// A node is an entry under one of its keys, or the head of a bucket.
type node struct {
	next  atomic.Pointer[node]
	entry *Entry // nil for a head, and for the last
	order uint32 // the reversed hash, odd for entries and even for heads
	by    keyKind
}

// last ends every list.
var last = &node{order: ^uint32(0)}

func newTable(hashKey uint64) *table {
	t := &table{hashKey: hashKey}
	chunks := make([]atomic.Pointer[chunk], 1)
	chunks[0].Store(new(chunk))
	t.chunks.Store(&chunks)
	t.size.Store(1)
	chunks[0].Load()[0].next.Store(last)
	return t
}

// keyKind is what a key is made of.
type keyKind uint8

const (
	byFlowLocal         keyKind = iota // protocol, inside local, outside local
	byFlowGlobal                       // protocol, inside global, outside global
	byInsideLocal                      // an address
	byInsideGlobal                     //
	byOutsideLocal                     //
	byOutsideGlobal                    //
	byInsideLocalPort                  // protocol, address and port
	byInsideGlobalPort                 //
	byOutsideLocalPort                 //
	byOutsideGlobalPort                //
	numKinds
)

// key is what an entry is found by.
type key struct {
	a, b     uint32
	aID, bID uint32
	protocol uint8
	by       keyKind
}

// order returns where in the list nodes of the key are.
func (t *table) order(k key) uint32 {
	const p1, p2, p3 = 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb
	x := mix(uint64(k.a)<<32|uint64(k.b)^t.hashKey, p1)
	x = mix(x^(uint64(k.aID)<<32|uint64(k.bID)), p2^t.hashKey)
	x = mix(x^(uint64(k.protocol)<<8|uint64(k.by)), p3)
	return uint32(x) | 1
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// bucketOf is the bucket of an order, of size many.
func bucketOf(order, size uint32) uint32 { return bits.Reverse32(order) & (size - 1) }

// head returns the head of a bucket, nil where its chunk does not exist.
func (t *table) head(bucket uint32) *node {
	chunks := *t.chunks.Load()
	if at := int(bucket >> chunkBits); at < len(chunks) {
		if c := chunks[at].Load(); c != nil {
			return &c[bucket&(1<<chunkBits-1)]
		}
	}
	return nil
}

// parent is the bucket in whose stretch this one begins.
func parent(bucket uint32) uint32 { return bucket &^ (1 << (bits.Len32(bucket) - 1)) }

// from returns the first node behind the nearest head before an order.
func (t *table) from(order uint32) *node {
	for bucket := bucketOf(order, t.size.Load()); ; bucket = parent(bucket) {
		if h := t.head(bucket); h != nil {
			if n := h.next.Load(); n != nil {
				return n
			}
		}
	}
}

// find returns the first entry of the key, nil where there is none. It may be called
// beside the loop.
func (t *table) find(k key) *Entry {
	if t.kinds[k.by].Load() == 0 {
		return nil
	}
	order := t.order(k)
	n := t.from(order)
	for n.order < order {
		n = n.next.Load()
	}
	return n.match(order, k)
}

// after returns the entry of the key that follows e, which has it, too. Statics may have
// a key in common.
func (t *table) after(e *Entry, k key) *Entry {
	n := e.node(k.by)
	return n.next.Load().match(n.order, k)
}

func (n *node) match(order uint32, k key) *Entry {
	for ; n.order == order && n.entry != nil; n = n.next.Load() {
		if n.by == k.by && n.entry.key(n.by) == k {
			return n.entry
		}
	}
	return nil
}

// insert adds an entry under both of its keys.
func (t *table) insert(e *Entry) {
	for i, by := range e.keys() {
		t.link(e, &e.nodes[i], by)
	}
	t.entries++
}

func (t *table) link(e *Entry, n *node, by keyKind) {
	n.entry, n.by, n.order = e, by, t.order(e.key(by))
	before := t.before(n.order, nil)
	for next := before.next.Load(); next.order == n.order && next.entry != nil; next = before.next.Load() {
		before = next // behind those of the same key, that are older
	}
	n.next.Store(before.next.Load())
	t.kinds[by].Add(1)
	before.next.Store(n)
	t.nodes++
	if size := t.size.Load(); t.nodes > int(size)*loadLimit && size < 1<<31 {
		t.size.Store(size * 2)
	}
}

// remove takes an entry out.
func (t *table) remove(e *Entry) {
	for i := range e.nodes {
		n := &e.nodes[i]
		t.before(n.order, n).next.Store(n.next.Load())
		t.nodes--
		t.kinds[n.by].Add(-1)
	}
	t.entries--
}

// before returns the last node before an order, or the one before a node of that order.
func (t *table) before(order uint32, n *node) *node {
	b := t.ready(bucketOf(order, t.size.Load()))
	for next := b.next.Load(); next != n && (next.order < order || n != nil); next = b.next.Load() {
		b = next
	}
	return b
}

// ready returns the head of a bucket, put in the list if it is not there yet.
func (t *table) ready(bucket uint32) *node {
	h := t.makeHead(bucket)
	if h.next.Load() != nil {
		return h
	}
	h.order = bits.Reverse32(bucket)
	before := t.ready(parent(bucket))
	for next := before.next.Load(); next.order < h.order; next = before.next.Load() {
		before = next
	}
	h.next.Store(before.next.Load())
	before.next.Store(h)
	return h
}

func (t *table) makeHead(bucket uint32) *node {
	chunks := *t.chunks.Load()
	at := int(bucket >> chunkBits)
	if at >= len(chunks) {
		more := make([]atomic.Pointer[chunk], max(at+1, 2*len(chunks)))
		for i := range chunks {
			more[i].Store(chunks[i].Load())
		}
		t.chunks.Store(&more)
		chunks = more
	}
	if chunks[at].Load() == nil {
		chunks[at].Store(new(chunk))
	}
	return &chunks[at].Load()[bucket&(1<<chunkBits-1)]
}

// each calls f for every entry, which f may remove.
func (t *table) each(f func(*Entry)) {
	for n := t.head(0).next.Load(); n != last; {
		next := n.next.Load()
		if e := n.entry; e != nil && n == &e.nodes[0] {
			f(e)
		}
		n = next
	}
}
