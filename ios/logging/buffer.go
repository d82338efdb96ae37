package logging

import "slices"

// buffer keeps the newest records within a number of bytes.
type buffer struct {
	records []Record
	bytes   int
}

func (b *buffer) add(record Record, size int) {
	b.records = append(b.records, record)
	b.bytes += len(record.Text) + 1
	b.trim(size)
}

// trim drops whole records, oldest first. (IOS cuts the oldest one anywhere.)
func (b *buffer) trim(size int) {
	drop := 0
	for b.bytes > size && drop < len(b.records) {
		b.bytes -= len(b.records[drop].Text) + 1
		drop++
	}
	b.records = slices.Delete(b.records, 0, drop)
}

func (b *buffer) clear() { *b = buffer{} }
