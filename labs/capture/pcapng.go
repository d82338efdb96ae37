package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"time"

	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
)

// The link types of a lab's interfaces.
const (
	Ethernet = layers.LinkTypeEthernet
	HDLC     = layers.LinkTypeC_HDLC
)

const (
	// snapLength is what tcpdump takes for "whole frames". It refuses a file whose
	// interfaces differ in it.
	snapLength = 262144
	// maxPending is how many bytes wait for Flush.
	maxPending = 1 << 18
)

// ErrLinkType is the refusal of an interface whose link type is not that of the
// others: tcpdump reads no such file.
var ErrLinkType = errors.New("frames of Ethernet and of serial lines do not go into one file")

// An Interface is what is captured.
type Interface struct {
	Name        string
	Description string
	LinkType    layers.LinkType
}

// A Writer writes the frames of interfaces as one pcapng section.
type Writer struct {
	out      io.Writer
	ng       *pcapgo.NgWriter
	linkType layers.LinkType
	pending  bytes.Buffer // whole blocks only, so that what is written can always be read
	written  int64
	frames   []uint64 // by interface
	err      error
}

// NewWriter returns a writer without interfaces. Nothing is written before Flush.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Add describes an interface and returns its number.
func (w *Writer) Add(i Interface) (int, error) {
	if w.ng != nil && i.LinkType != w.linkType {
		return 0, ErrLinkType
	}
	ng := pcapgo.NgInterface{
		Name: i.Name, Description: i.Description, LinkType: i.LinkType, SnapLength: snapLength,
	}
	var err error
	if w.ng == nil {
		w.linkType = i.LinkType
		w.ng, err = pcapgo.NewNgWriterInterface(&w.pending, ng, pcapgo.NgWriterOptions{
			SectionInfo: pcapgo.NgSectionInfo{Application: "ioslab"},
		})
	} else {
		_, err = w.ng.AddInterface(ng)
	}
	if err == nil {
		err = w.ng.Flush()
	}
	w.frames = append(w.frames, 0)
	return len(w.frames) - 1, err
}

// Packet writes a frame of an interface.
func (w *Writer) Packet(number int, at time.Time, sent bool, frame []byte) {
	if w.err != nil {
		return
	}
	w.frames[number]++
	w.pending.Write(appendPacket(w.pending.AvailableBuffer(), uint32(number), at, sent, frame))
	if w.pending.Len() > maxPending {
		w.Flush()
	}
}

// Frames is how many frames of an interface were written.
func (w *Writer) Frames(number int) uint64 { return w.frames[number] }

// Flush writes what is pending. After an error nothing more is written.
func (w *Writer) Flush() error {
	if w.err != nil || w.pending.Len() == 0 {
		return w.err
	}
	var n int
	n, w.err = w.out.Write(w.pending.Bytes())
	if w.err == nil {
		w.written += int64(n)
	}
	w.pending.Reset()
	return w.err
}

// Whole is the length of what was written in whole blocks.
func (w *Writer) Whole() int64 { return w.written }

// Enhanced packet blocks (draft-ietf-opsawg-pcapng, 4.3).
const (
	blockPacket    = 6
	blockOverhead  = 32
	optionFlags    = 2
	optionsLength  = 12 // flags and the end of options
	flagsInbound   = 1
	flagsOutbound  = 2
	blockAlignment = 4
)

// appendPacket writes a packet's block. pcapgo knows no options of packets, and
// the direction is one.
func appendPacket(b []byte, number uint32, at time.Time, sent bool, frame []byte) []byte {
	padding := -len(frame) & (blockAlignment - 1)
	length := uint32(blockOverhead + len(frame) + padding + optionsLength)
	stamp := uint64(at.UnixNano()) // pcapgo says nanoseconds of each interface
	direction := uint32(flagsInbound)
	if sent {
		direction = flagsOutbound
	}
	le := binary.LittleEndian
	for _, v := range [...]uint32{
		blockPacket, length, number, uint32(stamp >> 32), uint32(stamp), uint32(len(frame)), uint32(len(frame)),
	} {
		b = le.AppendUint32(b, v)
	}
	b = append(b, frame...)
	b = append(b, make([]byte, padding)...)
	b = le.AppendUint16(b, optionFlags)
	b = le.AppendUint16(b, 4)
	b = le.AppendUint32(b, direction)
	b = le.AppendUint32(b, 0) // the end of options
	return le.AppendUint32(b, length)
}
