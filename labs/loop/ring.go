package loop

// ring is a queue of events that are due at once. Most events of a lab on
// perfect links are such, and never touch the heap.
type ring struct {
	buf  []event // its length is a power of two
	head int
	n    int
}

func (r *ring) push(e event) {
	if r.n == len(r.buf) {
		r.grow()
	}
	r.buf[(r.head+r.n)&(len(r.buf)-1)] = e
	r.n++
}

func (r *ring) front() *event { return &r.buf[r.head] }

func (r *ring) pop() event {
	e := r.buf[r.head]
	r.buf[r.head] = event{}
	r.head = (r.head + 1) & (len(r.buf) - 1)
	r.n--
	return e
}

func (r *ring) grow() {
	size := max(64, 2*len(r.buf))
	buf := make([]event, size)
	for i := range r.n {
		buf[i] = r.buf[(r.head+i)&(len(r.buf)-1)]
	}
	r.buf, r.head = buf, 0
}
