package capture

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/labs/storage"
)

// A File is a capture file.
type File struct {
	*Writer
	file storage.File
}

// Create makes a capture file. It replaces another capture, and no other file.
func Create(s storage.Storage, name string) (*File, error) {
	f, err := storage.Renew(s, name, storage.Public, isCapture)
	if err != nil {
		return nil, err
	}
	return &File{NewWriter(f), f}, nil
}

// How captures begin: a section header block (draft-ietf-opsawg-pcapng, 4.1), or the
// number of a pcap file with microseconds or nanoseconds (draft-ietf-opsawg-pcap, 4).
const (
	beginPcapng    = 0x0a0d0d0a
	beginPcapMicro = 0xa1b2c3d4
	beginPcapNano  = 0xa1b23c4d
)

// isCapture reports whether a file is a capture, of whatever program and byte order.
func isCapture(begin []byte) bool {
	if len(begin) < 4 {
		return false
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch order.Uint32(begin) {
		case beginPcapng, beginPcapMicro, beginPcapNano:
			return true
		}
	}
	return false
}

// Close writes what is pending and closes the file. Where something could not be
// written, the file ends with the last packet that could.
func (f *File) Close() error {
	err := f.Flush()
	if err != nil {
		f.file.Truncate(f.Whole())
	}
	if e := f.file.Close(); err == nil {
		err = e
	}
	return err
}
