package acl

import "unsafe"

// IndexSize is the memory of what Lookup has made, in bytes.
func (s *Snapshot) IndexSize() uintptr {
	size := uintptr(cap(s.known)) * unsafe.Sizeof(s.known[0])
	if x := s.index; x != nil {
		size += uintptr(cap(x.entries))*unsafe.Sizeof(entry{}) + x.field.size()
	}
	return size
}

func (l *level) size() uintptr {
	size := unsafe.Sizeof(*l) + uintptr(cap(l.inner.steps))*8 + uintptr(cap(l.inner.slots))*4 + uintptr(cap(l.inner.tables))*unsafe.Sizeof(table{}) + uintptr(cap(l.blind))*unsafe.Sizeof(entry{}) + uintptr(cap(l.blocks))*unsafe.Sizeof(node{})
	for i := range l.blocks {
		if next := l.blocks[i].next; next != nil {
			size += next.size()
		}
	}
	return size
}
