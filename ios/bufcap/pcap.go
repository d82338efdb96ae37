package bufcap

import (
	"bytes"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
)

// snapLength is the largest packet that there can be.
const snapLength = 65535

// PCAP is the buffer as `export` writes it. As with IOS no link level is in it:
// each packet begins with its IP header.
func (b *Buffer) PCAP() ([]byte, error) {
	var file bytes.Buffer
	w := pcapgo.NewWriter(&file)
	if err := w.WriteFileHeader(snapLength, layers.LinkTypeRaw); err != nil {
		return nil, err
	}
	for _, e := range b.elements {
		info := gopacket.CaptureInfo{Timestamp: e.At.UTC(), CaptureLength: len(e.Data), Length: e.Len}
		if err := w.WritePacket(info, e.Data); err != nil {
			return nil, err
		}
	}
	return file.Bytes(), nil
}
